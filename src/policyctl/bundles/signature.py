"""Signatures of bundles in OPA's own format: `.signatures.json` holds one token over the digests of all files.

So OPA verifies what is signed here (`opa run --verification-key`), and what `opa sign` signed is verified here. Structured files
(manifest and data) are digested by what they say, all others by their bytes.

Source: Open Policy Agent, "Bundles", sections on signing, signature format and verification.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from policyctl.bundles import tokens
from policyctl.bundles.build import SIGNATURES
from policyctl.bundles.keys import fingerprint, fitting, private_key, public_key, shown
from policyctl.model.errors import UntrustedBundle, UsageError

_STRUCTURED = (".manifest", "data.json")
_DIGESTS = {"SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}
_WRONG = (ValueError, TypeError, KeyError, AttributeError, RecursionError)
_AGAIN = "take the bundle from where its signer publishes it"


@dataclass(frozen=True, slots=True)
class Signature:
    """What a bundle's signature says of itself, unverified: its algorithm, the key that it names (maybe empty), the files."""

    algorithm: str
    key: str
    files: tuple[str, ...]


def sign(files: Mapping[str, bytes], key: str, algorithm: str = "") -> tuple[bytes, str]:
    """The text of `.signatures.json` for these files, and the fingerprint of the key (a file, or PEM).

    Raises UsageError for a key that cannot be used, or not with this algorithm.
    """
    private = private_key(key)
    public = private.public_key()
    usual, *others = fitting(public)
    if algorithm and algorithm not in (usual, *others):
        raise UsageError(f"{shown(key)} does not sign with {algorithm}", hint=f"one of {', '.join((usual, *others))}")
    name = fingerprint(public)
    listed = [
        {"name": path, "hash": digest(path, files[path], "SHA-256"), "algorithm": "SHA-256"} for path in sorted(files)
    ]
    token = tokens.make(private, algorithm or usual, {"typ": "JWT", "kid": name}, {"files": listed})
    return json.dumps({"signatures": [token]}, indent=2).encode(), name


def claimed(files: Mapping[str, bytes]) -> Signature | None:
    """What the signature among these files says of itself; None where there is none. Raises UntrustedBundle where it is none of OPA's."""
    if SIGNATURES not in files:
        return None
    try:
        header, payload = tokens.claimed(_token(files))
        names = tuple(str(entry["name"]) for entry in payload["files"])
        return Signature(str(header["alg"]), str(header.get("kid") or payload.get("keyid") or ""), names)
    except _WRONG as error:
        raise _unreadable(error) from error


def require_signed(files: Mapping[str, bytes], key: str) -> str:
    """The fingerprint of the key (a file, or PEM) that signed these very files, all of them and no others.

    Raises UntrustedBundle where it did not, UsageError for a key that cannot be read.
    """
    public = public_key(key)
    if SIGNATURES not in files:
        raise UntrustedBundle("the bundle is not signed", hint="policyctl bundle sign FILE --key KEY signs it")
    try:
        token = _token(files)
        if not tokens.holds(token, public):
            raise UntrustedBundle(f"the bundle is not signed by {shown(key)}", hint=_AGAIN)
        _, payload = tokens.claimed(token)
        if payload.get("scope"):
            raise UntrustedBundle(f"the bundle is signed for the scope {payload['scope']!r} only", hint=_AGAIN)
        _require_equal(payload["files"], files)
    except _WRONG as error:
        raise _unreadable(error) from error
    return fingerprint(public)


def digest(path: str, content: bytes, algorithm: str) -> str:
    """A file's digest as OPA computes it, in hex. Raises ValueError for an algorithm that is not known, or data that is none."""
    if algorithm not in _DIGESTS:
        raise ValueError(f"digests by {algorithm} are not taken")
    if path.rpartition("/")[2] in _STRUCTURED:
        told = json.loads(content, parse_int=_Number, parse_float=_Number, parse_constant=_no_number)
        content = _canonical(told).encode()
    return hashlib.new(_DIGESTS[algorithm], content).hexdigest()


def _require_equal(listed: list[dict[str, str]], files: Mapping[str, bytes]) -> None:
    names = [entry["name"].removeprefix("/") for entry in listed]
    if len(set(names)) != len(names):
        raise ValueError("it names a file twice")
    there = set(files) - {SIGNATURES}
    if more := sorted(there - set(names)):
        raise UntrustedBundle(f"the bundle holds a file that was not signed: {more[0]}", hint=_AGAIN)
    if missing := sorted(set(names) - there):
        raise UntrustedBundle(f"the bundle lacks a file that was signed: {missing[0]}", hint=_AGAIN)
    for name, entry in zip(names, listed, strict=True):
        if digest(name, files[name], entry["algorithm"]) != entry["hash"].lower():
            raise UntrustedBundle(f"the bundle's file {name} is not the one that was signed", hint=_AGAIN)


def _token(files: Mapping[str, bytes]) -> str:
    told = json.loads(files[SIGNATURES])
    (token,) = told["signatures"]
    if told.get("plugin") or not isinstance(token, str):
        raise ValueError("it is not one token of OPA's own format")
    return token


def _unreadable(error: Exception) -> UntrustedBundle:
    return UntrustedBundle(f"the bundle's {SIGNATURES} cannot be read: {error}", hint=_AGAIN)


class _Number(str):
    """A number as it is written: OPA digests it so."""

    __slots__ = ()


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is no JSON")


def _canonical(value: Any) -> str:
    """JSON without spaces, keys sorted, numbers as written, as Go writes text."""
    if isinstance(value, _Number):
        return str(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{_canonical(key)}:{_canonical(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_canonical, value)) + "]"
    text = json.dumps(value, ensure_ascii=False)
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
