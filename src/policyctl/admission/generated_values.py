"""Questions about JSON values of which one has grown out of the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from policyctl.documents.building import canonical

Value = Mapping[str, Any]
Ours = Callable[[Any], bool]
"""Whether a value is one that the cluster itself puts in."""


def at(value: Value, *keys: str) -> Value:
    """The object below these keys; an empty one where there is none."""
    for key in keys:
        below = value.get(key) if isinstance(value, dict) else None
        value = below if isinstance(below, dict) else {}
    return value if isinstance(value, dict) else {}


def listed(value: Value, key: str) -> Sequence[Any]:
    """The list below this key; an empty one where there is none."""
    below = value.get(key) if isinstance(value, dict) else None
    return below if isinstance(below, list) else []


def without(value: Value, keys: Iterable[str]) -> Value:
    """The object without these keys."""
    left_out = set(keys)
    return {key: below for key, below in value.items() if key not in left_out}


def grown(made: Value, wanted: Value, more: Mapping[str, Ours]) -> bool:
    """Whether an object is the one that is wanted, but for keys which that has not, and whose values are ours."""
    return all(key in made and _same(made[key], below) for key, below in wanted.items()) and all(
        key in wanted or (key in more and more[key](below)) for key, below in made.items()
    )


def _same(one: Any, other: Any) -> bool:
    """Whether both are the same JSON: to Python, true is 1."""
    return one == other and canonical(one) == canonical(other)


def shrunk(made: Value, wanted: Value, key: str, ours: Ours) -> Value:
    """The object with its list below the key without what is not wanted there, and ours."""
    if not isinstance(made.get(key), list):
        return made
    return replaced(made, wanted, key, [one for one in made[key] if one in listed(wanted, key) or not ours(one)])


def replaced(made: Value, wanted: Value, key: str, below: Any) -> Value:
    """The object with this below the key; without the key where nothing is left below it, and nothing is wanted."""
    return {**made, key: below} if below or key in wanted else without(made, [key])


def is_text(value: Any) -> bool:
    """A text that is not empty."""
    return isinstance(value, str) and value != ""


def is_number(value: Any) -> bool:
    """A whole number."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_list(value: Any) -> bool:
    """A list of anything."""
    return isinstance(value, list)


def is_one_of(*values: Any) -> Ours:
    """One of these, of the same type."""
    return lambda value: any(type(value) is type(one) and value == one for one in values)
