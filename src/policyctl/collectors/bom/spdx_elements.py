"""The elements of an SPDX 3 document, each with its type and identifier.

Source: SPDX specification 3.0.1, model and JSON-LD serialisation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from policyctl.collectors.bom.nodes import Node
from policyctl.collectors.bom.values import NONE, NOT_ASSERTED
from policyctl.model.document import Path

_IRI: Final = re.compile(r"https://spdx\.org/rdf/3[.\d]*/terms/(\w+)/(\w+)")
_INDIVIDUALS: Final = {
    "NoAssertionElement": NOT_ASSERTED,
    "NoneElement": NONE,
    "expandedlicensing_NoAssertionLicense": NOT_ASSERTED,
    "expandedlicensing_NoneLicense": NONE,
    "licensing_NoAssertion": NOT_ASSERTED,
    "licensing_None": NONE,
    NOT_ASSERTED: NOT_ASSERTED,
    NONE: NONE,
}
"""Individuals that stand for "nobody says" and "there is none", by their short names and the ends of their addresses."""
_PACKAGES: Final = frozenset({"ai_AIPackage", "dataset_DatasetPackage"})
_ALMOST: Final = re.compile(r".*(?:ai|dataset)_?package", re.IGNORECASE)
"""What a type that is misspelt would be meant as: a package that is passed over would be a model that nobody judges."""


def type_of(node: Node) -> str:
    """The type of an element in the short spelling: "ai_AIPackage", "Relationship"; also where it is written as an address."""
    return _short(node.text("type") or node.text("@type") or "")


def individual(ref: str) -> str | None:
    """NOASSERTION or NONE, where a reference is to SPDX' word for that."""
    return _INDIVIDUALS.get(_short(ref))


def _short(name: str) -> str:
    match = _IRI.fullmatch(name)
    if match is None:
        return name
    profile, word = match.groups()
    return word if profile == "Core" else f"{profile.lower()}_{word}"


def elements(document: Node) -> list[Node]:
    """The elements of the graph, or the document where it is the only one; each before those that are written inside of it."""
    listed = document.nodes("@graph") if "@graph" in document.value else [document]
    found: list[Node] = []
    for node in listed:
        for element in (node, *_inside(node)):
            kind = type_of(element)
            if not kind or (_ALMOST.fullmatch(kind) and kind not in _PACKAGES):
                element.faults.note(element.at("type"), "is no type of SPDX", "")
            found.append(element)
    return found


def _inside(node: Node) -> Iterator[Node]:
    """The elements that are written in the place of references to them, however deep."""
    waiting: list[tuple[Any, Path]] = [(value, (*node.path, key)) for key, value in node.value.items()]
    while waiting:
        value, path = waiting.pop()
        if isinstance(value, list):
            waiting += [(item, (*path, index)) for index, item in enumerate(value) if isinstance(item, (dict, list))]
        elif isinstance(value, dict):
            if "spdxId" in value and ("type" in value or "@type" in value):
                yield replace(node, value=value, path=path)
            waiting += [(item, (*path, key)) for key, item in value.items() if isinstance(item, (dict, list))]


def identifier(node: Node) -> str:
    """The identifier of an element, empty for none."""
    return node.text("spdxId") or node.text("@id") or ""


def identity(value: object) -> str | None:
    """The identifier in a reference, which is that or the element itself."""
    if isinstance(value, dict):
        value = value.get("spdxId") or value.get("@id")
    return value if isinstance(value, str) and value else None
