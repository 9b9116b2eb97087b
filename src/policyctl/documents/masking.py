"""Empties what looks like a secret, wherever it stands, before the document leaves this process.

Collectors have emptied what their source marks as sensitive; this finds, by name and by shape, what nobody marked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from policyctl.model.attestation import Attested
from policyctl.model.document import Collected
from policyctl.model.secrets import conceal, named

KEPT = frozenset({"owner", "owners", "approver", "actor", "contact", "contacts"})
"""Identity fields that stay readable: who answers for a thing is not a secret. A token that stands there is."""

_TELLING = (str, dict, list)
"""The types of values that can hold a secret."""


def masked_facts(collected: Collected) -> tuple[Mapping[str, Any], list[str]]:
    """The facts with secrets emptied, and the dotted paths of what was emptied. The facts given are not changed."""
    facts, found = _emptied(collected.facts, "facts")
    for path in found:
        _mark(facts, path[1:])
    return facts, [".".join(map(str, path)) for path in found]


def masked_attested(attested: Attested) -> tuple[Attested, list[str]]:
    """What is attested, in the same way."""
    values, found = _emptied(attested, "attested")
    return cast("Attested", values), [".".join(map(str, path)) for path in found]


def masked_values(values: Mapping[str, Any], root: str) -> tuple[Mapping[str, Any], list[str]]:
    """Any other values, in the same way; the paths begin with `root`."""
    emptied, found = _emptied(values, root)
    return emptied, [".".join(map(str, path)) for path in found]


def _emptied(values: Mapping[str, Any], root: str) -> tuple[Mapping[str, Any], list[tuple[str | int, ...]]]:
    """The values with secrets emptied, and their paths, which begin with `root`."""
    found: list[tuple[tuple[str | int, ...], str]] = []
    _seek(dict(values), (root,), "", found)
    emptied = dict(values)
    copied: set[tuple[str | int, ...]] = set()
    for path, concealed in found:
        _replace(emptied, path[1:], concealed, copied)
    return (emptied if found else values), [path for path, _ in found]


def _seek(node: Any, path: tuple[str | int, ...], name: str, found: list[tuple[tuple[str | int, ...], str]]) -> None:
    """Adds the paths of secrets to `found`, with what is left of each text: nothing, or what stands around a secret inside it."""
    if isinstance(node, str):
        if node and (concealed := conceal(name, node)) != node:
            found.append((path, concealed))
    elif isinstance(node, dict):
        called = named(node)
        for key, value in node.items():
            if isinstance(value, _TELLING):
                stands_under = "" if key in KEPT else called if called and key.lower() == "value" else key
                _seek(value, (*path, key), stands_under, found)
    elif isinstance(node, list):
        for index, value in enumerate(node):
            if isinstance(value, _TELLING):
                _seek(value, (*path, index), name, found)


def _replace(
    facts: dict[str, Any], path: tuple[str | int, ...], concealed: str, copied: set[tuple[str | int, ...]]
) -> None:
    """Replaces one value, copying every container on the way once, so that the collector's own facts stay as they are."""
    node: Any = facts
    for depth, key in enumerate(path[:-1], start=1):
        if path[:depth] not in copied:
            copied.add(path[:depth])
            node[key] = dict(node[key]) if isinstance(node[key], Mapping) else list(node[key])
        node = node[key]
    node[path[-1]] = concealed


def _mark(facts: Mapping[str, Any], path: tuple[str | int, ...]) -> None:
    """A Terraform resource lists its masked paths itself, so that a control can tell an emptied value from an empty one."""
    if path[0] == "resources" and len(path) > 4 and path[3] == "values":
        resource = facts["resources"][path[1]][path[2]]
        resource["masked"] = [*resource["masked"], ".".join(map(str, path[4:]))]
