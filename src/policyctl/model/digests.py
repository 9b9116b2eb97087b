"""Whether two digests are of the same data, as `data.policyctl.lib.model` tells the controls."""

from __future__ import annotations

import re
from typing import Any, Literal

_STRONG = re.compile(r"[0-9a-f]{32,128}")
_ALGORITHM = re.compile(r"^(md5|sha1|sha256|sha512):")


def is_strong(written: Any) -> bool:
    """Whether this is a digest of at least 128 bits in hexadecimal digits; its algorithm may stand before it, ".dir" behind it."""
    return isinstance(written, str) and bool(_STRONG.fullmatch(_digits(written)))


def same_data(one: Any, other: Any) -> Literal["yes", "no", "untold"]:
    """Untold where the digests may be of different algorithms. The beginning of a digest stands for it, if it is strong."""
    if not isinstance(one, str) or not isinstance(other, str):
        return "untold"
    short, long = sorted((_digits(one), _digits(other)), key=len)
    if short == long or (is_strong(short) and long.startswith(short)):
        return "yes"
    return "no" if len(short) == len(long) else "untold"


def _digits(written: str) -> str:
    return _ALGORITHM.sub("", written.strip().lower().removesuffix(".dir"))
