"""Proves one ledger entry to an outsider. Needs Python 3.9 or later and the package `cryptography`, no policyctl.

    python verify_proof.py proof.json checkpoint.json public.pem [--body]

What is shown when it ends with exit code 0: the holder of the key signed, at the checkpoint's time, a list of entries
that holds exactly this entry at exactly this place. The proof comes from `policyctl ledger prove`, the checkpoint
from `policyctl ledger checkpoint`; the public key must reach you by a way that you trust. Exit code 1: not proven; 2:
a file cannot be read.

The rules: an entry's header is written as canonical JSON (RFC 8785); a leaf is SHA-256(0x00, header), a node
SHA-256(0x01, left, right) (RFC 6962, section 2.1); the checkpoint's signature is Ed25519 over its canonical JSON
without `signature`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

HEADER = {"v": int, "stream": int, "seq": int, "id": str, "time": str, "kind": str, "body_sha256": str, "prev": str}
CHECKPOINT = {"type": str, "v": int, "origin": str, "time": str, "streams": list, "key": str, "signature": str}
PROOF = {"type": str, "v": int, "origin": str, "header": dict, "size": int, "path": list}
STREAM = {"stream": int, "size": int, "root": str}
MOST_STEPS = 64


class NotProvenError(Exception):
    """The documents do not show what they claim. The message says why."""


def canonical(value: Any) -> bytes:
    """RFC 8785 JSON of objects with ASCII names, lists, strings, booleans, null and integers within 2**53."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False).encode()


def leaf_hash(data: bytes) -> bytes:
    """RFC 6962, 2.1: the hash of a leaf."""
    return hashlib.sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """RFC 6962, 2.1: the hash of a node from its children's."""
    return hashlib.sha256(b"\1" + left + right).digest()


