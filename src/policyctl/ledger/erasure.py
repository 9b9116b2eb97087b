"""Recorded erasure: the entry that says which bodies and blobs are gone, since when, why and on whose word.

Its body: {"actor": …, "reason": …, "targets": [{"entry": ID, "seq": N, "body_sha256": …, "blobs": [digest…]} |
{"blob": digest}]}. The blobs that an erased body named are kept, so that they can still be told from blobs that
nobody named. It stands in stream 0; a target of another stream says so ("stream": N), and where there are others,
"heads" has their sizes at that moment ({"1": 57}): a blob that is named after them was recorded anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from policyctl.ledger.blobs import named_in
from policyctl.ledger.entry import Entry
from policyctl.ledger.naming import Place
from policyctl.ledger.verify_proof import canonical


@dataclass(frozen=True, slots=True)
class Erased:
    """What one erasure entry says: bodies by their place, with the entry's id, what those named, and blobs.

    `heads`: the size that each other stream had.
    """

    bodies: dict[Place, str]
    named: dict[Place, list[str]]
    blobs: frozenset[str]
    heads: dict[int, int]


def body_target(entry: Entry, body: bytes) -> dict[str, Any]:
    """How an erasure names a body."""
    target = {"entry": entry.id, "seq": entry.seq, "body_sha256": entry.body_sha256, "blobs": named_in(body)}
    return target | {"stream": entry.stream} if entry.stream else target


def blob_target(sha256: str) -> dict[str, Any]:
    """How an erasure names a blob."""
    return {"blob": sha256}


def erasure_body(targets: Sequence[dict[str, Any]], heads: Mapping[int, int], reason: str, actor: str) -> bytes:
    """The body of an erasure entry. `heads`: the sizes of the streams other than 0."""
    body: dict[str, Any] = {"actor": actor, "reason": reason, "targets": list(targets)}
    if heads:
        body["heads"] = {str(stream): size for stream, size in heads.items()}
    return canonical(body)


def read_erasure(body: bytes) -> Erased | None:
    """What an erasure entry erased; None if its body does not say so in the shape above."""
    bodies: dict[Place, str] = {}
    named: dict[Place, list[str]] = {}
    blobs: set[str] = set()
    try:
        told = json.loads(body)
        heads = {int(stream): int(size) for stream, size in told.get("heads", {}).items()}
        for target in told["targets"]:
            if "blob" in target:
                blobs.add(str(target["blob"]))
            else:
                place = Place(int(target.get("stream", 0)), int(target["seq"]))
                bodies[place] = str(target["entry"])
                named[place] = [str(digest) for digest in target["blobs"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return Erased(bodies, named, frozenset(blobs), heads)
