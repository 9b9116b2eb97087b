"""The ledger in one SQLite file: one stream, number 0.

Write-ahead log, every commit synchronised to the disk before it is acknowledged, one writer at a time (`BEGIN
IMMEDIATE`). May be used from several threads; each call is one transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from threading import RLock
from typing import Any

from policyctl.ledger import blobs as packing
from policyctl.ledger.entry import ERASURE, FIRST_PREV, Clock, Entry, NewEntry
from policyctl.ledger.interface import Record
from policyctl.ledger.naming import Place
from policyctl.ledger.schema import flaws
from policyctl.ledger.sealing import Batch, batch_of, chained, packed_blob, prepared, require_unchanged
from policyctl.ledger.sqlite_file import FOREIGN_ERRORS, open_for_reading, open_for_writing, translated
from policyctl.ledger.stored import StoredLedger
from policyctl.model.errors import LedgerError

STREAM = 0
_INSERT = """INSERT INTO entries (v, stream, seq, id, time, kind, body_sha256, prev, hash, body)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_HEADERS = "SELECT v, stream, seq, id, time, kind, body_sha256, prev FROM entries"
_HASHED = "SELECT v, stream, seq, id, time, kind, body_sha256, prev, hash, NULL FROM entries"
_RECORDS = "SELECT v, stream, seq, id, time, kind, body_sha256, prev, hash, body FROM entries"
_LENIENT = partial(str, encoding="utf-8", errors="replace")


