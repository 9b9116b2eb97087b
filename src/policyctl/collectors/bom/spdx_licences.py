"""Licences in SPDX 3: elements of their own, to which relationships lead."""

from __future__ import annotations

from typing import Final

from policyctl.collectors.bom.nodes import Node
from policyctl.collectors.bom.spdx_elements import individual, type_of
from policyctl.collectors.bom.spdx_graph import Graph
from policyctl.collectors.bom.values import NOT_ASSERTED, licence
from policyctl.model.facts.model_card import Licence

_LISTED: Final = "https://spdx.org/licenses/"
_SETS: Final = {"expandedlicensing_ConjunctiveLicenseSet": " AND ", "expandedlicensing_DisjunctiveLicenseSet": " OR "}


def licences_of(origin: str | None, graph: Graph) -> list[Licence]:
    """The licences that are declared or concluded for an element, each once.

    One that is not asserted counts only where nothing else is said: a tool that concludes nothing takes back no declaration.
    """
    found: dict[str, Licence] = {}
    for ref, _ in graph.targets(origin, "hasDeclaredLicense", "hasConcludedLicense"):
        one = _licence(ref, graph)
        found.setdefault(one["id"], one)
    if len(found) > 1:
        found.pop(NOT_ASSERTED, None)
    return list(found.values())


def _licence(ref: str, graph: Graph) -> Licence:
    word = individual(ref)
    node = graph.by_id.get(ref)
    if word:
        return licence(word)
    if node is None:
        return licence(ref.removeprefix(_LISTED))
    expression = _expression(node, graph)
    named = node.text("name") or node.text("simplelicensing_licenseText")
    return licence(expression or ref.removeprefix(_LISTED), name=named[:100] if named and not expression else None)


def _expression(node: Node, graph: Graph) -> str | None:
    """The expression that a licence element is, where it is one: written, of the list, or a set of those of the list."""
    kind = type_of(node)
    if kind == "simplelicensing_LicenseExpression":
        raw = node.value.get("simplelicensing_licenseExpression")
        return (
            raw.strip()
            if isinstance(raw, str) and raw.strip()
            else node.text("simplelicensing_licenseExpression") or "unknown"
        )
    if kind == "expandedlicensing_ListedLicense":
        return (node.text("spdxId") or "").removeprefix(_LISTED)
    if kind in _SETS:
        refs = [ref for ref in node.items("expandedlicensing_member") if isinstance(ref, str)]
        return _SETS[kind].join(ref.removeprefix(_LISTED) for ref in refs) or None
    return None
