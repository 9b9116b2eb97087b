"""A policy directory for Conftest: the rules unchanged, what they read of the catalog as Rego, and the messages that Conftest asks for.

The rules read typed facts, so what it judges are input documents. No `--data` is needed: forgotten, it would leave rules that find
nothing.
"""

from __future__ import annotations

import json
from importlib.resources import files as resources
from typing import Any

from policyctl.bundles.build import Bundle
from policyctl.bundles.parts import rules_and_catalog

MAIN = "main.rego"
CATALOG = "policyctl/catalog/catalog.rego"


def exported(bundle: Bundle) -> dict[str, bytes]:
    """The files of the directory, by path: every control of the bundle, whichever profile a document names."""
    rules, catalog = rules_and_catalog(bundle, list(bundle.catalog["controls"]))
    told = {id: {"title": c["title"], "severity": c["severity"]} for id, c in bundle.catalog["controls"].items()}
    asked = resources("policyctl.bundles.export").joinpath("conftest.rego").read_bytes()
    return {**rules, CATALOG: _as_rego(bundle.identity.revision, {**catalog, "controls": told}), MAIN: asked}


def _as_rego(revision: str, catalog: Any) -> bytes:
    """The catalog as a package of constants, which Conftest loads with the rules."""
    lines = [f"# Of the bundle with the revision {revision}.", "package policyctl.catalog"]
    for name, value in sorted(catalog.items()):
        lines.append(f"{name} := {json.dumps(value, sort_keys=True, ensure_ascii=False)}")
    return "\n\n".join([*lines, ""]).encode()
