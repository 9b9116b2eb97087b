"""What an entry is: a header that is hashed into the chain, and a body kept as exact bytes."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from json.encoder import encode_basestring
from typing import Any

from policyctl.ledger.naming import Place

VERSION = 1
FIRST_PREV = "0" * 64
ERASURE = "erasure"
OPENING = "stream"
"""The kind of the entries of stream 0 that open another: the first of them opens stream 1, the next stream 2."""

Clock = Callable[[], datetime]
"""Tells the time as an aware datetime."""

_KIND = re.compile(r"[a-z][a-z0-9_]{0,62}")


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry to append. `kind` is a word such as "decision" (a-z, 0-9, _).

    `blobs` maps the SHA-256 (64 lower-case hex digits) of each blob to its bytes. A body names its blobs in an object
    called "blobs", anywhere in its JSON, from a role to the digest: {"blobs": {"document": "9f86…", "bundle": "…"}}.
    So the chain covers them, and `verify` can tell that one is missing and whose it was. Each blob named must be
    given here or be in the ledger already. `id` is one that `new_id` made, for an entry that has to be known by it before it is appended.
    """

    kind: str
    body: bytes
    blobs: Mapping[str, bytes] = field(default_factory=dict)
    id: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """The header of one entry. `seq` counts from 1 in its stream; `time` is RFC 3339 in UTC with microseconds.

    `prev` is the hash of the header before it in the stream, 64 zeros for the first; all digests are SHA-256 in hex.
    """

    v: int
    stream: int
    seq: int
    id: str
    time: str
    kind: str
    body_sha256: str
    prev: str

    @property
    def place(self) -> Place:
        """Where it stands; as text what people type: "12" in stream 0, "3:12" in stream 3."""
        return Place(self.stream, self.seq)

    @property
    def hash(self) -> str:
        """The SHA-256 of the header's canonical JSON: what the next entry's `prev` holds."""
        return hashlib.sha256(self.header_bytes()).hexdigest()

    def header(self) -> dict[str, Any]:
        """The header as plain JSON values."""
        return asdict(self)

    def header_bytes(self) -> bytes:
        """The header's canonical JSON."""
        return header_bytes(self.v, self.stream, self.seq, self.id, self.time, self.kind, self.body_sha256, self.prev)


def header_bytes(v: int, stream: int, seq: int, id: str, time: str, kind: str, body_sha256: str, prev: str) -> bytes:
    """RFC 8785 JSON of a header, faster than from a dictionary. TypeError or ValueError for a field of another type."""
    text = encode_basestring
    return (
        f'{{"body_sha256":{text(body_sha256)},"id":{text(id)},"kind":{text(kind)},"prev":{text(prev)},'
        f'"seq":{seq:d},"stream":{stream:d},"time":{text(time)},"v":{v:d}}}'
    ).encode()


def is_kind(kind: str) -> bool:
    """Whether this word can be an entry's kind."""
    return _KIND.fullmatch(kind) is not None


def utc_now() -> datetime:
    """The clock of the machine."""
    return datetime.now(UTC)


def timestamp(moment: datetime) -> str:
    """RFC 3339 in UTC with microseconds. ValueError if `moment` has no zone."""
    if moment.tzinfo is None:
        raise ValueError("a clock must give an aware datetime")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def new_id(moment: datetime) -> str:
    """A UUIDv7 of this moment: milliseconds, then the fraction of the millisecond in 12 bits, then 62 random ones.

    Source: RFC 9562, section 5.7, and section 6.2, method 3.
    """
    whole = int(moment.timestamp()) * 1000 + moment.microsecond // 1000
    fraction = moment.microsecond % 1000 * 4096 // 1000
    random = int.from_bytes(os.urandom(8), "big") >> 2
    digits = f"{whole << 80 | 7 << 76 | fraction << 64 | 2 << 62 | random:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
