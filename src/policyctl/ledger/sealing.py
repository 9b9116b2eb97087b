"""From new entries to the headers that are chained, and what an entry must be before it is."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from policyctl.ledger import blobs as packing
from policyctl.ledger.entry import ERASURE, OPENING, VERSION, Clock, Entry, NewEntry, is_kind, new_id, timestamp
from policyctl.ledger.interface import Record
from policyctl.model.errors import LedgerError

CHANGED = "`policyctl ledger verify` says what else was changed"
_OWN_KINDS = {ERASURE: "by erase", OPENING: "by the ledger itself"}


@dataclass(frozen=True, slots=True)
class Batch:
    """Entries to append together, with the ids and the time that they keep however often it is tried.

    `blobs`: by digest every blob that a body names; None where its bytes were not given.
    """

    entries: Sequence[NewEntry]
    ids: Sequence[str]
    time: str
    blobs: Mapping[str, bytes | None]


def prepared(entries: Sequence[NewEntry], clock: Clock) -> Batch:
    """The batch of these entries. LedgerError for one that could not be proven later."""
    for new in entries:
        if new.kind in _OWN_KINDS:
            article = "an" if new.kind[0] in "aeiou" else "a"
            raise LedgerError(
                f"{article} {new.kind} is recorded {_OWN_KINDS[new.kind]}, not by append", hint="use another kind"
            )
    return batch_of(entries, clock)


def batch_of(entries: Sequence[NewEntry], clock: Clock) -> Batch:
    """Like `prepared`, also for the kinds that the ledger itself records."""
    blobs: dict[str, bytes | None] = {}
    for new in entries:
        if not is_kind(new.kind):
            raise LedgerError(f"{new.kind!r} cannot be an entry's kind", hint="use a word of a-z, 0-9 and _")
        named = packing.named_in(new.body)
        if unnamed := sorted(set(new.blobs) - set(named)):
            raise LedgerError(
                f"the body does not name blob {unnamed[0]}, so nothing would vouch for it",
                hint='name it in the body\'s "blobs" object',
            )
        blobs.update({digest: new.blobs.get(digest, blobs.get(digest)) for digest in named})
    moment = clock()
    return Batch(entries, [new.id or new_id(moment) for new in entries], timestamp(moment), blobs)


def packed_blob(digest: str, content: bytes | None) -> tuple[str, int, str, bytes]:
    """The row of a blob that is not stored yet: digest, size, encoding, bytes. LedgerError if it is not what it is called."""
    if content is None:
        raise LedgerError(f"the body names blob {digest}, which is not here", hint="append it with the entry")
    if hashlib.sha256(content).hexdigest() != digest:
        raise LedgerError(f"blob {digest} has another SHA-256 than its name", hint="name it by its plain bytes")
    encoding, stored = packing.packed(content)
    return digest, len(content), encoding, stored


def chained(batch: Batch, stream: int, seq: int, prev: str) -> tuple[list[Entry], list[Record]]:
    """The entries and their rows, behind the entry `seq` of the stream, whose hash is `prev`."""
    entries: list[Entry] = []
    rows: list[Record] = []
    for new, id in zip(batch.entries, batch.ids, strict=True):
        seq += 1
        digest = hashlib.sha256(new.body).hexdigest()
        entry = Entry(VERSION, stream, seq, id, batch.time, new.kind, digest, prev)
        prev = entry.hash
        entries.append(entry)
        rows.append((VERSION, stream, seq, id, batch.time, new.kind, digest, entry.prev, prev, new.body))
    return entries, rows


def require_unchanged(header: Sequence[Any], stored: Any) -> Entry:
    """The entry of a stored header. LedgerError if its hash is not the stored one: nothing is read from it, nor chained to it."""
    try:
        entry = Entry(*header)
        sound = entry.hash == stored
    except (TypeError, ValueError):
        sound = False
    if not sound:
        raise LedgerError(f"entry {header[2]} was changed: its header does not match its hash", hint=CHANGED)
    return entry
