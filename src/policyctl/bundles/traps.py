"""Finds Rego's trap with `not` in OPA's own parse tree.

The operands of a call are evaluated before `not`: where `x.y` is absent, `not startswith(x.y, "a")` is undefined, not true, and a rule
that relies on it passes in silence. Inside `not`, a call therefore takes only variables and constants.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_ROOTS = ("input", "data")


def traps(tree: Any) -> Iterator[int]:
    """The rows of negated expressions with a call that takes a reference, in one module's parse tree; 0 where it tells no locations.

    References into imported packages are to rules that always have a value, and are left out.
    """
    aliases = {i.get("alias", i["path"]["value"][-1]["value"]) for i in tree.get("imports", [])}
    yield from _below(tree.get("rules", []), frozenset(aliases))


def _below(node: Any, aliases: frozenset[str]) -> Iterator[int]:
    if isinstance(node, list):
        for item in node:
            yield from _below(item, aliases)
    elif isinstance(node, dict):
        terms = node.get("terms")
        if node.get("negated") and isinstance(terms, list) and any(_refers(term, aliases) for term in terms[1:]):
            yield int(node.get("location", {}).get("row", 0))
        for child in node.values():
            yield from _below(child, aliases)


def _refers(term: Any, aliases: frozenset[str]) -> bool:
    """Whether an operand is, or holds, a reference into something: "x.y", "input.z", not "x"."""
    if isinstance(term, list):
        return any(_refers(item, aliases) for item in term)
    if not isinstance(term, dict):
        return False
    value = term.get("value")
    if term.get("type") == "call" and isinstance(value, list):
        return any(_refers(item, aliases) for item in value[1:])
    if term.get("type") == "ref" and isinstance(value, list):
        head = value[0].get("value")
        return not isinstance(head, str) or (head not in aliases and (len(value) > 1 or head in _ROOTS))
    return isinstance(value, list | dict) and _refers(value, aliases)
