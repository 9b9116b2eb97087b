"""A profile as OSCAL has it: which controls of the catalog it selects, with which parameters, and what a failure of each does."""

from __future__ import annotations

from typing import Any

from policyctl.bundles.export.oscal import catalog
from policyctl.bundles.export.oscal.document import Documents, parameter_id, prop, values
from policyctl.model.catalog import Control

FILE, ROOT = "profile.json", "profile"


def of(documents: Documents) -> dict[str, Any]:
    """The document."""
    profile, controls = documents.profile, documents.catalog["controls"]
    selected = [controls[id] for id in documents.selected]
    set_parameters = [one for control in selected for one in parameters(documents, control)]
    alters = [_alter(documents, control) for control in selected]
    return {
        **documents.head("profile", profile["title"]),
        "imports": [{"href": catalog.FILE, "include-controls": [{"with-ids": documents.selected}]}],
        "merge": {"as-is": True},
        "modify": {**({"set-parameters": set_parameters} if set_parameters else {}), "alters": alters},
    }


def parameters(documents: Documents, control: Control) -> list[dict[str, Any]]:
    """The values that the profile gives a control's parameters."""
    family, name = control["family"], control["name"]
    given: dict[str, Any] = {}
    for resolved in documents.profile["kinds"].values():
        if control["id"] in resolved["enforcement"]:
            given |= resolved["parameters"].get(family, {}).get(name, {})
    return [
        {"param-id": parameter_id(control, parameter), "values": texts}
        for parameter, value in sorted(given.items())
        if (texts := values(value))
    ]


def enforcement(documents: Documents, id: str) -> list[dict[str, str]]:
    """What a failure does, as properties: one for all kinds of documents, or one for each where they differ."""
    by_kind = {
        kind: resolved["enforcement"][id]
        for kind, resolved in sorted(documents.profile["kinds"].items())
        if id in resolved["enforcement"]
    }
    if len(set(by_kind.values())) == 1:
        return [prop("enforcement", next(iter(by_kind.values())))]
    return [prop("enforcement", action, **{"class": kind}) for kind, action in by_kind.items()]


def _alter(documents: Documents, control: Control) -> dict[str, Any]:
    return {
        "control-id": control["id"],
        "adds": [{"position": "ending", "props": enforcement(documents, control["id"])}],
    }
