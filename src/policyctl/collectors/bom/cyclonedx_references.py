"""The references within a CycloneDX BOM: what each leads to, which lead nowhere, and how complete the BOM says that it is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from policyctl.collectors.bom.cyclonedx_data import datasets_of
from policyctl.collectors.bom.nodes import Node
from policyctl.model.facts.bom import Defect

_OTHER_BOM: Final = "urn:cdx:"
_MOST: Final = 100
"""Defects that are kept: one is enough for a verdict, and a broken file may hold a million."""


class References:
    """All bom-refs of a BOM, and what refers to them."""

    def __init__(self, bom: Node, components: list[Node]) -> None:
        self._bom = bom.about("defects")
        self._components = components
        self._places: dict[str, list[list[str | int]]] = {}
        for ref, place in _identifiers(bom.value):
            self._places.setdefault(ref, []).append(place)
        self.by_ref = {ref: node for node in components for ref in (_ref(node), *_data_refs(node)) if ref}
        self._main = _ref(bom.node("metadata").node("component"))
        self._aggregates: dict[str | None, list[str]] = {}
        for composition in self._bom.about("models").nodes("compositions"):
            about: list[str | None] = [*_named(composition)] or [None]
            for named in about:
                self._aggregates.setdefault(named, []).append(composition.text("aggregate") or "not_specified")
        self._depends: dict[str, set[str]] = {}
        for dependency in self._bom.nodes("dependencies"):
            if origin := dependency.text("ref"):
                self._depends.setdefault(origin, set()).update(dependency.texts("dependsOn"))

    def leads(self, ref: str) -> bool:
        """Whether something of the BOM has this identifier."""
        return ref in self._places

    def is_elsewhere(self, ref: str) -> bool:
        """Whether it refers to another BOM (BOM-Link), which is not looked into."""
        return ref.startswith(_OTHER_BOM)

    def aggregates(self, model: Node) -> list[str]:
        """What the BOM's compositions say of a model: of itself, of the BOM's main component, or of the BOM without naming any."""
        about = {ref for ref in (_ref(model), self._main) if ref} | {None}
        return sorted({aggregate for ref in about for aggregate in self._aggregates.get(ref, [])})

    def defects(self) -> list[Defect]:
        """Identifiers of two things, references that lead nowhere, and datasets that the dependencies of their model leave out."""
        return list(islice(self._defects(), _MOST))

    def _defects(self) -> Iterator[Defect]:
        for ref, places in self._places.items():
            for place in places[1:]:
                yield {"code": "duplicate", "ref": ref, "path": place}
        for link, place in self._links():
            if not self.leads(link) and not self.is_elsewhere(link):
                yield {"code": "dangling", "ref": link, "path": place}
        for model in self._components:
            known = self._depends.get(_ref(model) or "")
            for dataset in datasets_of(model) if known is not None else ():
                named = _text(dataset.value.get("ref"))
                if named and self.leads(named) and named not in (known or ()):
                    yield {"code": "not_a_dependency", "ref": named, "path": dataset.at("ref")}

    def _links(self) -> Iterator[tuple[str, list[str | int]]]:
        for dependency in self._bom.nodes("dependencies"):
            for key in ("ref", "dependsOn", "provides"):
                value = dependency.value.get(key)
                for ref in value if isinstance(value, list) else [value]:
                    if isinstance(ref, str):
                        yield ref, dependency.at(key)
        for composition in self._bom.nodes("compositions"):
            for ref in _named(composition):
                yield ref, composition.at()
        for model in self._components:
            for dataset in datasets_of(model):
                if ref := _text(dataset.value.get("ref")):
                    yield ref, dataset.at("ref")


def _identifiers(root: Any) -> Iterator[tuple[str, list[str | int]]]:
    """Every bom-ref below a value, with its place. Level by level: the reader has limited how deep it nests."""
    waiting: list[tuple[Any, tuple[str | int, ...]]] = [(root, ())]
    while waiting:
        node, path = waiting.pop()
        if isinstance(node, dict):
            if ref := _text(node.get("bom-ref")):
                yield ref, [*path, "bom-ref"]
            waiting += [
                (value, (*path, key)) for key, value in reversed(node.items()) if isinstance(value, (dict, list))
            ]
        else:
            waiting += [(node[i], (*path, i)) for i in reversed(range(len(node))) if isinstance(node[i], (dict, list))]


def _named(composition: Node) -> list[str]:
    return [ref for key in ("assemblies", "dependencies") for ref in composition.items(key) if isinstance(ref, str)]


def _data_refs(component: Node) -> list[str]:
    return [ref for data in component.about("datasets").nodes("data") if (ref := _text(data.value.get("bom-ref")))]


def _ref(component: Node) -> str | None:
    return _text(component.value.get("bom-ref"))


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
