"""Our controls as an OSCAL catalog: a group for each family, what a control asks as its statement, why and how as its guidance."""

from __future__ import annotations

from typing import Any

from policyctl.bundles.export.oscal.document import NAMESPACE, Documents, parameter_id, prop, values
from policyctl.model.catalog import Control, basis_of

FILE, ROOT = "catalog.json", "catalog"


def of(documents: Documents) -> dict[str, Any]:
    """The document: every control of the bundle, selected or not."""
    controls = documents.catalog["controls"]
    families = sorted({control["family"] for control in controls.values()})
    return {
        **documents.head("catalog", f"Controls of {documents.bundle.identity.name}"),
        "groups": [
            {
                "id": family,
                "class": "family",
                "title": family.replace("_", " ").capitalize(),
                "controls": [_control(one) for _, one in sorted(controls.items()) if one["family"] == family],
            }
            for family in families
        ],
    }


def _control(control: Control) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": control["id"],
        "class": basis_of(control),
        "title": control["title"],
        "props": [
            prop("severity", control["severity"]),
            prop("name", f"{control['family']}/{control['name']}"),
            *(prop("kind", kind) for kind in control["kinds"]),
        ],
        "parts": [_part(control, *part) for part in _parts(control)],
    }
    if control["parameters"]:
        told["params"] = [_parameter(control, name) for name in sorted(control["parameters"])]
    return told


def _parts(control: Control) -> list[tuple[str, str, str]]:
    """Id's ending, name in OSCAL and text of each part."""
    asked = control.get("statement")
    return [
        ("smt", "statement", control["objective"]),
        *([("attested", "attested-statement", asked)] if asked else []),
        ("gdn", "guidance", control["rationale"]),
        ("fix", "remediation", control["remediation"]),
        ("evidence", "evidence", control["evidence"]),
    ]


def _part(control: Control, ending: str, name: str, prose: str) -> dict[str, Any]:
    part = {"id": f"{control['id']}_{ending}", "name": name, "prose": prose.strip()}
    return part if name in ("statement", "guidance") else {**part, "ns": NAMESPACE}


def _parameter(control: Control, name: str) -> dict[str, Any]:
    parameter = control["parameters"][name]
    told: dict[str, Any] = {
        "id": parameter_id(control, name),
        "label": name,
        "guidelines": [{"prose": parameter["description"]}],
    }
    if default := values(parameter["default"]):
        told["values"] = default
    return told