class SqliteLedger(StoredLedger[sqlite3.Connection]):
    """A `Ledger` (see `interface`) in the file `path`."""

    def __init__(self, path: Path, *, clock: Clock, readonly: bool = False, timeout: float = 10.0) -> None:
        """Opens it, or creates it unless `readonly`. `timeout`: seconds to wait for other writers."""
        self.path = path
        self.name = str(path)
        self._clock = clock
        self._readonly = readonly
        self._lock = RLock()
        self._connection = open_for_reading(path, timeout) if readonly else open_for_writing(path, clock(), timeout)

    # --- appending

    def append(self, entries: Sequence[NewEntry]) -> list[Entry]:
        with self._writing() as connection:
            return self._append(connection, prepared(entries, self._clock))

    def probe(self) -> None:
        with self._writing() as connection:
            # A transaction that changes nothing would not touch the disk. This one writes the first page, as it was.
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            connection.execute(f"PRAGMA user_version = {version:d}")

    def _append(self, connection: sqlite3.Connection, batch: Batch) -> list[Entry]:
        for digest, content in batch.blobs.items():
            if not connection.execute("SELECT 1 FROM blobs WHERE sha256 = ?", (digest,)).fetchone():
                _keep_blob(connection, packed_blob(digest, content))
        seq, prev = self._sound_head(connection)
        appended, rows = chained(batch, STREAM, seq, prev)
        connection.executemany(_INSERT, rows)
        return appended

    def _sound_head(self, connection: sqlite3.Connection) -> tuple[int, str]:
        """The last entry's place and hash: nothing is chained to one that was changed."""
        row = connection.execute(_HASHED + " ORDER BY seq DESC LIMIT 1").fetchone()
        if row is None:
            return 0, FIRST_PREV
        return require_unchanged(row[:8], row[8]).seq, str(row[8])

    # --- reading

    def _page(
        self, kind: str | None, after: Entry | None, before: Entry | None, size: int, newest_first: bool
    ) -> list[Entry]:
        low, high = after.seq if after else 0, before.seq if before else 2**63 - 1
        of_kind, values = ("", ()) if kind is None else (" AND kind = ?", (kind,))
        order = "DESC" if newest_first else "ASC"
        query = _HEADERS + " WHERE seq > ? AND seq < ?" + of_kind + " ORDER BY seq " + order + " LIMIT ?"
        with self._reading() as connection:
            return [Entry(*row) for row in connection.execute(query, (low, high, *values, size))]

    def _rows_at(self, connection: sqlite3.Connection, place: Place) -> Sequence[Sequence[Any]]:
        if place.stream != STREAM:
            return []
        return connection.execute(_RECORDS + " WHERE seq = ?", (place.seq,)).fetchall()

    def _rows_with_ids(self, connection: sqlite3.Connection, low: str, high: str) -> Sequence[Sequence[Any]]:
        return connection.execute(_RECORDS + " WHERE id >= ? AND id < ? ORDER BY id LIMIT 4", (low, high)).fetchall()

    def _blob_row(self, connection: sqlite3.Connection, sha256: str) -> Sequence[Any] | None:
        query = "SELECT encoding, size, content FROM blobs WHERE sha256 = ?"
        row: Sequence[Any] | None = connection.execute(query, (sha256,)).fetchone()
        return row

    def _erasures(self, connection: sqlite3.Connection) -> Iterable[Sequence[Any]]:
        return connection.execute("SELECT seq, body FROM entries WHERE kind = ? ORDER BY seq DESC", (ERASURE,))

    # --- erasing

    def erase(self, targets: Sequence[str], *, reason: str, actor: str) -> Entry:
        with self._writing() as connection:
            new, bodies, digests = self._erasure_of(connection, targets, {}, reason, actor)
            (recorded,) = self._append(connection, batch_of([new], self._clock))
            connection.executemany("UPDATE entries SET body = NULL WHERE seq = ?", [(place.seq,) for place in bodies])
            connection.executemany("DELETE FROM blobs WHERE sha256 = ?", [(digest,) for digest in digests])
        with self._reading() as connection:
            (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise LedgerError(
                f"erased as entry {recorded.seq}, but the bytes still stand in {self.path}-wal: someone is reading",
                hint="let that process end; the next one to close the ledger removes them",
            )
        return recorded

    # --- taking over another ledger

    @contextmanager
    def receiving(self, origin: str) -> Iterator[SqliteReceiver]:
        with self._writing() as connection:
            if self.head() is not None:
                raise LedgerError(
                    f"ledger {self.name} is not empty", hint="name a new one: two ledgers are never mixed"
                )
            connection.execute("UPDATE meta SET value = ? WHERE name = 'origin'", (origin,))
            yield SqliteReceiver(connection)

    # --- what verification reads

    @property
    def origin(self) -> str:
        with self._reading() as connection:
            row = connection.execute("SELECT value FROM meta WHERE name = 'origin'").fetchone()
        return "" if row is None else str(row[0])

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        with self._reading() as connection:
            if connection.in_transaction:
                yield
                return
            connection.execute("BEGIN")
            try:
                yield
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def streams(self) -> Sequence[int]:
        return (STREAM,)

    def records(
        self, stream: int, first: int | None = None, last: int | None = None, *, bodies: bool = True
    ) -> Iterator[Record]:
        low, high = -(2**63) if first is None else first, 2**63 - 1 if last is None else last
        query = (_RECORDS if bodies else _HASHED) + " WHERE seq BETWEEN ? AND ? ORDER BY seq"
        with self._reading() as connection:
            try:
                with closing(connection.execute(query, (low, high))) as rows:
                    for row in rows:
                        low = row[2] + 1
                        yield row
            except sqlite3.OperationalError as error:
                if hasattr(error, "sqlite_errorcode") or connection.text_factory is _LENIENT:
                    raise
                connection.text_factory = _LENIENT  # a text that is not UTF-8: slower, but it can be shown
                yield from self.records(stream, low, high, bodies=bodies)

    def blobs(self) -> Iterator[tuple[str, bytes | None]]:
        query = """SELECT sha256, encoding, size, CASE typeof(content) WHEN 'blob' THEN content END
            FROM blobs ORDER BY number"""
        with self._reading() as connection:
            connection.text_factory = _LENIENT
            with closing(connection.execute(query)) as rows:
                for sha256, encoding, size, content in rows:
                    yield str(sha256), packing.unpacked(encoding, size, content)

    def positions(self, stream: int, hashes: Sequence[str]) -> dict[str, int]:
        wanted = set(hashes)
        with self._reading() as connection:
            return {own: seq for own, seq in connection.execute("SELECT hash, seq FROM entries") if own in wanted}

    def flaws(self) -> list[str]:
        with self._reading() as connection:
            return flaws(connection)

    # --- the connection

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                yield self._connection
            except FOREIGN_ERRORS as error:
                raise translated(error, self.path) from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: committed and on the disk when the block ends, rolled back when it raises."""
        if self._readonly:
            raise LedgerError(f"ledger {self.path} is open for reading only", hint="open it without readonly")
        with self._reading() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def close(self) -> None:
        """Closes the connection; the last one to close tidies the write-ahead log away."""
        with self._reading() as connection:
            connection.close()


class SqliteReceiver:
    """Takes over rows of another ledger, inside one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def records(self, records: Iterable[Record]) -> None:
        self._connection.executemany(_INSERT, map(_of_the_one_stream, records))

    def blob(self, sha256: str, content: bytes) -> None:
        _keep_blob(self._connection, packed_blob(sha256, content))


def _of_the_one_stream(record: Record) -> Record:
    if record[1] != STREAM:
        raise LedgerError("a SQLite ledger has one stream, and this one has several", hint="move it to PostgreSQL")
    return record


def _keep_blob(connection: sqlite3.Connection, row: tuple[str, int, str, bytes]) -> None:
    connection.execute("INSERT INTO blobs (sha256, size, encoding, content) VALUES (?, ?, ?, ?)", row)
