"""Text, numbers and truth values in XML, by the rules of Go, in which Conftest is written."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Mapping
from typing import Final

from policyctl.collectors.configuration.parsed import SPACE

_INTEGER: Final = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)
_TRUTH: Final = {
    **dict.fromkeys(("", "1", "t", "T", "true", "TRUE", "True"), True),
    **dict.fromkeys(("", "0", "f", "F", "false", "FALSE", "False"), False),
}

Scalar = str | float | bool


def _integer(text: str) -> float:
    if not _INTEGER.fullmatch(text):
        raise ValueError("no whole number")
    return float(int(text))


def _number(text: str) -> float:
    number = float(text) if _NUMBER.fullmatch(text) else float("inf")
    if abs(number) == float("inf"):
        raise ValueError("no number")
    return number


def _single(text: str) -> float:
    """A number of single precision, with as few digits as tell it from the next one."""
    try:
        kept = struct.pack("f", _number(text))
    except OverflowError as error:
        raise ValueError("no number of single precision") from error
    value = struct.unpack("f", kept)[0]
    shorter = (float(f"{value:.{digits}g}") for digits in range(1, 10))
    return next(number for number in shorter if struct.pack("f", number) == kept)


def _truth(text: str) -> bool:
    if text not in _TRUTH:
        raise ValueError("neither true nor false")
    return _TRUTH[text]


def _but_empty(read: Callable[[str], Scalar], empty: Scalar) -> Callable[[str], Scalar]:
    return lambda text: read(text.strip(SPACE)) if text else empty


SCALARS: Final[Mapping[str, Callable[[str], Scalar]]] = {
    "text": lambda text: text,
    "integer": _but_empty(_integer, 0),
    "number": _but_empty(_number, 0),
    "single": _but_empty(_single, 0),
    "truth": _but_empty(_truth, False),
}
"""The kinds by name. Each takes the text as it stands, and raises ValueError for one that is no such thing; nothing is zero or false."""
