"""The ledger in one SQLite file: one stream, number 0.

Write-ahead log, every commit synchronised to the disk before it is acknowledged, one writer at a time (`BEGIN
IMMEDIATE`). May be used from several threads; each call is one transaction.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Any, NoReturn, Self

from policyctl.ledger import blobs as packing
from policyctl.ledger.entry import (
    ERASURE,
    FIRST_PREV,
    VERSION,
    Clock,
    Entry,
    NewEntry,
    header_bytes,
    is_kind,
    new_id,
    timestamp,
)
from policyctl.ledger.erasure import blob_target, body_target, erasure_body, read_erasure
from policyctl.ledger.interface import Record
from policyctl.ledger.schema import flaws
from policyctl.ledger.sqlite_file import FOREIGN_ERRORS, open_for_reading, open_for_writing, translated
from policyctl.model.errors import LedgerError, UnknownEntry

STREAM = 0
_PAGE = 500
_INSERT = """INSERT INTO entries (v, stream, seq, id, time, kind, body_sha256, prev, hash, body)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_HEADERS = "SELECT v, stream, seq, id, time, kind, body_sha256, prev FROM entries"
_HASHED = "SELECT v, stream, seq, id, time, kind, body_sha256, prev, hash, NULL FROM entries"
_RECORDS = "SELECT v, stream, seq, id, time, kind, body_sha256, prev, hash, body FROM entries"
_LENIENT = partial(str, encoding="utf-8", errors="replace")
_VERIFY = "`policyctl ledger verify` says what else was changed"


