"""What a format's reader makes of a text."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

SPACE: Final = "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
"""What Go takes for space."""


def no_line(_index: int) -> int | None:
    """The `line_of` of a format without lines."""
    return None


@dataclass(frozen=True, slots=True)
class Parsed:
    """The configurations in one file, each judged by itself: the documents of a YAML stream, the items of a top-level list.

    `line_of(index)` is the line at which one begins, from 1. `doubts` are sentences about what the file does not settle itself: then
    no rule can tell anything. Values are plain JSON; what JSON has no word for has the form that Conftest gives it.
    """

    values: tuple[Any, ...]
    line_of: Callable[[int], int | None] = no_line
    doubts: tuple[str, ...] = ()


def split(value: Any) -> tuple[Any, ...]:
    """The configurations of one value: a list is several."""
    return tuple(value) if isinstance(value, list) else (value,)


def plain(value: Any) -> Any:
    """A value with whole numbers written as such, as Go's JSON does: policies print them into their messages."""
    if isinstance(value, dict):
        return {key: plain(below) for key, below in value.items()}
    if isinstance(value, list):
        return [plain(below) for below in value]
    if isinstance(value, float) and math.isfinite(value) and value.is_integer() and abs(value) < 1e21:
        return int(Decimal(repr(value)))
    return value
