"""What OPA is sent of a document: only what the bundle's controls of its kind read. A function of document and revision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from policyctl.model.catalog import Catalog
from policyctl.model.document import InputDocument

_UNSENT = ("masked", "sources")


@dataclass(frozen=True, slots=True)
class Cut:
    """The top-level facts that controls of one kind read, and `types` the resource types among them; None for all."""

    facts: frozenset[str] | None
    types: frozenset[str] | None

    @classmethod
    def of(cls, catalog: Catalog, kind: str) -> Cut:
        """What a bundle reads of documents of this kind."""
        paths = [
            path
            for id, control in catalog["controls"].items()
            if kind in control["kinds"]
            for path in catalog["reads"][id]
        ]
        facts = [path[1:] for path in paths if path[0] == "facts"]
        types = {path[1] for path in facts if path[:1] == ["resources"] and len(path) > 1}
        whole = [] in facts or ["resources"] in facts
        named = None if [] in facts else frozenset(path[0] for path in facts)
        return cls(named, None if whole else frozenset(types))


def cut(document: InputDocument, read: Cut) -> dict[str, Any]:
    """The document without what nobody reads. Relations keep the positions they name: types are left out whole."""
    sent: dict[str, Any] = {key: value for key, value in document.items() if key not in _UNSENT}
    facts = {key: value for key, value in document["facts"].items() if read.facts is None or key in read.facts}
    if read.types is not None and "resources" in facts:
        facts["resources"] = {type: listed for type, listed in facts["resources"].items() if type in read.types}
        if "referenced_by" in facts:
            facts["referenced_by"] = _of_types(facts["referenced_by"], facts["resources"], read.types)
    sent["facts"] = facts
    return sent


def _of_types(referenced_by: Mapping[str, Any], kept: Mapping[str, Any], types: frozenset[str]) -> dict[str, Any]:
    addresses = {resource["address"] for listed in kept.values() for resource in listed}
    return {
        address: named
        for address, referrers in referenced_by.items()
        if address in addresses and (named := [r for r in referrers if r["type"] in types])
    }
