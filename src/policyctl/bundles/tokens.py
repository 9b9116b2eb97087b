"""Compact JSON Web Signatures (RFC 7515) with RSA and elliptic curves (RFC 7518, section 3)."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from policyctl.bundles.keys import fitting

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.padding import AsymmetricPadding
    from cryptography.hazmat.primitives.hashes import HashAlgorithm

    from policyctl.bundles.keys import PrivateKey, PublicKey


def make(key: PrivateKey, algorithm: str, header: Mapping[str, str], payload: Mapping[str, Any]) -> str:
    """A token with this payload. `algorithm` is one that fits the key."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

    text = ".".join(_encoded(json.dumps(part).encode()) for part in ({"alg": algorithm, **header}, payload))
    if isinstance(key, ec.EllipticCurvePrivateKey):
        size = (key.curve.key_size + 7) // 8
        pair = decode_dss_signature(key.sign(text.encode(), ec.ECDSA(_hash(algorithm))))
        signature = b"".join(number.to_bytes(size, "big") for number in pair)
    else:
        signature = key.sign(text.encode(), _padding(algorithm), _hash(algorithm))
    return f"{text}.{_encoded(signature)}"


def claimed(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and payload as the token states them, whoever wrote it. Raises ValueError where it is no token."""
    header, payload, _ = _parts(token)
    parts = [json.loads(_decoded(part)) for part in (header, payload)]
    if not all(isinstance(part, dict) for part in parts):
        raise ValueError("header and payload are objects")
    return parts[0], parts[1]


def holds(token: str, key: PublicKey) -> bool:
    """Whether this key signed the token, with an algorithm that fits the key, whatever the token says of itself."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    header, payload, encoded = _parts(token)
    algorithm = claimed(token)[0].get("alg")
    if algorithm not in fitting(key):
        return False
    text, signature = f"{header}.{payload}".encode(), _decoded(encoded)
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            size = (key.curve.key_size + 7) // 8
            if len(signature) != 2 * size:
                return False
            pair = (int.from_bytes(signature[:size], "big"), int.from_bytes(signature[size:], "big"))
            key.verify(encode_dss_signature(*pair), text, ec.ECDSA(_hash(algorithm)))
        else:
            key.verify(signature, text, _padding(algorithm), _hash(algorithm))
    except InvalidSignature:
        return False
    return True


def _hash(algorithm: str) -> HashAlgorithm:
    from cryptography.hazmat.primitives import hashes

    by_size: dict[str, HashAlgorithm] = {"256": hashes.SHA256(), "384": hashes.SHA384(), "512": hashes.SHA512()}
    return by_size[algorithm[2:]]


def _padding(algorithm: str) -> AsymmetricPadding:
    from cryptography.hazmat.primitives.asymmetric import padding

    if algorithm.startswith("RS"):
        return padding.PKCS1v15()
    hash = _hash(algorithm)
    return padding.PSS(padding.MGF1(hash), hash.digest_size)


def _parts(token: str) -> tuple[str, str, str]:
    parts = token.split(".")
    if len(parts) != 3:
        raise ValueError("a token has three parts")
    return parts[0], parts[1], parts[2]


def _encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


def _decoded(part: str) -> bytes:
    return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
