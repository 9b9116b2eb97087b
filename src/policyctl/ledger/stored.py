"""What every ledger does alike, whatever its rows are kept in: finding, reading, and preparing an erasure."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, Generic, NoReturn, Self, TypeVar

from policyctl.ledger import blobs as packing
from policyctl.ledger.entry import ERASURE, OPENING, Entry, NewEntry
from policyctl.ledger.erasure import blob_target, body_target, erasure_body, read_erasure
from policyctl.ledger.naming import Place, ids_named, place_named
from policyctl.ledger.sealing import CHANGED, require_unchanged
from policyctl.model.errors import LedgerError, UnknownEntry

_PAGE = 500
_MUST_STAY = {ERASURE: "records an erasure", OPENING: "opens a stream"}
C = TypeVar("C")


class StoredLedger(ABC, Generic[C]):
    """The half of a `Ledger` (see `interface`) that needs only these questions answered, on a connection C.

    `name` is how messages call the ledger: its path, or its address without the password.
    """

    has_blobs = True
    name: str

    @abstractmethod
    def _reading(self) -> AbstractContextManager[C]:
        """A connection that sees one state. What goes wrong inside is raised as LedgerError."""

    @abstractmethod
    def _rows_at(self, connection: C, place: Place) -> Sequence[Sequence[Any]]:
        """The records (header, hash, body) at a place."""

    @abstractmethod
    def _rows_with_ids(self, connection: C, low: str, high: str) -> Sequence[Sequence[Any]]:
        """The first four records with `low` <= id < `high`."""

    @abstractmethod
    def _blob_row(self, connection: C, sha256: str) -> Sequence[Any] | None:
        """The encoding, the size and the stored bytes of a blob."""

    @abstractmethod
    def _erasures(self, connection: C) -> Iterable[Sequence[Any]]:
        """The `seq` and the body of every erasure entry, the newest first."""

    @abstractmethod
    def _page(
        self, kind: str | None, after: Entry | None, before: Entry | None, size: int, newest_first: bool
    ) -> list[Entry]:
        """At most `size` headers between two entries."""

    @abstractmethod
    def close(self) -> None:
        """Closes it."""

    def entries(
        self,
        kind: str | None = None,
        after: Entry | None = None,
        limit: int | None = None,
        *,
        before: Entry | None = None,
        newest_first: bool = False,
    ) -> Iterator[Entry]:
        left = limit
        while left is None or left > 0:
            size = _PAGE if left is None else min(left, _PAGE)
            found = self._page(kind, after, before, size, newest_first)
            yield from found
            if len(found) < size:
                return
            left = None if left is None else left - size
            after, before = (after, found[-1]) if newest_first else (found[-1], before)

    def get(self, name: str) -> Entry:
        with self._reading() as connection:
            return self._get(connection, name)[0]

    def body(self, name: str) -> bytes:
        with self._reading() as connection:
            entry, body = self._get(connection, name)
            if body is None:
                self._say_erased(connection, _body_of(entry), entry.place)
            if not isinstance(body, bytes) or hashlib.sha256(body).hexdigest() != entry.body_sha256:
                raise LedgerError(f"{_body_of(entry)} was changed", hint=CHANGED)
            return body

    def blob(self, sha256: str) -> bytes:
        with self._reading() as connection:
            row = self._blob_row(connection, sha256)
            if row is None:
                self._say_erased(connection, f"blob {sha256}", sha256)
            content = packing.unpacked(*row)
            if content is None or hashlib.sha256(content).hexdigest() != sha256:
                raise LedgerError(f"blob {sha256} was changed", hint=CHANGED)
            return content

    def holds(self, sha256: str) -> bool:
        with self._reading() as connection:
            row = self._blob_row(connection, sha256)
        content = None if row is None else packing.unpacked(*row)
        return content is not None and hashlib.sha256(content).hexdigest() == sha256

    def head(self) -> Entry | None:
        return next(self.entries(limit=1, newest_first=True), None)

    def _get(self, connection: C, name: str) -> tuple[Entry, Any]:
        place = place_named(name)
        rows = self._rows_at(connection, place) if place else self._rows_with_ids(connection, *ids_named(name))
        if not rows:
            raise UnknownEntry(f"ledger {self.name} has no entry {name}", hint="`policyctl ledger list` shows them")
        if len(rows) > 1:
            ids = ", ".join(str(row[3]) for row in rows[:3]) + (" …" if len(rows) > 3 else "")
            raise UnknownEntry(f"{name} begins more than one id: {ids}", hint="type more of it, or the entry's number")
        (row,) = rows
        return require_unchanged(row[:8], row[8]), row[9]

    def _erasure_of(
        self, connection: C, targets: Sequence[str], heads: Mapping[int, int], reason: str, actor: str
    ) -> tuple[NewEntry, list[Place], list[str]]:
        """The erasure entry of these targets, with the places of the bodies and the digests of the blobs to destroy.

        `heads`: the size of each stream but 0, where the erasure will stand.
        """
        if not targets or not reason.strip() or not actor.strip():
            raise LedgerError("an erasure needs targets, a reason and an actor", hint="say what, why and on whose word")
        digests = [target for target in dict.fromkeys(targets) if packing.is_digest(target)]
        names = [target for target in dict.fromkeys(targets) if not packing.is_digest(target)]
        for digest in digests:
            if self._blob_row(connection, digest) is None:
                self._say_erased(connection, f"blob {digest}", digest)
        bodies = {entry.place: (entry, body) for entry, body in (self._get(connection, name) for name in names)}
        for entry, body in bodies.values():
            if entry.kind in _MUST_STAY:
                raise LedgerError(
                    f"entry {entry.place} {_MUST_STAY[entry.kind]} and must stay", hint="erase something else"
                )
            if body is None:
                self._say_erased(connection, _body_of(entry), entry.place)
            if not isinstance(body, bytes):
                raise LedgerError(f"{_body_of(entry)} was changed", hint=CHANGED)
        named = [body_target(entry, body) for entry, body in bodies.values()] + [blob_target(d) for d in digests]
        return NewEntry(ERASURE, erasure_body(named, heads, reason, actor)), list(bodies), digests

    def _say_erased(self, connection: C, what: str, target: Place | str) -> NoReturn:
        """Raises LedgerError for a body (by place) or blob (by digest) that is not there."""
        for seq, body in self._erasures(connection):
            erased = read_erasure(body) if isinstance(body, bytes) else None
            if erased and (target in erased.bodies or target in erased.blobs):
                raise LedgerError(f"{what} was erased by entry {seq}", hint=f"`policyctl ledger show {seq}` says why")
        raise LedgerError(f"{what} is missing from ledger {self.name}", hint=CHANGED)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _body_of(entry: Entry) -> str:
    return f"the body of entry {entry.place} ({entry.id})"
