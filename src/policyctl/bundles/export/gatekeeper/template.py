"""The ConstraintTemplate of one control: its rules, what makes facts of the object, and the violations that Gatekeeper asks for."""

from __future__ import annotations

import re
from importlib.resources import files as resources
from typing import Any

from policyctl.bundles.build import Bundle
from policyctl.bundles.portable import PREPARING, needs
from policyctl.model.catalog import Control


def kind_of(control: Control) -> str:
    """The kind of the control's Constraints: PolicyctlSupplyChainImageDigest."""
    return "Policyctl" + "".join(word.capitalize() for word in f"{control['family']}_{control['name']}".split("_"))


def template(bundle: Bundle, control: Control) -> dict[str, Any]:
    """The template as Kubernetes takes it."""
    preparing = [bundle.files[path].decode() for path in PREPARING]
    own = needs(bundle.files, bundle.catalog, control["id"])
    libs = [_below_lib(text) for text in (*preparing, *(text for _, text in sorted(own.items())))]
    source = {"version": "v1", "rego": _asking(control), "libs": libs}
    return {
        "apiVersion": "templates.gatekeeper.sh/v1",
        "kind": "ConstraintTemplate",
        "metadata": {
            "name": kind_of(control).lower(),
            "annotations": {
                "metadata.gatekeeper.sh/title": control["title"],
                "description": control["objective"].strip(),
                "policyctl.dev/control": control["id"],
                "policyctl.dev/revision": bundle.identity.revision,
            },
        },
        "spec": {
            "crd": {
                "spec": {
                    "names": {"kind": kind_of(control)},
                    "validation": {"openAPIV3Schema": _schema()},
                }
            },
            "targets": [{"target": "admission.k8s.gatekeeper.sh", "code": [{"engine": "Rego", "source": source}]}],
        },
    }


def _schema() -> dict[str, Any]:
    words = {"type": "array", "items": {"type": "string", "enum": ["fail", "undetermined"]}, "minItems": 1}
    profile = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}
    return {"type": "object", "required": ["tells", "profile"], "properties": {"tells": words, "profile": profile}}


def _below_lib(rego: str) -> str:
    """The same rules in a package below `lib`, where Gatekeeper lets rules refer to one another."""
    return re.sub(
        r"\bdata\.policyctl\b", "data.lib.policyctl", re.sub(r"(?m)^package policyctl\b", "package lib.policyctl", rego)
    )


def _asking(control: Control) -> str:
    """The rules that Gatekeeper asks, with this control's names in place of the example's."""
    text = resources("policyctl.bundles.export.gatekeeper").joinpath("asking.rego").read_text(encoding="utf-8")
    listed = ", ".join(f'"{name}"' for name in sorted(control["parameters"]))
    for example, name in {
        "supply_chain.image_digest": f"{control['family']}.{control['name']}",
        "SUP-003": control["id"],
        "_parameters := []": f"_parameters := [{listed}]",
    }.items():
        text = text.replace(example, name)
    return text
