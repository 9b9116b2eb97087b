"""The ledger in a PostgreSQL database: as many streams as write at once. Each call is one transaction."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any

from sqlalchemy import Connection, delete, func, insert, null, select, text, tuple_, update
from sqlalchemy.dialects.postgresql import insert as insert_or_leave

from policyctl.ledger import blobs as packing
from policyctl.ledger.entry import ERASURE, FIRST_PREV, OPENING, Clock, Entry, NewEntry
from policyctl.ledger.interface import Record
from policyctl.ledger.naming import Place
from policyctl.ledger.postgres.errors import LostError
from policyctl.ledger.postgres.outcome import settled
from policyctl.ledger.postgres.receiver import PostgresReceiver
from policyctl.ledger.postgres.server import Attempt, Server
from policyctl.ledger.postgres.shape import flaws
from policyctl.ledger.postgres.streams import Lease, close_off, enter, opened
from policyctl.ledger.postgres.tables import HEADER, blobs, entries, meta
from policyctl.ledger.postgres.versions import require_current
from policyctl.ledger.sealing import Batch, batch_of, chained, packed_blob, prepared, require_unchanged
from policyctl.ledger.stored import StoredLedger
from policyctl.ledger.verify_proof import canonical
from policyctl.model.errors import LedgerError

_BUFFER = 1000
_PATIENT = text("SET LOCAL idle_in_transaction_session_timeout = 0")  # while a long ledger is verified, nothing is sent
_ORDER = (entries.c.time, entries.c.stream, entries.c.seq)


class PostgresLedger(StoredLedger[Connection]):
    """A `Ledger` (see `interface`) at a URL such as postgresql://user@host/database. May be used from several threads."""

    def __init__(self, url: str, *, clock: Clock, readonly: bool = False, timeout: float = 10.0) -> None:
        """Opens it. `timeout`: seconds to wait for the server, for other writers, and for a server that went away."""
        self._server = Server(url, timeout)
        self.name = self._server.name
        self._clock = clock
        self._readonly = readonly
        self._lease = Lease()
        with ExitStack() as on_failure:
            on_failure.callback(self.close)
            with self._server.reading() as connection:
                require_current(connection, self.name)
            on_failure.pop_all()

    # --- appending

    def append(self, entries: Sequence[NewEntry]) -> list[Entry]:
        """Appends all or none. What is returned is on the server's disk.

        A connection that breaks in mid-commit leaves the answer open: it is asked for after reconnecting, by the
        transaction's number and the entries' ids, until `timeout` has passed. LedgerError says if it stays unknown.
        """
        self._require_writable()
        batch: Batch | None = None
        deadline = time.monotonic() + self._server.timeout
        while True:
            attempt = Attempt()
            try:
                with self._server.writing(attempt) as connection:
                    enter(connection)
                    stream = self._stream(connection)
                    batch = batch or prepared(entries, self._clock)
                    return self._append(connection, batch, stream)
            except LostError as lost:
                recorded = settled(self._server, attempt, batch, deadline, lost)
                if recorded:
                    return recorded

    def probe(self) -> None:
        self.append([])  # has a number of its own, so its end is written to the server's disk

    def _stream(self, connection: Connection) -> int:
        stream = self._lease.take(connection)
        if stream is None:
            stream = opened(connection) + 1
            new = NewEntry(OPENING, canonical({"stream": stream}))
            self._append(connection, batch_of([new], self._clock), 0)
            self._lease.keep(connection, stream)
        return stream

    def _append(self, connection: Connection, batch: Batch, stream: int) -> list[Entry]:
        if batch.blobs:
            known = set(connection.scalars(select(blobs.c.sha256).where(blobs.c.sha256.in_(batch.blobs))))
            # Sorted, so that no two transactions wait for each other's blobs; one that another just stored is left as it is.
            for digest in sorted(batch.blobs.keys() - known):
                row = packed_blob(digest, batch.blobs[digest])
                connection.execute(insert_or_leave(blobs).values(row).on_conflict_do_nothing())
        seq, prev = self._sound_head(connection, stream)
        appended, rows = chained(batch, stream, seq, prev)
        if rows:
            connection.execute(insert(entries), [dict(zip(_COLUMNS, row, strict=True)) for row in rows])
        return appended

    def _sound_head(self, connection: Connection, stream: int) -> tuple[int, str]:
        query = select(*HEADER, entries.c.hash).where(entries.c.stream == stream).order_by(entries.c.seq.desc())
        row = connection.execute(query.limit(1)).one_or_none()
        if row is None:
            return 0, FIRST_PREV
        return require_unchanged(row[:8], row[8]).seq, str(row[8])

    # --- reading

    def _page(
        self, kind: str | None, after: Entry | None, before: Entry | None, size: int, newest_first: bool
    ) -> list[Entry]:
        query, place = select(*HEADER), tuple_(*_ORDER)
        if kind is not None:
            query = query.where(entries.c.kind == kind)
        if after is not None:
            query = query.where(place > _values(after))
        if before is not None:
            query = query.where(place < _values(before))
        query = query.order_by(*(column.desc() if newest_first else column for column in _ORDER)).limit(size)
        with self._reading() as connection:
            return [Entry(*row) for row in connection.execute(query)]

    def _rows_at(self, connection: Connection, place: Place) -> Sequence[Sequence[Any]]:
        query = select(*_RECORD).where(entries.c.stream == place.stream, entries.c.seq == place.seq)
        return connection.execute(query).all()

    def _rows_with_ids(self, connection: Connection, low: str, high: str) -> Sequence[Sequence[Any]]:
        query = select(*_RECORD).where(entries.c.id >= low, entries.c.id < high).order_by(entries.c.id).limit(4)
        return connection.execute(query).all()

    def _blob_row(self, connection: Connection, sha256: str) -> Sequence[Any] | None:
        query = select(blobs.c.encoding, blobs.c.size, blobs.c.content).where(blobs.c.sha256 == sha256)
        return connection.execute(query).one_or_none()

    def _erasures(self, connection: Connection) -> Iterable[Sequence[Any]]:
        query = select(entries.c.seq, entries.c.body).where(entries.c.kind == ERASURE, entries.c.stream == 0)
        return connection.execute(query.order_by(entries.c.seq.desc()))

    # --- erasing

    def erase(self, targets: Sequence[str], *, reason: str, actor: str) -> Entry:
        """Erases, alone in the ledger: nobody may meanwhile record an entry that names what goes."""
        self._require_writable()
        with self._server.writing(Attempt()) as connection:
            close_off(connection)
            sizes = select(entries.c.stream, func.max(entries.c.seq)).where(entries.c.stream > 0)
            heads = {row[0]: row[1] for row in connection.execute(sizes.group_by(entries.c.stream))}
            new, bodies, digests = self._erasure_of(connection, targets, heads, reason, actor)
            (recorded,) = self._append(connection, batch_of([new], self._clock), 0)
            for place in bodies:
                at = (entries.c.stream == place.stream, entries.c.seq == place.seq)
                connection.execute(update(entries).where(*at).values(body=null()))
            connection.execute(delete(blobs).where(blobs.c.sha256.in_(digests)))
        return recorded

    # --- taking over another ledger

    @contextmanager
    def receiving(self, origin: str) -> Iterator[PostgresReceiver]:
        self._require_writable()
        with self._server.writing(Attempt()) as connection:
            close_off(connection)
            connection.execute(_PATIENT)
            if self.head() is not None:
                raise LedgerError(
                    f"ledger {self.name} is not empty", hint="name a new one: two ledgers are never mixed"
                )
            connection.execute(update(meta).where(meta.c.name == "origin").values(value=origin))
            yield PostgresReceiver(connection)

    # --- what verification reads

    @property
    def origin(self) -> str:
        with self._reading() as connection:
            return str(connection.scalar(select(meta.c.value).where(meta.c.name == "origin")) or "")

    def snapshot(self) -> AbstractContextManager[None]:
        return self._server.snapshot()

    def streams(self) -> Sequence[int]:
        with self._reading() as connection:
            return sorted({0, *connection.scalars(select(entries.c.stream).distinct())})

    def records(
        self, stream: int, first: int | None = None, last: int | None = None, *, bodies: bool = True
    ) -> Iterator[Record]:
        query = select(*(_RECORD if bodies else _HASHED)).where(entries.c.stream == stream).order_by(entries.c.seq)
        query = query.where(entries.c.seq >= first) if first is not None else query
        query = query.where(entries.c.seq <= last) if last is not None else query
        with self._reading() as connection:
            for rows in connection.execute(query.execution_options(yield_per=_BUFFER)).partitions():
                yield from (tuple(row) for row in rows)

    def blobs(self) -> Iterator[tuple[str, bytes | None]]:
        query = select(blobs.c.sha256, blobs.c.encoding, blobs.c.size, blobs.c.content).order_by(blobs.c.sha256)
        with self._reading() as connection:
            for sha256, encoding, size, content in connection.execute(query.execution_options(yield_per=10)):
                yield sha256, packing.unpacked(encoding, size, content)

    def positions(self, stream: int, hashes: Sequence[str]) -> dict[str, int]:
        here = (entries.c.stream == stream) & entries.c.hash.in_(hashes)
        with self._reading() as connection:
            rows = connection.execute(select(entries.c.hash, entries.c.seq).where(here))
            return {row[0]: row[1] for row in rows}

    def flaws(self) -> list[str]:
        with self._reading() as connection:
            return flaws(connection)

    # --- the connection

    def _reading(self) -> AbstractContextManager[Connection]:
        return self._server.reading()

    def _require_writable(self) -> None:
        if self._readonly:
            raise LedgerError(f"ledger {self.name} is open for reading only", hint="open it without readonly")

    def close(self) -> None:
        """Closes all connections."""
        self._server.close()


_RECORD = (*HEADER, entries.c.hash, entries.c.body)
_HASHED = (*HEADER, entries.c.hash, null().label("body"))
_COLUMNS = tuple(column.name for column in _RECORD)


def _values(entry: Entry) -> Any:
    return tuple_(entry.time, entry.stream, entry.seq)
