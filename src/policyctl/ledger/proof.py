"""The proof of one entry, for an outsider who has a checkpoint, its public key and `verify_proof.py`."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

from policyctl.ledger.checkpoint import Checkpoint
from policyctl.ledger.entry import Entry, header_bytes
from policyctl.ledger.interface import Ledger, Records
from policyctl.ledger.merkle import inclusion_ranges, roots_of
from policyctl.ledger.verify_proof import leaf_hash, root_from_path
from policyctl.model.errors import LedgerError


def prove(ledger: Ledger, name: str, checkpoint: Checkpoint | None = None) -> dict[str, Any]:
    """The proof of an entry (named as in `Ledger.get`), for `checkpoint`; without one, for the ledger as it is now.

    {"type": "policyctl.proof", "v": 1, "origin", "header", "body" (text) or "body_base64" or neither when erased,
    "size", "path"}. Raises LedgerError if the checkpoint is older than the entry, or does not fit the ledger.
    """
    with ledger.snapshot():
        entry = ledger.get(name)
        head = next((head for head in checkpoint.streams if head.stream == entry.stream), None) if checkpoint else None
        if checkpoint and (head is None or head.size < entry.seq):
            raise LedgerError(
                f"entry {entry.seq} is younger than the checkpoint of {checkpoint.time}", hint="make a new checkpoint"
            )
        size = head.size if head else _size(ledger, entry.stream)
        if not 0 < entry.seq <= size:
            raise LedgerError(
                "the ledger does not hold all its entries", hint="`policyctl ledger verify` says what is gone"
            )
        path = roots_of(
            inclusion_ranges(entry.seq - 1, size), lambda start, end: _leaves(ledger, entry.stream, start, end)
        )
        root = root_from_path(leaf_hash(entry.header_bytes()), entry.seq - 1, size, path)
        if checkpoint and head and (root.hex() != head.root or checkpoint.origin != ledger.origin):
            raise LedgerError(
                f"the ledger is not the one that the checkpoint of {checkpoint.time} signed",
                hint="`policyctl ledger verify` with this checkpoint says what was changed",
            )
        return {
            "type": "policyctl.proof",
            "v": 1,
            "origin": ledger.origin,
            "header": entry.header(),
            **_body(ledger, entry),
            "size": size,
            "path": [step.hex() for step in path],
        }


def _size(ledger: Ledger, stream: int) -> int:
    return sum(1 for _ in ledger.records(stream, bodies=False))


def _leaves(ledger: Records, stream: int, start: int, end: int) -> Iterator[bytes]:
    for record in ledger.records(stream, start + 1, end, bodies=False):
        try:
            yield leaf_hash(header_bytes(*record[:8]))
        except (TypeError, ValueError) as error:
            raise LedgerError(f"entry {record[2]} was changed", hint="`policyctl ledger verify` says how") from error


def _body(ledger: Ledger, entry: Entry) -> dict[str, str]:
    (record,) = ledger.records(entry.stream, entry.seq, entry.seq)
    if record[9] is None:
        return {}
    body = ledger.body(entry.id)
    try:
        return {"body": body.decode()}
    except UnicodeDecodeError:
        return {"body_base64": base64.b64encode(body).decode()}
