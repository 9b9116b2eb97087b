"""Breaks facts: every node of a document's facts, one at a time, in every way that JSON allows.

A text becomes a number, a list, nothing; a list becomes an object; what is there is wrapped once more or taken away. A mutation
never leaves another good value of the same type: whoever may write true for false needs no broken facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from policyctl.model.document import Path

_IDENTITY: Final = frozenset({"id", "address", "type"})
"""Without these a document has no shape: a schema error, by design."""


@dataclass(frozen=True, slots=True)
class Mutation:
    """What was done (`how`) at one place of `facts`, and the facts with it. `path` is relative to `facts`."""

    path: Path
    how: str
    facts: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.how} at {'.'.join(map(str, self.path)) or 'facts'}"


def mutations(facts: Mapping[str, Any], wanted: Callable[[Path], bool]) -> Iterator[Mutation]:
    """Every mutation of every node whose path is wanted, and no facts at all but the id. `facts` is not changed."""
    yield Mutation((), "emptied", {"id": facts["id"]} if "id" in facts else {})
    for path, value in _nodes(facts, ()):
        if path[-1] in _IDENTITY or path == ("kind",) or not wanted(path):
            continue
        yield Mutation(path, "removed", _without(facts, path))
        for how, broken in _broken(value):
            yield Mutation(path, how, _with(facts, path, broken))


def _nodes(node: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """Every node below this one, with its path."""
    members: list[tuple[str | int, Any]] = []
    if isinstance(node, Mapping):
        members = list(node.items())
    elif isinstance(node, list):
        members = list(enumerate(node))
    for key, value in members:
        yield (*path, key), value
        yield from _nodes(value, (*path, key))


def _broken(value: Any) -> Iterator[tuple[str, Any]]:
    """What may stand in the place of a value: of another type, empty, spelt as another type, nested once more."""
    if value is not None:
        yield "null", None
    if value is not None and not isinstance(value, str):
        yield "text", "x"
    if not isinstance(value, int | float) or isinstance(value, bool):
        yield "number", 7
    if not isinstance(value, bool):
        yield "true", True
    for how, empty in (("empty text", ""), ("empty list", []), ("empty object", {})):
        if value != empty or type(value) is not type(empty):
            yield how, empty
    if isinstance(value, bool):
        yield "switch as text", str(value).lower()
    elif isinstance(value, int | float):
        yield "number as text", str(value)
    elif isinstance(value, str) and value.isdecimal():
        yield "text as number", int(value)
    elif isinstance(value, list):
        yield "list as object", {str(index): element for index, element in enumerate(value)}
    elif isinstance(value, Mapping):
        yield "object as list", list(value.values())
    yield "in a list", [value]
    yield "in an object", {"x": value}


def _without(node: Any, path: Path) -> Any:
    """A copy in which the last step of the path is not there."""
    copied: Any = dict(node) if isinstance(node, Mapping) else list(node)
    if len(path) == 1:
        del copied[path[0]]
    else:
        copied[path[0]] = _without(node[path[0]], path[1:])
    return copied


def _with(node: Any, path: Path, value: Any) -> Any:
    """A copy in which another value stands at the end of the path."""
    copied: Any = dict(node) if isinstance(node, Mapping) else list(node)
    copied[path[0]] = value if len(path) == 1 else _with(node[path[0]], path[1:], value)
    return copied
