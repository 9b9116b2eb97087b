"""Finds Rego's trap with `not` in OPA's own parse tree.

The operands of a call are evaluated before `not`: where `x.y` is absent, `not startswith(x.y, "a")` is undefined, not true, and a rule
that relies on it passes in silence. Inside `not`, a call therefore takes only variables and constants.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_ROOTS = ("input", "data")


def traps(tree: Any) -> Iterator[int]:
    """The rows of negated expressions with a call that takes a reference, in one parse tree (of `rego.parse_module`, or a part)."""
    if isinstance(tree, list):
        for item in tree:
            yield from traps(item)
    elif isinstance(tree, dict):
        if tree.get("negated") and isinstance(tree.get("terms"), list) and any(map(_refers, tree["terms"][1:])):
            yield int(tree.get("index", 0)) + 1
        for child in tree.values():
            yield from traps(child)


def _refers(term: Any) -> bool:
    """Whether an operand is, or holds, a reference into something: "x.y", "input.z", not "x"."""
    if isinstance(term, list):
        return any(map(_refers, term))
    if not isinstance(term, dict):
        return False
    if term.get("type") == "call":
        return any(map(_refers, term["value"][1:]))
    if term.get("type") == "ref":
        return len(term["value"]) > 1 or term["value"][0].get("value") in _ROOTS
    return isinstance(term.get("value"), list | dict) and _refers(term["value"])
