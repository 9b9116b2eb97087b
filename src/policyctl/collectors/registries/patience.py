"""For how long a server that is busy is asked again."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Lock
from typing import Final

BUSY: Final = frozenset({429, 500, 502, 503, 504})
"""Answers that another try may better. Source: RFC 9110, section 15.6, and RFC 6585, section 4."""

_FIRST: Final = 0.25


class Patience:
    """The seconds that one server is waited for in a whole run: with a thousand questions, it is not waited for a thousand times."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds
        self._lock = Lock()

    def pause(self, attempt: int, wished: float | None) -> float | None:
        """How long to wait before trying again: as the server wishes, else twice as long each time. None: not any more."""
        pause = wished if wished is not None else _FIRST * 2**attempt
        with self._lock:
            spent = max(pause, _FIRST)  # a server that wishes for no pause at all is not asked for ever
            if spent > self._left:
                return None
            self._left -= spent
        return pause


def retry_after(header: str, now: datetime) -> float | None:
    """The seconds that a server wishes us to wait: it gives a number, or a date. None where it says nothing that can be read."""
    if header.strip().isascii() and header.strip().isdigit():
        return float(header)
    try:
        wished = parsedate_to_datetime(header)
    except ValueError:
        return None
    return max(0.0, ((wished if wished.tzinfo else wished.replace(tzinfo=UTC)) - now).total_seconds())
