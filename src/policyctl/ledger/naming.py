"""How people name an entry: by its id, the beginning of it, or its place."""

from __future__ import annotations

import re
from typing import NamedTuple

from policyctl.model.errors import UnknownEntry

_PLACE = re.compile(r"(?:(0|[1-9][0-9]{0,17}):)?([1-9][0-9]{0,17})", re.ASCII)
_ID_LETTERS = frozenset("0123456789abcdef-")


class Place(NamedTuple):
    """Where an entry stands: its stream, and its number in it, from 1."""

    stream: int
    seq: int

    def __str__(self) -> str:
        """The number alone in stream 0, else `stream:number`."""
        return f"{self.stream}:{self.seq}" if self.stream else str(self.seq)


def place_named(name: str) -> Place | None:
    """The place that "12" (in stream 0) or "3:12" (in stream 3) names; None for anything else.

    An id begins with 0 until the year 2527, a number never does: they cannot be mixed up.
    """
    match = _PLACE.fullmatch(name)
    return Place(int(match[1] or 0), int(match[2])) if match else None


def ids_named(name: str) -> tuple[str, str]:
    """The first possible id that begins with `name`, and a bound above the last. UnknownEntry if no id can."""
    low = name.lower()
    if not low or set(low) - _ID_LETTERS:
        raise UnknownEntry(f"{name!r} is not an entry's id", hint="`policyctl ledger list` shows the ids")
    return low, low + "g"
