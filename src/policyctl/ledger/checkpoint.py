"""Checkpoints: the signed sizes and roots of a ledger's streams, to be kept out of reach of the ledger's keeper."""

from __future__ import annotations

import base64
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policyctl.ledger.entry import Clock, timestamp, utc_now
from policyctl.ledger.interface import Records
from policyctl.ledger.keys import fingerprint, public_pem
from policyctl.ledger.verify import verify
from policyctl.ledger.verify_proof import CHECKPOINT, STREAM, NotProvenError, shaped, signed_part
from policyctl.model.errors import InputError, LedgerError, UsageError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

TYPE, VERSION = "policyctl.checkpoint", 1


@dataclass(frozen=True, slots=True)
class StreamHead:
    """The first `size` entries of a stream and their Merkle root (hex)."""

    stream: int
    size: int
    root: str


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What was signed, as read: `verify` checks the signature. `time` is RFC 3339 in UTC, `key` a fingerprint."""

    origin: str
    time: str
    streams: tuple[StreamHead, ...]
    key: str
    signature: str

    def document(self) -> dict[str, Any]:
        """The checkpoint as plain JSON values."""
        return {
            "type": TYPE,
            "v": VERSION,
            "origin": self.origin,
            "time": self.time,
            "streams": [asdict(head) for head in self.streams],
            "key": self.key,
            "signature": self.signature,
        }


def make_checkpoint(
    ledger: Records, key: Ed25519PrivateKey, *, previous: Checkpoint | None = None, clock: Clock = utc_now
) -> Checkpoint:
    """Signs the ledger as it is now, if it verifies; with `previous`, by the same key, only if it still holds that.

    Raises LedgerError if it does not: a signature must never cover up what happened before it.
    """
    report = verify(ledger, previous, public_pem(key.public_key()) if previous else None)
    if not report.ok:
        raise LedgerError(
            f"the ledger does not verify and was not signed: {report.problems[0]}", hint="run `policyctl ledger verify`"
        )
    heads = tuple(StreamHead(stream.stream, stream.size, stream.root) for stream in report.streams)
    unsigned = Checkpoint(report.origin, timestamp(clock()), heads, fingerprint(key.public_key()), "")
    signature = base64.b64encode(key.sign(signed_part(unsigned.document()))).decode()
    return Checkpoint(unsigned.origin, unsigned.time, heads, unsigned.key, signature)


def write_checkpoint(path: Path, checkpoint: Checkpoint) -> None:
    """Writes the checkpoint's file, whole or not at all. UsageError if it cannot."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(json.dumps(checkpoint.document(), indent=2) + "\n", encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise UsageError(f"checkpoint {path} cannot be written ({error.strerror})", hint="check its folder") from error


def read_checkpoint(path: Path) -> Checkpoint:
    """The checkpoint in a file; its signature is not looked at here. InputError if it is none."""
    hint = "give a file made by `policyctl ledger checkpoint`"
    try:
        document = shaped(json.loads(path.read_bytes()), CHECKPOINT, "the document")
        if (document["type"], document["v"]) != (TYPE, VERSION):
            raise NotProvenError("its type or version is not known to this program")
        heads = tuple(StreamHead(**shaped(head, STREAM, "the stream")) for head in document["streams"])
    except OSError as error:
        raise InputError(f"checkpoint {path} cannot be read ({error.strerror})", hint=hint) from error
    except (NotProvenError, ValueError, RecursionError) as error:
        raise InputError(f"{path} is not a checkpoint: {error}", hint=hint) from error
    return Checkpoint(document["origin"], document["time"], heads, document["key"], document["signature"])
