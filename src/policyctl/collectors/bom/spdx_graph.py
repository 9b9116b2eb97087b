"""The relationships between the elements of an SPDX 3 document.

Source: SPDX specification 3.0.1, Core profile.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final, Literal

from policyctl.collectors.bom.nodes import Node
from policyctl.collectors.bom.spdx_elements import elements, identifier, identity, individual, type_of
from policyctl.model.facts.bom import Defect

_OUTSIDE: Final = "https://spdx.org/licenses/"
_MOST: Final = 100


class Graph:
    """Elements by their identifier, and relationships by where they begin."""

    def __init__(self, document: Node) -> None:
        self.nodes = elements(document)
        self.by_id: dict[str, Node] = {}
        self._defects: list[Defect] = []
        for node in self.nodes:
            own = identifier(node)
            if own in self.by_id:
                self._note("duplicate", own, node.at())
            elif own:
                self.by_id[own] = node
        self._imported = {
            ref
            for node in self.of_type("SpdxDocument")
            for link in node.nodes("import")
            if (ref := link.text("externalSpdxId"))
        }
        self._from: dict[str, list[Node]] = {}
        for node in self.of_type("Relationship", "LifecycleScopedRelationship"):
            if (origin := _end(node, "from")) and node.text("relationshipType"):
                self._from.setdefault(origin, []).append(node)
                self._look(node, [origin, *ends(node)])

    def of_type(self, *types: str) -> list[Node]:
        """The elements of some types."""
        return [node for node in self.nodes if type_of(node) in types]

    def relationships(self, origin: str | None, *types: str) -> list[Node]:
        """The relationships of some types that begin at an element."""
        return [node for node in self._from.get(origin or "", []) if node.value.get("relationshipType") in types]

    def targets(self, origin: str | None, *types: str) -> list[tuple[str, Node]]:
        """What those lead to, each with the relationship."""
        return [(ref, node) for node in self.relationships(origin, *types) for ref in ends(node)]

    def inside(self, origin: str | None) -> list[str]:
        """What an element contains, however deep, and itself first. Each once, whatever contains each other."""
        found: dict[str, None] = {}
        waiting = [origin] if origin else []
        while waiting:
            current = waiting.pop()
            if current not in found:
                found[current] = None
                waiting += [ref for ref, _ in self.targets(current, "contains")]
        return list(found)

    def is_elsewhere(self, ref: str) -> bool:
        """Whether the document says that the element is in another one."""
        return ref in self._imported

    def name(self, ref: str | Node) -> str | None:
        """The name of an element that is referred to, or stands in its place."""
        node = ref if isinstance(ref, Node) else self.by_id.get(ref)
        return node.text("name") if node is not None else None

    def defects(self) -> list[Defect]:
        """Identifiers of two elements, and references that lead nowhere."""
        return self._defects

    def _look(self, node: Node, refs: list[str]) -> None:
        for ref in refs:
            known = ref in self.by_id or self.is_elsewhere(ref) or individual(ref) or ref.startswith(_OUTSIDE)
            if not known:
                self._note("dangling", ref, node.at())

    def _note(self, code: Literal["dangling", "duplicate"], ref: str, path: list[str | int]) -> None:
        if len(self._defects) < _MOST:
            self._defects.append({"code": code, "ref": ref, "path": path})


def ends(node: Node) -> list[str]:
    """The identifiers that a relationship leads to."""
    value = node.value.get("to")
    found = [identity(item) for item in (value if isinstance(value, list) else [value])]
    if None in found:
        node.faults.note(node.at("to"), "holds something that is no reference", "")
    return [ref for ref in found if ref]


def referred(node: Node, key: str, graph: Graph) -> Iterator[tuple[str, Node | None]]:
    """What stands under a key that refers to elements: the identifiers, each with its element where there is one."""
    value = node.value.get(key)
    for index, item in enumerate(value if isinstance(value, list) else [value] if value is not None else []):
        ref = identity(item)
        if isinstance(item, dict):
            yield ref or "", replace(node, value=item, path=(*node.path, key, index))
        elif ref:
            yield ref, graph.by_id.get(ref)
        else:
            node.faults.note(node.at(key), "holds something that is no reference", node.fact)


def _end(node: Node, key: str) -> str | None:
    found = identity(node.value.get(key))
    if found is None:
        node.faults.note(node.at(key), "is no reference", "")
    return found
