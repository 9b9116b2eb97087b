"""Which controls need nothing but the object: told from what they read, so that a new one is never exported by mistake."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from policyctl.bundles.build import SCHEMAS
from policyctl.model.catalog import Catalog

KIND: Final = "kubernetes_object"
NOT_PORTABLE: Final = "not_portable"
"""The part of a bundle's catalog that says which controls are left out where the object is all that is known, and why."""

PREPARING: Final = tuple(f"policyctl/{name}/{name}.rego" for name in ("portable", "readable", "quantities"))
"""The rule files that make facts of an object."""

Files = Mapping[str, bytes]
"""What a bundle holds, by path."""

_WRITTEN = frozenset({"id", "kind", "pods", "containers"})
"""The facts that `portable.rego` makes of an object."""

_CARRIED = {
    "Pod": frozenset("path host_network host_pid host_ipc security_context volumes".split()),
    "Container": frozenset(
        "id path pod role name image image_source limits requests security_context host_ports".split()
    ),
    "Image": frozenset({"reference", "digest"}),
}
"""The fields that it makes, by the name of their type in the schema; of all other types it makes every field."""

_ASKING = frozenset(f"policyctl/{name}/{name}.rego" for name in ("main", "law", "shapes", "waivers"))
"""What asks a control, and is not asked by one that needs nothing but the object."""

_SHARED = "policyctl/lib/kubernetes.rego"
"""Asks of the facts above only, of no field that is not carried over."""


def left_out(files: Files, catalog: Catalog) -> dict[str, str]:
    """By control of Kubernetes objects, the reason why it cannot be decided from the object alone. The others can."""
    schema = json.loads(files[f"{SCHEMAS}{KIND}.json"])
    found = {id: _reason(files, catalog, id, schema) for id in catalog["index"][KIND]}
    return {id: reason for id, reason in found.items() if reason}


def _reason(files: Files, catalog: Catalog, id: str, schema: Any) -> str:
    reads = [path for path in catalog["reads"][id] if path[0] != "facts" or path[1] in _facts(schema)]
    if others := sorted({path[0] for path in reads} - {"facts"}):
        return f"it reads more than the object: {', '.join(others)}"
    if "relations" in (facts := {path[1] for path in reads}):
        return "it reads other objects of the run: " + ", ".join(
            sorted(path[2] for path in reads if path[1] == "relations" and len(path) > 2)
        )
    if unwritten := sorted(facts - _WRITTEN):
        return f"what it reads is worked out by the collector: {', '.join(unwritten)}"
    if _asks_back(files, catalog, id):
        return "it asks what only a whole bundle tells: dates of a law, or the catalog"
    if words := sorted(_not_carried(schema) & _words(files, catalog, id)):
        return f"it may read fields that are not carried over: {', '.join(words)}"
    return ""


def _facts(schema: Any) -> frozenset[str]:
    """What documents of this kind may have at all: a control of several kinds reads facts of the others too."""
    return frozenset(schema["properties"]["facts"]["properties"])


def _not_carried(schema: Any) -> frozenset[str]:
    missing: set[str] = set()
    for name, carried in _CARRIED.items():
        missing |= set(schema["$defs"][name]["properties"]) - carried
    return frozenset(missing)


def needs(files: Files, catalog: Catalog, id: str) -> dict[str, str]:
    """The text of the rule files that a control is made of, its own and those that it refers to, by path."""
    return {path: files[path].decode() for path in catalog["rules"][id] if path not in _ASKING}


def _words(files: Files, catalog: Catalog, id: str) -> frozenset[str]:
    """Every word that the control's rules are written with, whether it names a field or not."""
    text = "\n".join(text for path, text in needs(files, catalog, id).items() if path != _SHARED)
    return frozenset(re.findall(r"\w+", re.sub(r"(?m)^\s*#.*$", "", text)))


def _asks_back(files: Files, catalog: Catalog, id: str) -> bool:
    return any(
        re.search(r"\bdata\.policyctl\.(main|law|shapes|waivers|catalog)\b", text)
        for text in needs(files, catalog, id).values()
    )