class SqliteLedger:
    """A `Ledger` (see `interface`) in the file `path`."""

    has_blobs = True

    def __init__(self, path: Path, *, clock: Clock, readonly: bool = False, timeout: float = 10.0) -> None:
        """Opens it, or creates it unless `readonly`. `timeout`: seconds to wait for other writers."""
        self.path = path
        self._clock = clock
        self._readonly = readonly
        self._lock = RLock()
        self._connection = open_for_reading(path, timeout) if readonly else open_for_writing(path, clock(), timeout)

    # --- appending

    def append(self, entries: Sequence[NewEntry]) -> list[Entry]:
        if any(entry.kind == ERASURE for entry in entries):
            raise LedgerError("an erasure is recorded by erase, not by append", hint="call erase with the targets")
        with self._writing() as connection:
            return self._append(connection, entries)

    def _append(self, connection: sqlite3.Connection, entries: Sequence[NewEntry]) -> list[Entry]:
        seq, prev = self._sound_head(connection)
        moment = self._clock()
        time = timestamp(moment)
        appended: list[Entry] = []
        rows: list[Record] = []
        for new in entries:
            if not is_kind(new.kind):
                raise LedgerError(f"{new.kind!r} cannot be an entry's kind", hint="use a word of a-z, 0-9 and _")
            self._keep_blobs(connection, new)
            seq += 1
            body_sha256 = hashlib.sha256(new.body).hexdigest()
            entry = Entry(VERSION, STREAM, seq, new_id(moment), time, new.kind, body_sha256, prev)
            prev = entry.hash
            appended.append(entry)
            rows.append((VERSION, STREAM, seq, entry.id, time, new.kind, body_sha256, entry.prev, prev, new.body))
        connection.executemany(_INSERT, rows)
        return appended

    def _sound_head(self, connection: sqlite3.Connection) -> tuple[int, str]:
        """The last entry's place and hash: nothing is chained to one that was changed."""
        row = connection.execute(_HASHED + " ORDER BY seq DESC LIMIT 1").fetchone()
        if row is None:
            return 0, FIRST_PREV
        self._require_unchanged(row[:8], row[8])
        return int(row[2]), str(row[8])

    def _keep_blobs(self, connection: sqlite3.Connection, new: NewEntry) -> None:
        named = packing.named_in(new.body)
        if unnamed := sorted(set(new.blobs) - set(named)):
            raise LedgerError(
                f"the body does not name blob {unnamed[0]}, so nothing would vouch for it",
                hint='name it in the body\'s "blobs" object',
            )
        for digest in named:
            if connection.execute("SELECT 1 FROM blobs WHERE sha256 = ?", (digest,)).fetchone():
                continue
            content = new.blobs.get(digest)
            if content is None:
                raise LedgerError(f"the body names blob {digest}, which is not here", hint="append it with the entry")
            if hashlib.sha256(content).hexdigest() != digest:
                raise LedgerError(f"blob {digest} has another SHA-256 than its name", hint="name it by its plain bytes")
            encoding, stored = packing.packed(content)
            connection.execute(
                "INSERT INTO blobs (sha256, size, encoding, content) VALUES (?, ?, ?, ?)",
                (digest, len(content), encoding, stored),
            )

    # --- reading

    def entries(
        self,
        kind: str | None = None,
        after: int = 0,
        limit: int | None = None,
        *,
        before: int | None = None,
        newest_first: bool = False,
    ) -> Iterator[Entry]:
        low, high = after, 2**63 - 1 if before is None else before
        left = limit
        while left is None or left > 0:
            page = _PAGE if left is None else min(left, _PAGE)
            found = self._page(kind, low, high, page, "DESC" if newest_first else "ASC")
            yield from found
            if len(found) < page:
                return
            left = None if left is None else left - page
            low, high = (low, found[-1].seq) if newest_first else (found[-1].seq, high)

    def _page(self, kind: str | None, low: int, high: int, size: int, order: str) -> list[Entry]:
        of_kind, values = ("", ()) if kind is None else (" AND kind = ?", (kind,))
        query = _HEADERS + " WHERE seq > ? AND seq < ?" + of_kind + " ORDER BY seq " + order + " LIMIT ?"
        with self._reading() as connection:
            return [Entry(*row) for row in connection.execute(query, (low, high, *values, size))]

    def get(self, name: str) -> Entry:
        with self._reading() as connection:
            return self._get(connection, name)[0]

    def body(self, name: str) -> bytes:
        with self._reading() as connection:
            entry, body = self._get(connection, name)
            if body is None:
                self._say_erased(connection, f"the body of entry {entry.seq} ({entry.id})", entry.seq)
            if not isinstance(body, bytes) or hashlib.sha256(body).hexdigest() != entry.body_sha256:
                raise LedgerError(f"the body of entry {entry.seq} ({entry.id}) was changed", hint=_VERIFY)
            return body

    def _get(self, connection: sqlite3.Connection, name: str) -> tuple[Entry, Any]:
        if name.isascii() and name.isdecimal() and not name.startswith("0") and len(name) < 19:
            rows = connection.execute(_RECORDS + " WHERE seq = ?", (int(name),)).fetchall()
        else:
            low = name.lower()
            if not low or set(low) - set("0123456789abcdef-"):
                raise UnknownEntry(f"{name!r} is not an entry's id", hint="`policyctl ledger list` shows the ids")
            query = _RECORDS + " WHERE id >= ? AND id < ? ORDER BY id LIMIT 4"
            rows = connection.execute(query, (low, low + "g")).fetchall()
        if not rows:
            raise UnknownEntry(f"ledger {self.path} has no entry {name}", hint="`policyctl ledger list` shows them")
        if len(rows) > 1:
            ids = ", ".join(str(row[3]) for row in rows[:3]) + (" …" if len(rows) > 3 else "")
            raise UnknownEntry(f"{name} begins more than one id: {ids}", hint="type more of it, or the entry's number")
        (row,) = rows
        self._require_unchanged(row[:8], row[8])
        return Entry(*row[:8]), row[9]

    def blob(self, sha256: str) -> bytes:
        with self._reading() as connection:
            row = connection.execute("SELECT encoding, size, content FROM blobs WHERE sha256 = ?", (sha256,)).fetchone()
            if row is None:
                self._say_erased(connection, f"blob {sha256}", sha256)
            content = packing.unpacked(*row)
            if content is None or hashlib.sha256(content).hexdigest() != sha256:
                raise LedgerError(f"blob {sha256} was changed", hint=_VERIFY)
            return content

    def head(self) -> Entry | None:
        return next(self.entries(limit=1, newest_first=True), None)

    # --- erasing

    def erase(self, targets: Sequence[str], *, reason: str, actor: str) -> Entry:
        if not targets or not reason.strip() or not actor.strip():
            raise LedgerError("an erasure needs targets, a reason and an actor", hint="say what, why and on whose word")
        with self._writing() as connection:
            digests = [target for target in dict.fromkeys(targets) if packing.is_digest(target)]
            names = [target for target in dict.fromkeys(targets) if not packing.is_digest(target)]
            for digest in digests:
                if not connection.execute("SELECT 1 FROM blobs WHERE sha256 = ?", (digest,)).fetchone():
                    self._say_erased(connection, f"blob {digest}", digest)
            bodies = {entry.seq: (entry, body) for entry, body in (self._get(connection, name) for name in names)}
            for entry, body in bodies.values():
                if entry.kind == ERASURE:
                    raise LedgerError(
                        f"entry {entry.seq} records an erasure and must stay", hint="erase something else"
                    )
                if body is None:
                    self._say_erased(connection, f"the body of entry {entry.seq} ({entry.id})", entry.seq)
                if not isinstance(body, bytes):
                    raise LedgerError(f"the body of entry {entry.seq} ({entry.id}) was changed", hint=_VERIFY)
            named = [body_target(entry, body) for entry, body in bodies.values()] + [blob_target(d) for d in digests]
            (recorded,) = self._append(connection, [NewEntry(ERASURE, erasure_body(named, reason, actor))])
            connection.executemany("UPDATE entries SET body = NULL WHERE seq = ?", [(seq,) for seq in bodies])
            connection.executemany("DELETE FROM blobs WHERE sha256 = ?", [(digest,) for digest in digests])
        with self._reading() as connection:
            (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise LedgerError(
                f"erased as entry {recorded.seq}, but the bytes still stand in {self.path}-wal: someone is reading",
                hint="let that process end; the next one to close the ledger removes them",
            )
        return recorded

    def _say_erased(self, connection: sqlite3.Connection, what: str, target: int | str) -> NoReturn:
        """Raises LedgerError for a body (by seq) or blob (by digest) that is not there."""
        query = "SELECT seq, body FROM entries WHERE kind = ? ORDER BY seq DESC"
        for seq, body in connection.execute(query, (ERASURE,)):
            erased = read_erasure(body) if isinstance(body, bytes) else None
            if erased and (target in erased.bodies or target in erased.blobs):
                raise LedgerError(f"{what} was erased by entry {seq}", hint=f"`policyctl ledger show {seq}` says why")
        raise LedgerError(f"{what} is missing from ledger {self.path}", hint=_VERIFY)

    # --- what verification reads

    @property
    def origin(self) -> str:
        with self._reading() as connection:
            row = connection.execute("SELECT value FROM meta WHERE name = 'origin'").fetchone()
        return "" if row is None else str(row[0])

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        with self._reading() as connection:
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

    @staticmethod
    def _require_unchanged(header: Sequence[Any], stored: Any) -> None:
        try:
            sound = hashlib.sha256(header_bytes(*header)).hexdigest() == stored
        except (TypeError, ValueError):
            sound = False
        if not sound:
            raise LedgerError(f"entry {header[2]} was changed: its header does not match its hash", hint=_VERIFY)

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

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
