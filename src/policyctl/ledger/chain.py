"""Reads one stream from its first row to its last and notes where it is not what was appended.

Rows are believed in nothing. Each says its place, its hash, the hash of the one before it and the digest of its body;
what disagrees is noted, and `diagnosis` says at the end which story fits.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from policyctl.ledger.blobs import named_in
from policyctl.ledger.entry import ERASURE, FIRST_PREV, OPENING, header_bytes
from policyctl.ledger.erasure import Erased, read_erasure
from policyctl.ledger.interface import Record
from policyctl.ledger.merkle import Tree
from policyctl.ledger.report import ProblemKind

MOST_BREAKS = MOST_NOTES = 1000
_FAR = 32


@dataclass(frozen=True, slots=True)
class Break:
    """A row that does not follow the one before it, whose `seq` is `after`. `own`: its own hash fits its header.

    `shift`: by how much its `seq` was changed, when that alone explains its hash; else 0. `linked`: its `prev` fits,
    its `seq` not.
    """

    seq: int
    after: int
    id: str
    prev: str
    own: bool
    shift: int
    linked: bool


@dataclass(slots=True)
class Note:
    """A problem that needs no diagnosis: of one row, or of a run of rows (then without `id`)."""

    kind: ProblemKind
    what: str
    first: int
    last: int
    id: str


@dataclass(slots=True)
class Chain:
    """What reading one stream gave.

    `late` rows stand behind ones of a higher `seq`. `named` has, by a blob's digest, the last entry naming it; `gone` the
    ids of entries without a body; `erasures` what each erasure entry says. `openings` are the entries that open streams.
    """

    stream: int
    tree: Tree = field(default_factory=Tree)
    roots: dict[int, str] = field(default_factory=dict)
    last: int = 0
    notes: list[Note] = field(default_factory=list)
    breaks: list[Break] = field(default_factory=list)
    late: list[tuple[int, str]] = field(default_factory=list)
    unnamed: int = 0
    named: dict[str, int] = field(default_factory=dict)
    gone: dict[int, str] = field(default_factory=dict)
    erasures: list[tuple[int, Erased]] = field(default_factory=list)
    openings: list[int] = field(default_factory=list)
    unreadable: str = ""
    _doubt: tuple[int, str, str] | None = None
    _shift: int = 0

    def read(self, records: Iterable[Record], sizes: Collection[int]) -> None:
        """Reads all rows; keeps the Merkle roots of the first n rows for each n in `sizes`."""
        sha256, encode, add, named_key = hashlib.sha256, header_bytes, self.tree.add, b'"blobs"'
        before = stored_before = FIRST_PREV
        if 0 in sizes:
            self.roots[0] = self.tree.root().hex()
        for size, record in enumerate(records, start=1):
            v, stream, seq, id, time, kind, body_sha256, prev, stored, body = record
            try:
                header = encode(v, stream, seq, id, time, kind, body_sha256, prev)
            except (TypeError, ValueError):
                header = repr(record[:8]).encode()
            computed = sha256(header).hexdigest()
            if seq != self.last + 1 or computed != stored or prev != before or self._doubt:
                self._examine(record, computed, before, stored_before)
            if type(body) is bytes and sha256(body).hexdigest() == body_sha256:
                if kind == ERASURE:
                    self._read_erasure(seq, body)
                elif kind == OPENING:
                    self.openings.append(seq)
                elif named_key in body:
                    self.named.update(dict.fromkeys(named_in(body), seq))
            elif body is None and kind != ERASURE:
                self.gone[seq] = id
            else:
                self.note("changed", seq, "its body is not the one that was recorded", str(id))
            add(sha256(b"\0" + header).digest())
            if size in sizes:
                self.roots[size] = self.tree.root().hex()
            if seq > self.last:
                self.last, before, stored_before = seq, computed, stored
        self._settle("")

    def note(self, kind: ProblemKind, seq: int, what: str, id: str = "") -> None:
        """Notes a problem of one row; neighbours with the same one become a run."""
        run = self.notes[-1] if self.notes else None
        if run and (run.kind, run.what, run.last + 1) == (kind, what, seq):
            run.last, run.id = seq, ""
        elif len(self.notes) < MOST_NOTES:
            self.notes.append(Note(kind, what, seq, seq, id))
        else:
            self.unnamed += 1

    def _examine(self, record: Record, computed: str, before: str, stored_before: str) -> None:
        """One row that is not simply the next one."""
        seq, id, prev, stored = record[2], str(record[3]), record[7], record[8]
        own, linked = computed == stored, prev in (before, stored_before)
        self._settle(prev)
        if seq <= self.last:
            self._count_late(seq, id)
        elif seq > self.last + 1 or not linked:
            if len(self.breaks) == MOST_BREAKS:
                self.unnamed += 1
                return
            self._shift = 0 if own else _shift_of(record)
            self.breaks.append(Break(seq, self.last, id, str(prev), own, self._shift, linked))
        elif not own:
            if self._shift and _hash_at(record, seq + self._shift) == stored:
                self.note("renumbered", seq, recorded_elsewhere(self._shift), id)
            else:
                self._doubt = (seq, id, computed)

    def _count_late(self, seq: int, id: str) -> None:
        if len(self.late) == MOST_BREAKS:
            self.unnamed += 1
        else:
            self.late.append((seq, id))

    def _settle(self, next_prev: str) -> None:
        """Says of a row whose header and hash disagree which of the two was changed: the next row's `prev` tells."""
        if self._doubt:
            seq, id, computed = self._doubt
            what = "its stored hash" if next_prev == computed else "its header (or, in the last entry, its stored hash)"
            if next_prev and next_prev != computed:
                what = "its header"
            self.note("changed", seq, f"{what} is not the one that was recorded", id)
            self._doubt = None

    def _read_erasure(self, seq: int, body: bytes) -> None:
        erased = read_erasure(body)
        if erased is None:
            self.note("changed", seq, "it is an erasure that does not say what was erased")
        else:
            self.erasures.append((seq, erased))


def recorded_elsewhere(shift: int) -> str:
    """Says of a renumbered row where it was recorded."""
    places = "place" if abs(shift) == 1 else "places"
    return f"this was recorded {abs(shift)} {places} {'later' if shift > 0 else 'earlier'}"


def _hash_at(record: Record, seq: int) -> str:
    """The hash that the row would have at another place."""
    v, stream, _, id, time, kind, body_sha256, prev, _, _ = record
    try:
        return hashlib.sha256(header_bytes(v, stream, seq, id, time, kind, body_sha256, prev)).hexdigest()
    except (TypeError, ValueError):
        return ""


def _shift_of(record: Record) -> int:
    """How far from here, at most `_FAR` places, the row was recorded, if its stored hash says so; else 0."""
    near = (sign * distance for distance in range(1, _FAR + 1) for sign in (1, -1))
    return next((shift for shift in near if _hash_at(record, record[2] + shift) == record[8]), 0)
