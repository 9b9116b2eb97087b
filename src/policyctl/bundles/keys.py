"""Keys for bundles: RSA and elliptic curves, as OPA takes them, in PEM; and which algorithms each may be used with."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from policyctl.model.errors import UsageError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey, EllipticCurvePublicKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

    PrivateKey = RSAPrivateKey | EllipticCurvePrivateKey
    PublicKey = RSAPublicKey | EllipticCurvePublicKey

_PEM = "-----BEGIN "
_OF_RSA = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512")
_OF_CURVE = {"secp256r1": "ES256", "secp384r1": "ES384", "secp521r1": "ES512"}
ALGORITHMS = (*_OF_RSA, *_OF_CURVE.values())
"""OPA's, but for those with a shared secret: whoever can verify could also sign."""
_SHORTEST = 2048
_KINDS = "an RSA key of 2048 bits or more, or one on the curve P-256, P-384 or P-521"


def public_key(given: str) -> PublicKey:
    """The public key that a file holds, or that the text itself is. Raises UsageError where it is none of ours."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(_read(given))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise UsageError(
            f"{shown(given)} is not a public key that can be read",
            hint="name the public half, in PEM, of the signer's key",
        ) from error
    return _public(key, given)


def private_key(given: str) -> PrivateKey:
    """The private key that a file holds, or that the text itself is. Raises UsageError where it is none of ours."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric import ec, rsa
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(_read(given), None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise UsageError(
            f"{shown(given)} is not a private key that can be read", hint="name one in PEM, without a passphrase"
        ) from error
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise _unfit(given)
    _public(key.public_key(), given)
    return key


def generate(file: Path) -> None:
    """Makes a key on P-256: FILE, which only its owner may read, and its public half in FILE.pub. Never overwrites one: UsageError."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

    key = ec.generate_private_key(ec.SECP256R1())
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    beside = file.with_name(file.name + ".pub")
    if there := next((path for path in (file, beside) if path.exists()), None):
        raise UsageError(f"{there} exists and is not overwritten", hint="name another file, or move it away first")
    for path, content, mode in ((file, private, 0o600), (beside, public, 0o644)):
        try:
            with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode), "wb") as written:
                written.write(content)
        except OSError as error:
            raise UsageError(f"{path} cannot be written ({error.strerror})", hint="check its folder") from error


def fitting(key: PublicKey) -> tuple[str, ...]:
    """The algorithms that a key may be used with, the usual one first."""
    curve = getattr(key, "curve", None)
    return (_OF_CURVE[curve.name],) if curve else _OF_RSA


def fingerprint(key: PublicKey) -> str:
    """What people compare: "sha256:" and the SHA-256 of the public key as DER (SubjectPublicKeyInfo), in hex."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return "sha256:" + hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def shown(given: str) -> str:
    """A key as messages name it: its file, never its text."""
    return "the key" if is_text(given) else given


def is_text(given: str) -> bool:
    """Whether a key is given as its own text, not as a file."""
    return given.lstrip().startswith(_PEM)


def _read(given: str) -> bytes:
    if is_text(given):
        return given.encode()
    try:
        return Path(given).read_bytes()
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "no path"
        raise UsageError(f"key {given} cannot be read ({why})", hint="check the path and its mode") from error


def _public(key: object, given: str) -> PublicKey:
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    if isinstance(key, rsa.RSAPublicKey) and key.key_size >= _SHORTEST:
        return key
    if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in _OF_CURVE:
        return key
    raise _unfit(given)


def _unfit(given: str) -> UsageError:
    return UsageError(f"{shown(given)} is no key that OPA and policyctl sign bundles with", hint=f"take {_KINDS}")
