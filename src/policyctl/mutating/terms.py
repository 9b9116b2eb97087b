"""What may become of one term: a constant, a literal with members, the operator of a call."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from policyctl.mutating.mutant import Change
from policyctl.mutating.source import Node, Source

COMPARISONS: Final = {
    "equal": ("!=",),
    "neq": ("==",),
    "lt": ("<=", ">="),
    "lte": ("<", ">"),
    "gt": (">=", "<="),
    "gte": (">", "<"),
}
"""By OPA's name, what is written in its place: the boundary moved, and the other side."""

_OPERATORS: Final = {"plus": "-", "minus": "+", "mul": "/", "div": "*", "and": "|", "or": "&"}
_EMPTY: Final = {
    "array": "[]",
    "set": "set()",
    "object": "{}",
    "arraycomprehension": "[]",
    "setcomprehension": "set()",
    "objectcomprehension": "{}",
}
CONSTANTS: Final = {"boolean", "number", "string", "null"}
_CHANGED: Final = "_changed"


def swapped(source: Source, operator: Node) -> Iterator[Change]:
    """The changes of a call's operator, where it is written as a sign."""
    place = source.span(operator)
    if not place or source.text[slice(*place)].isidentifier():
        return
    name = str(operator["value"][-1]["value"])
    for sign in COMPARISONS.get(name, ()):
        yield Change("comparison swapped", *place, sign)
    if sign := _OPERATORS.get(name, ""):
        yield Change("operator swapped", *place, sign)


def changes(source: Source, term: Node) -> Iterator[Change]:
    """The changes of a term itself, without what is in it."""
    kind, place = term.get("type"), source.span(term)
    if not place:
        return
    if kind in CONSTANTS:
        yield Change("constant changed", *place, _other(term))
    elif kind in _EMPTY:
        members = _members(term)
        free = [(first, last) for first, last in members if not {first["type"], last["type"]} & CONSTANTS]
        # A single constant is changed, which is as much.
        if "comprehension" in str(kind) or len(members) > 1 or free:
            yield Change("literal emptied", *place, _EMPTY[str(kind)])
        for first, last in free if len(members) > 1 else ():
            if member := source.from_to(first, last):
                yield Change("element removed", *_with_comma(source.text, *member), "")


def _other(constant: Node) -> str:
    kind, value = constant["type"], constant["value"]
    if kind == "boolean":
        return "false" if value else "true"
    if kind == "number":
        return str(value + 1)
    return json.dumps((value if kind == "string" else "") + _CHANGED, ensure_ascii=False)


def _members(term: Node) -> list[tuple[Node, Node]]:
    """First and last node of each member of a literal; a comprehension has none."""
    value: Any = term.get("value")
    if not isinstance(value, list):
        return []
    return [(item[0], item[1]) if isinstance(item, list) else (item, item) for item in value]


def _with_comma(text: str, start: int, end: int) -> tuple[int, int]:
    """A member's place with the comma after it, or else the one before it."""
    after = end + len(text[end:]) - len(text[end:].lstrip())
    if text.startswith(",", after):
        return start, after + 1
    before = len(text[:start].rstrip())
    return (before - 1, end) if text[:before].endswith(",") else (start, end)
