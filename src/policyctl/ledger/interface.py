"""What every ledger can do, whatever it is kept in, and what verification reads of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Protocol, Self

from policyctl.ledger.entry import Entry, NewEntry
from policyctl.model.errors import UnknownEntry

Record = tuple[int, int, int, str, str, str, str, str, str, bytes | None]
"""One stored row: the eight fields of the header in `Entry`'s order, the stored hash, the body.

The body is None when it was erased, or not asked for. Nothing of it is believed: in a file that was tampered with, even
the types may be others.
"""


class Records(Protocol):
    """Stored entries and blobs as they are, for those who verify, prove and export."""

    @property
    def origin(self) -> str:
        """The ledger's own id, a UUID made when it was created. Checkpoints and proofs name it."""

    @property
    def has_blobs(self) -> bool:
        """False for an export without blobs: then nothing can be said about them."""

    def snapshot(self) -> AbstractContextManager[None]:
        """While this is open, all reading sees the same state, whatever others append meanwhile."""

    def streams(self) -> Sequence[int]:
        """The streams, sorted."""

    def records(
        self, stream: int, first: int | None = None, last: int | None = None, *, bodies: bool = True
    ) -> Iterator[Record]:
        """The rows of a stream by `seq`, both ends included. Raises LedgerError where they cannot be read on."""

    def blobs(self) -> Iterator[tuple[str, bytes | None]]:
        """All blobs by digest; None where the stored bytes cannot be unpacked."""

    def positions(self, stream: int, hashes: Sequence[str]) -> dict[str, int]:
        """The `seq` of the rows whose stored hash is one of these."""

    def flaws(self) -> list[str]:
        """What is wrong with the store itself (its tables, indexes, triggers): one sentence each."""


class Receiver(Protocol):
    """Takes over rows of another ledger, byte for byte."""

    def records(self, records: Iterable[Record]) -> None:
        """Keeps these rows as they are. LedgerError for a stream that this ledger cannot have."""

    def blob(self, sha256: str, content: bytes) -> None:
        """Keeps a blob, given its plain bytes."""


class Ledger(Records, Protocol):
    """An append-only list of entries. Every method may raise LedgerError (exit code 4, with a hint)."""

    def append(self, entries: Sequence[NewEntry]) -> list[Entry]:
        """Appends all of them, or none, in one transaction. When this returns they survive the death of the process.

        All stand in one stream, in this order.
        """

    def probe(self) -> None:
        """Raises LedgerError unless an entry could be appended now. Writes to the disk, and leaves what is recorded as it is."""

    def entries(
        self,
        kind: str | None = None,
        after: Entry | None = None,
        limit: int | None = None,
        *,
        before: Entry | None = None,
        newest_first: bool = False,
    ) -> Iterator[Entry]:
        """Headers between two entries, both left out, oldest first unless asked otherwise, at most `limit` of them.

        To turn pages, give the last entry as `after` (or as `before`, newest first). One stream is in its order; several
        are merged by time, which is what their writers' clocks said. Not checked against their hashes: `get`, `body` and
        `blob` are, and `verify` says what is wrong.
        """

    def get(self, name: str) -> Entry:
        """One entry, by id, unique beginning of an id, or place: "12" in stream 0, "3:12" in stream 3.

        Raises UnknownEntry where none, or more than one, is meant.
        """

    def body(self, name: str) -> bytes:
        """The body of one entry, named as in `get`: the exact bytes appended. LedgerError says if it was erased."""

    def blob(self, sha256: str) -> bytes:
        """The plain bytes of a blob. LedgerError says whether it is missing, changed, or erased and by which entry."""

    def holds(self, sha256: str) -> bool:
        """Whether this blob is here, and is what its digest says: one look into an index."""

    def head(self) -> Entry | None:
        """The last entry; None for an empty ledger."""

    def erase(self, targets: Sequence[str], *, reason: str, actor: str) -> Entry:
        """Appends an erasure entry and destroys the bytes that it names: bodies (named as in `get`), blobs (by digest).

        Headers stay, so the chain, checkpoints and proofs hold. What the ledger recorded about itself (erasures, openings
        of streams) cannot be erased.
        """

    def receiving(self, origin: str) -> AbstractContextManager[Receiver]:
        """One transaction in which an empty ledger takes over another's id and all that it holds.

        Reading sees what was received. LedgerError where this ledger holds an entry.
        """

    def close(self) -> None:
        """Closes it. Nothing is pending: every append was durable."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def has_entry(ledger: Ledger, id: str) -> bool:
    """Whether an entry with this whole id is on record. Raises LedgerError."""
    try:
        ledger.get(id)
    except UnknownEntry:
        return False
    return True
