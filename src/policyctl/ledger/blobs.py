"""Blobs: documents, bundles and the like, stored once by the SHA-256 of the plain bytes and named in bodies."""

from __future__ import annotations

import re
import zlib

PLAIN, ZLIB = "plain", "zlib"
_FAST = 3
_MOST_GAIN = 1100  # deflate cannot shrink further than 1032 to 1 (zlib, "Technical Details")

_NAMED = re.compile(rb'"blobs"\s*:\s*\{([^{}]*)\}')
_DIGEST = re.compile(rb':\s*"([0-9a-f]{64})"')
_HEX = re.compile(r"[0-9a-f]{64}")


def is_digest(text: str) -> bool:
    """Whether this is a SHA-256 in lower-case hex."""
    return _HEX.fullmatch(text) is not None


def named_in(body: bytes) -> list[str]:
    """The digests that a body names under "blobs", sorted.

    Read from the bytes, because parsing every body would take most of a verification. Inside a JSON string the quotes
    of "blobs" are escaped, so text cannot be taken for a name.
    """
    if b'"blobs"' not in body:
        return []
    return sorted({digest.decode() for names in _NAMED.findall(body) for digest in _DIGEST.findall(names)})


def packed(content: bytes) -> tuple[str, bytes]:
    """The encoding and the bytes to store: compressed where that is shorter."""
    short = zlib.compress(content, _FAST)
    return (ZLIB, short) if len(short) < len(content) else (PLAIN, content)


def unpacked(encoding: object, size: object, stored: object) -> bytes | None:
    """The plain bytes, `size` of them; None if that is not what is stored. Never makes more than `size` + 1 bytes.

    Takes anything, because a file that was tampered with holds anything.
    """
    if not isinstance(size, int) or not isinstance(stored, bytes):
        return None
    if encoding == PLAIN:
        return stored if len(stored) == size else None
    if encoding != ZLIB or not 0 <= size <= len(stored) * _MOST_GAIN:
        return None
    inflater = zlib.decompressobj()
    try:
        content = inflater.decompress(stored, size + 1)
    except zlib.error:
        return None
    return content if len(content) == size and inflater.eof and not inflater.unused_data else None
