"""What policyctl does about each selected control, as an OSCAL component definition, with the clauses that a control serves.

Each clause is a property: its id, how far the control covers it (class), the framework (group), and why (remarks). That policyctl
looks is no claim that a clause is fulfilled.
"""

from __future__ import annotations

from typing import Any

from policyctl.bundles.export.oscal import selection
from policyctl.bundles.export.oscal.document import Documents, prop
from policyctl.model.catalog import Control, Edge, basis_of

FILE, ROOT = "component-definition.json", "component-definition"

_DESCRIPTION = (
    "Policy-as-code engine: gathers facts from artefacts, has OPA decide about them by the rules of one bundle, and records each "
    "decision. What could not be told never passes."
)


def of(documents: Documents) -> dict[str, Any]:
    """The document: one component, whose implementation of the profile has one requirement for each selected control."""
    controls, profile = documents.catalog["controls"], documents.profile
    implementation = {
        "uuid": documents.id("implementation", profile["id"]),
        "source": selection.FILE,
        "description": profile["description"],
        "implemented-requirements": [_requirement(documents, controls[id]) for id in documents.selected],
    }
    component = {
        "uuid": documents.id("component"),
        "type": "validation",
        "title": "policyctl",
        "description": _DESCRIPTION,
        "control-implementations": [implementation],
    }
    return {
        **documents.head("component-definition", f"policyctl under the profile {profile['id']}"),
        "components": [component],
        "back-matter": documents.frameworks(),
    }


def _requirement(documents: Documents, control: Control) -> dict[str, Any]:
    edges = [
        (framework, edge)
        for framework, by_control in sorted(documents.catalog["edges"].items())
        for edge in by_control.get(control["id"], [])
    ]
    parameters = selection.parameters(documents, control)
    told: dict[str, Any] = {
        "uuid": documents.id("requirement", documents.profile["id"], control["id"]),
        "control-id": control["id"],
        "description": _how(control),
        "props": [
            prop("basis", basis_of(control)),
            *selection.enforcement(documents, control["id"]),
            *(_clause(framework, edge) for framework, edge in edges),
        ],
    }
    if edges:
        told["links"] = [_link(documents, framework, edge) for framework, edge in edges]
    return {**told, "set-parameters": parameters} if parameters else told


def _how(control: Control) -> str:
    if "statement" in control:
        return f"A named person attests it, with evidence, for a limited time: {control['statement'].strip()}"
    rule = f"policyctl/controls/{control['family']}/{control['name']}/{control['name']}.rego"
    return f"Decided by {rule} in the bundle, from facts that are gathered from: {', '.join(control['kinds'])}."


def _clause(framework: str, edge: Edge) -> dict[str, str]:
    return prop("clause", edge["clause"], **{"class": edge["covers"], "group": framework, "remarks": edge["because"]})


def _link(documents: Documents, framework: str, edge: Edge) -> dict[str, str]:
    title = documents.catalog["clauses"][framework][edge["clause"]]["title"]
    return {
        "href": f"#{documents.framework_resource(framework)}",
        "rel": "reference",
        "resource-fragment": edge["clause"],
        "text": f"{edge['clause']}: {title}",
    }