def root_from_path(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root of a tree of `size` leaves if the hash `leaf` stands at `index` (from 0) and `path` is its audit path.

    Raises NotProvenError if no such tree can exist. Source: RFC 9162, section 2.1.3.2 (the tree of RFC 6962).
    """
    if not 0 <= index < size:
        raise NotProvenError(f"a tree of {size} leaves has no leaf {index}")
    at, last, value = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            raise NotProvenError("the audit path is too long")
        if at & 1 or at == last:
            value = node_hash(sibling, value)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            value = node_hash(value, sibling)
        at, last = at >> 1, last >> 1
    if last:
        raise NotProvenError("the audit path is too short")
    return value


def shaped(document: Any, fields: Mapping[str, type], what: str, *, more: bool = False) -> dict[str, Any]:
    """`document`, if it is an object with these fields of these types (and no others, unless `more`)."""
    if not isinstance(document, dict):
        raise NotProvenError(f"{what} is not a JSON object")
    for name, kind in fields.items():
        if type(document.get(name)) is not kind:
            raise NotProvenError(f"{what}: `{name}` is missing or of the wrong type")
    if not more and (unknown := sorted(set(document) - set(fields))):
        raise NotProvenError(f"{what}: unknown field `{unknown[0]}`")
    return document


def digest(text: Any, what: str) -> bytes:
    """The 32 bytes of a SHA-256 digest written as 64 lower-case hex digits."""
    if not isinstance(text, str) or len(text) != 64 or set(text) - set("0123456789abcdef"):
        raise NotProvenError(f"{what} is not a SHA-256 digest")
    return bytes.fromhex(text)


def signed_part(checkpoint: Mapping[str, Any]) -> bytes:
    """The bytes that a checkpoint's signature covers."""
    return canonical({name: value for name, value in checkpoint.items() if name != "signature"})


def checked_checkpoint(document: Any, public_key: bytes) -> dict[str, Any]:
    """The checkpoint, if its signature holds under this key (PEM). Raises NotProvenError if not."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    checkpoint = shaped(document, CHECKPOINT, "the checkpoint")
    if (checkpoint["type"], checkpoint["v"]) != ("policyctl.checkpoint", 1):
        raise NotProvenError("the checkpoint is of a type or version that this program does not know")
    streams = [shaped(stream, STREAM, "the checkpoint's stream")["stream"] for stream in checkpoint["streams"]]
    if streams != sorted(set(streams)):
        raise NotProvenError("the checkpoint's streams are not sorted, or named twice")
    for stream in checkpoint["streams"]:
        digest(stream["root"], "the checkpoint's root")
    try:
        key = load_pem_public_key(public_key)
        signature = base64.b64decode(checkpoint["signature"], validate=True)
    except ValueError as error:
        raise NotProvenError(f"the key or the signature cannot be read: {error}") from error
    if not isinstance(key, Ed25519PublicKey):
        raise NotProvenError("the key is not an Ed25519 public key")
    try:
        key.verify(signature, signed_part(checkpoint))
    except InvalidSignature as error:
        raise NotProvenError("the checkpoint's signature does not hold under this key") from error
    return checkpoint


def body_of(proof: Mapping[str, Any]) -> bytes | None:
    """The body that a proof carries; None when it was erased."""
    if isinstance(proof.get("body"), str):
        return str(proof["body"]).encode()
    if isinstance(proof.get("body_base64"), str):
        return base64.b64decode(proof["body_base64"], validate=True)
    return None


def verified(proof: Any, checkpoint: Any, public_key: bytes) -> tuple[dict[str, Any], bytes | None, dict[str, Any]]:
    """The proven header, the body (None when it was erased) and the checkpoint. Raises NotProvenError."""
    signed = checked_checkpoint(checkpoint, public_key)
    proof = shaped(proof, PROOF, "the proof", more=True)
    if (proof["type"], proof["v"]) != ("policyctl.proof", 1):
        raise NotProvenError("the proof is of a type or version that this program does not know")
    if proof["origin"] != signed["origin"]:
        raise NotProvenError("the proof and the checkpoint are of different ledgers")
    header = shaped(proof["header"], HEADER, "the header")
    tree = next((tree for tree in signed["streams"] if tree["stream"] == header["stream"]), None)
    if tree is None:
        raise NotProvenError(f"the checkpoint does not hold stream {header['stream']}")
    if tree["size"] != proof["size"]:
        raise NotProvenError(
            f"the proof is for {proof['size']} entries and the checkpoint for {tree['size']}: "
            "have the proof made for this checkpoint"
        )
    if len(proof["path"]) > MOST_STEPS:
        raise NotProvenError("the audit path is too long")
    path = [digest(step, "a step of the audit path") for step in proof["path"]]
    root = root_from_path(leaf_hash(canonical(header)), header["seq"] - 1, proof["size"], path)
    if root.hex() != tree["root"]:
        raise NotProvenError("the entry is not in the list that the checkpoint signed")
    try:
        body = body_of(proof)
    except ValueError as error:
        raise NotProvenError("the body cannot be read") from error
    if body is not None and hashlib.sha256(body).hexdigest() != header["body_sha256"]:
        raise NotProvenError("the entry is proven, but the body is not the one that was recorded")
    return header, body, signed


def said(text: str, exit_code: int) -> int:
    """Writes a line to standard error and gives back the exit code."""
    sys.stderr.write(text + "\n")
    return exit_code


def main(arguments: list[str]) -> int:
    """The program: three files; `--body` writes the proven body to standard output."""
    names = [argument for argument in arguments if argument != "--body"]
    if len(names) != 3 or any(name.startswith("--") for name in names):
        return said("usage: python verify_proof.py proof.json checkpoint.json public.pem [--body]", 2)
    try:
        proof, checkpoint = (json.loads(Path(name).read_bytes()) for name in names[:2])
        public_key = Path(names[2]).read_bytes()
    except (OSError, ValueError, RecursionError) as error:
        return said(f"a file cannot be read: {error}", 2)
    try:
        header, body, signed = verified(proof, checkpoint, public_key)
    except (NotProvenError, UnicodeEncodeError) as error:
        return said(f"NOT PROVEN: {error}", 1)
    if "--body" in arguments and body is not None:
        sys.stdout.buffer.write(body)
    place = f"entry {header['seq']} of stream {header['stream']} ({header['id']})"
    said(f"proven: {place}, {header['kind']}, recorded {header['time']}", 0)
    said(f"ledger {signed['origin']}, signed {signed['time']} with {signed['key']}", 0)
    return said("the body matches" if body is not None else "the proof carries no body: it was erased", 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
