"""Which of two values is the stricter one, where that can be told."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any


def by_rank(strictest_first: Sequence[str], was: str, now: str) -> str:
    """ "stricter" or "looser" by position; "changed" for a word that is not in the list."""
    if was not in strictest_first or now not in strictest_first:
        return "changed"
    return "stricter" if strictest_first.index(now) < strictest_first.index(was) else "looser"


def by_sets(was: set[str], now: set[str]) -> str:
    """More is stricter; "changed" where something came and something went."""
    return "stricter" if now > was else "looser" if now < was else "changed"


def of_parameter(name: str, was: Any, now: Any) -> str:
    """By the parameter's name: a minimum_… is stricter when it grows, a maximum_… when it shrinks (0 may mean none), allowed… when it
    allows less. All others are "changed".
    """
    if name.startswith("minimum_"):
        return _by_numbers(was, now)
    if name.startswith("maximum_") and 0 not in (*_numbers(was), *_numbers(now)):
        return _by_numbers(now, was)
    if name.startswith("allowed") and isinstance(was, list) and isinstance(now, list):
        return by_sets({told(item) for item in now}, {told(item) for item in was})
    return "changed"


def step(was: Any, now: Any) -> str:
    """From one value to another, in a line of text; of lists, what is no longer in it and what is new."""
    if not (isinstance(was, list) and isinstance(now, list)):
        return f"{told(was)} -> {told(now)}"
    parts = ([item for item in was if item not in now], [item for item in now if item not in was])
    words = [f"{word} {told(items)}" for word, items in zip(("without", "with"), parts, strict=True) if items]
    return ", ".join(words) or "in another order"


def told(value: Any) -> str:
    """A value in a line of text: long ones are cut."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 100 else text[:99] + "…"


def _by_numbers(low: Any, high: Any) -> str:
    """For one number, or one by class: stricter if none shrank and one grew."""
    pairs = list(zip(_numbers(low), _numbers(high), strict=False))
    if not pairs or len(_numbers(low)) != len(_numbers(high)):
        return "changed"
    if all(a <= b for a, b in pairs):
        return "stricter"
    return "looser" if all(a >= b for a, b in pairs) else "changed"


def _numbers(value: Any) -> list[float]:
    values = [value[key] for key in sorted(value)] if isinstance(value, dict) else [value]
    return [one for one in values if isinstance(one, int | float) and not isinstance(one, bool)]
