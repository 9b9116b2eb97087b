"""Recorded erasure: the entry that says which bodies and blobs are gone, since when, why and on whose word.

Its body: {"actor": …, "reason": …, "targets": [{"entry": ID, "seq": N, "body_sha256": …, "blobs": [digest…]} |
{"blob": digest}]}. The blobs that an erased body named are kept, so that they can still be told from blobs that
nobody named.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from policyctl.ledger.blobs import named_in
from policyctl.ledger.entry import Entry
from policyctl.ledger.verify_proof import canonical


@dataclass(frozen=True, slots=True)
class Erased:
    """What one erasure entry says: bodies by their place (seq -> entry id), what those named, and blobs."""

    bodies: dict[int, str]
    named: dict[int, list[str]]
    blobs: frozenset[str]


def body_target(entry: Entry, body: bytes) -> dict[str, Any]:
    """How an erasure names a body."""
    return {"entry": entry.id, "seq": entry.seq, "body_sha256": entry.body_sha256, "blobs": named_in(body)}


def blob_target(sha256: str) -> dict[str, Any]:
    """How an erasure names a blob."""
    return {"blob": sha256}


def erasure_body(targets: Sequence[dict[str, Any]], reason: str, actor: str) -> bytes:
    """The body of an erasure entry."""
    return canonical({"actor": actor, "reason": reason, "targets": list(targets)})


def read_erasure(body: bytes) -> Erased | None:
    """What an erasure entry erased; None if its body does not say so in the shape above."""
    bodies: dict[int, str] = {}
    named: dict[int, list[str]] = {}
    blobs: set[str] = set()
    try:
        for target in json.loads(body)["targets"]:
            if "blob" in target:
                blobs.add(str(target["blob"]))
            else:
                bodies[int(target["seq"])] = str(target["entry"])
                named[int(target["seq"])] = [str(digest) for digest in target["blobs"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return Erased(bodies, named, frozenset(blobs))
