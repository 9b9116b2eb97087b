"""Which stream a transaction appends to: one that no other transaction is appending to.

A stream is leased for one transaction by an advisory lock, so a writer that dies leaves nothing behind, and a pooler
between us and the server does no harm. A new stream is opened, by an entry in stream 0, only when all are taken: there
are as many as ever wrote at the same moment, not as many as there were runs.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator

from sqlalchemy import Connection, func, select, text

from policyctl.ledger.entry import OPENING
from policyctl.ledger.postgres.tables import entries

MOST = 64
"""Streams beyond 0. Where even these are taken, a writer waits for stream 0: a checkpoint stays a page long."""

_CLASS = 0x706F6C63  # ASCII "polc": our advisory locks among those of others in the same database
_WHOLE = -1
_ENTER = text(f"SELECT pg_advisory_xact_lock_shared({_CLASS}, {_WHOLE})")
_CLOSE_OFF = text(f"SELECT pg_advisory_xact_lock({_CLASS}, {_WHOLE})")
_TRY = text(f"SELECT pg_try_advisory_xact_lock({_CLASS}, :stream)")
_WAIT = text(f"SELECT pg_advisory_xact_lock({_CLASS}, :stream)")


def enter(connection: Connection) -> None:
    """Takes part in the ledger beside others, until the transaction ends."""
    connection.execute(_ENTER)


def close_off(connection: Connection) -> None:
    """Waits until nobody else appends, and has the ledger alone until the transaction ends."""
    connection.execute(_CLOSE_OFF)


def opened(connection: Connection) -> int:
    """How many streams there are beside stream 0."""
    query = select(func.count()).where(entries.c.stream == 0, entries.c.kind == OPENING)
    return int(connection.execute(query).scalar_one())


class Lease:
    """Remembers, for each thread, the stream it had last: as long as that is free, a long-lived writer keeps to it."""

    def __init__(self) -> None:
        """Nothing is leased."""
        self._local = threading.local()

    def take(self, connection: Connection) -> int | None:
        """A free stream; None where all are taken, and stream 0 is now ours to open another in."""
        last: int = getattr(self._local, "stream", 0)
        free = next((stream for stream in self._candidates(connection, last) if _free(connection, stream)), None)
        if free is not None:
            self._local.stream = free
            return free
        connection.execute(_WAIT, {"stream": 0})
        if opened(connection) >= MOST:
            return 0
        return None

    def keep(self, connection: Connection, stream: int) -> None:
        """Leases a stream that was just opened."""
        connection.execute(_WAIT, {"stream": stream})
        self._local.stream = stream

    @staticmethod
    def _candidates(connection: Connection, last: int) -> Iterator[int]:
        yield last
        yield from (stream for stream in range(opened(connection) + 1) if stream != last)


def _free(connection: Connection, stream: int) -> bool:
    return bool(connection.execute(_TRY, {"stream": stream}).scalar_one())
