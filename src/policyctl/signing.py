"""A file that somebody signed: a detached Ed25519 signature beside it, and the key that was named from outside the tree."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import TYPE_CHECKING

from policyctl.model.errors import InputError, UsageError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

SUFFIX = ".sig"
_VERSION = 1
_PURPOSE = b"policyctl.waivers.v1\n"
"""Stands before the signed bytes: a signature that the same key made for another purpose is none here."""


def sign(file: Path, private_key: Path) -> tuple[Path, str]:
    """Writes FILE.sig with the signature of the file's bytes; returns its path and the key's fingerprint.

    Raises InputError for a key that cannot be opened, UsageError for a file that cannot be read or written.
    """
    from policyctl.ledger.keys import fingerprint, load_private_key

    key = load_private_key(private_key)
    name = fingerprint(key.public_key())
    beside = file.with_name(file.name + SUFFIX)
    try:
        signature = base64.b64encode(key.sign(_PURPOSE + file.read_bytes())).decode()
        beside.write_text(json.dumps({"v": _VERSION, "key": name, "signature": signature}, indent=2) + "\n")
    except OSError as error:
        raise UsageError(
            f"{error.filename} cannot be read or written ({error.strerror})", hint="check the path"
        ) from error
    return beside, name


def flaw(file: Path, content: bytes, public_key: Path) -> str:
    """What keeps FILE.sig from being this key's signature of `content`; empty where it is. Raises UsageError where there is no such key."""
    from cryptography.exceptions import InvalidSignature

    from policyctl.ledger.keys import fingerprint

    key = _public(public_key)
    beside = file.with_name(file.name + SUFFIX)
    try:
        told = json.loads(beside.read_bytes())
        version, name, signature = told["v"], told["key"], base64.b64decode(told["signature"], validate=True)
    except FileNotFoundError:
        return f"there is no {beside.name} beside it"
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return f"{beside.name} is not a signature made by policyctl waiver sign"
    if version != _VERSION:
        return f"{beside.name} is of a version that this program does not know"
    if name != fingerprint(key):
        return f"it is signed by another key than {public_key.name}"
    try:
        key.verify(signature, _PURPOSE + content)
    except InvalidSignature:
        return "it is not what was signed"
    return ""


def _public(path: Path) -> Ed25519PublicKey:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    from policyctl.ledger.keys import read_key_file

    hint = "name the public half of the key that signs waivers: policyctl waiver sign --generate-key makes one"
    try:
        key = load_pem_public_key(read_key_file(path))
    except (InputError, ValueError, UnsupportedAlgorithm) as error:
        raise UsageError(f"{path} is not a public key that can be read", hint=hint) from error
    if not isinstance(key, Ed25519PublicKey):
        raise UsageError(f"{path} is a public key, but not an Ed25519 one", hint=hint)
    return key
