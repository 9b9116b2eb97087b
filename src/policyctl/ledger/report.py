"""What a verification found: each problem with its place, what was erased, and what is anchored."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from policyctl.ledger.naming import Place
from policyctl.model.errors import ALLOWED, ENGINE

ProblemKind = Literal[
    "changed",
    "removed",
    "inserted",
    "reordered",
    "renumbered",
    "truncated",
    "rewritten",
    "missing",
    "schema",
    "damaged",
    "checkpoint",
]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, with the entries from `seq` `first` to `last`, or (None) with the ledger itself.

    `id` is the id of the entry, where it is one and is known. `blob` is a digest, where it is about a blob.
    """

    kind: ProblemKind
    what: str
    stream: int | None = None
    first: int | None = None
    last: int | None = None
    id: str = ""
    blob: str = ""

    def __str__(self) -> str:
        """One line: kind, place and what is wrong."""
        of_stream = f" of stream {self.stream}" if self.stream else ""
        if self.first is None:
            return f"{self.kind}: {self.what}"
        if self.first == self.last:
            return f"{self.kind}: entry {self.first}{of_stream}{f' ({self.id})' if self.id else ''}: {self.what}"
        return f"{self.kind}: entries {self.first} to {self.last}{of_stream}: {self.what}"


@dataclass(frozen=True, slots=True)
class Erasure:
    """A body (`seq` of `stream`) or blob (`blob`) that is gone with a record of it: `by` is the `seq` of the erasure entry."""

    by: int
    stream: int
    seq: int | None = None
    blob: str = ""

    def __str__(self) -> str:
        """One line."""
        what = f"blob {self.blob}" if self.blob else f"the body of entry {Place(self.stream, self.seq or 0)}"
        return f"{what}: erased by entry {self.by}"


@dataclass(frozen=True, slots=True)
class StreamReport:
    """One stream: how many entries were read, their Merkle root (hex), and how many, from the first, are as signed."""

    stream: int
    size: int
    root: str
    anchored: int


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """The result of `verify`. `blobs` counts those that were read; None if what was verified holds none.

    `unnamed` counts further problems, beyond those listed. `checkpoint_time` is set when a checkpoint was given.
    """

    origin: str
    streams: tuple[StreamReport, ...]
    blobs: int | None
    problems: tuple[Problem, ...]
    unnamed: int
    erased: tuple[Erasure, ...]
    checkpoint_time: str | None

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

    @property
    def exit_code(self) -> int:
        """0, or 4: a ledger with a problem has failed."""
        return ALLOWED if self.ok else ENGINE

    @property
    def entries(self) -> int:
        """How many entries were read."""
        return sum(stream.size for stream in self.streams)

    @property
    def summary(self) -> str:
        """One sentence: what may be relied on, and from where on nothing may."""
        if not self.ok:
            count = len(self.problems) + self.unnamed
            return f"{count} {'problem' if count == 1 else 'problems'} in {self.entries} entries"
        if self.checkpoint_time is None:
            return "internally consistent, not anchored: from entry 1 on, nothing outside this ledger vouches for it"
        if len(self.streams) > 1 and all(stream.anchored == stream.size for stream in self.streams):
            signed = (
                f"all {self.entries} entries of {len(self.streams)} streams are as signed at {self.checkpoint_time}"
            )
            return f"internally consistent; {signed}"
        return "; ".join(["internally consistent", *(self._anchor(stream) for stream in self.streams)])

    def _anchor(self, stream: StreamReport) -> str:
        of_stream = f" of stream {stream.stream}" if stream.stream else ""
        if stream.anchored == 0:
            return f"from entry 1{of_stream} on nothing is anchored"
        signed = f"the first {stream.anchored} entries{of_stream} are as signed at {self.checkpoint_time}"
        return (
            signed
            if stream.anchored == stream.size
            else f"{signed}, from entry {stream.anchored + 1} on nothing is anchored"
        )

    def document(self) -> dict[str, Any]:
        """The report as plain JSON values."""
        return {"ok": self.ok, "summary": self.summary, "entries": self.entries, **asdict(self)}
