"""JSON, strictly: one value, no duplicate keys, nothing that a JSON number or UTF-8 cannot hold.

The C scanner does the work; what it cannot tell is found with a few passes over text and values that cost little. Lines
and the diagnosis of errors are in `json_lines` and `json_errors`, imported only when somebody asks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from math import isfinite
from typing import Any, NoReturn

from policyctl.collectors.limits import Limits
from policyctl.model.errors import InputError

MAX_EXACT = 2**53
"""The largest integer that a double, and so every JSON reader, holds exactly (RFC 8259, section 6)."""

_DIGITS_TO_ZERO = bytes.maketrans(b"123456789", b"0" * 9)
_LONG_NUMBER = b"0" * 16
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class Refused(Exception):
    """Something that the C scanner accepts and we do not."""


class TooManyValues(Refused):
    """More values than the limit."""


def parse_json(text: str, path: str, *, rounded: bool = False) -> Any:
    """The one value in `text`. Integers beyond 2^53 become strings of their digits, with `rounded` the nearest floating-point number.

    Raises InputError, with line and column, for what is not JSON (RFC 8259): NaN and Infinity, comments, trailing
    commas, a second value, text around the value; for duplicate keys, of which one would win silently; for numbers and
    strings that cannot be represented (1e400, lone surrogates); and beyond the limits.
    """
    try:
        value = _parse(text, nearest if rounded else exact)
    except (ValueError, RecursionError, Refused) as error:
        _explain(text, path, error)
    return value


def _parse(text: str, integer: Callable[[str], Any]) -> Any:
    braces, brackets = text.count("{"), text.count("[")
    if braces + brackets + text.count(",") > Limits.JSON_NODES:
        raise TooManyValues
    # parse_int costs a Python call for each number: only where 16 digits in a row occur at all.
    long_numbers = _LONG_NUMBER in text.encode().translate(_DIGITS_TO_ZERO)
    value = json.loads(
        text,
        object_pairs_hook=_without_duplicates,
        parse_constant=_no_constant,
        parse_float=_finite,
        parse_int=integer if long_numbers else None,
    )
    if braces + brackets > Limits.DEPTH and deeper_than(value, Limits.DEPTH):
        raise Refused
    if _SURROGATE.search(text):
        json.dumps(value, ensure_ascii=False).encode()
    return value


def exact(digits: str) -> int | str:
    """The integer, or its digits where a double could not hold it."""
    if len(digits) > 17:
        return digits
    number = int(digits)
    return number if abs(number) <= MAX_EXACT else digits


def nearest(digits: str) -> int | float:
    """The integer, or the nearest double where none holds it exactly."""
    number = _finite(digits) if len(digits) > 17 else int(digits)
    return number if abs(number) <= MAX_EXACT else float(number)


def deeper_than(value: Any, limit: int) -> bool:
    """Whether lists and mappings are nested more than `limit` deep. Works level by level: no recursion."""
    level = [value] if isinstance(value, (dict, list)) else []
    for _ in range(limit):
        level = [
            child
            for node in level
            for child in (node.values() if type(node) is dict else node)
            if type(child) is dict or type(child) is list
        ]
        if not level:
            return False
    return True


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    mapping = dict(pairs)
    if len(mapping) != len(pairs):
        raise Refused
    return mapping


def _no_constant(_name: str) -> NoReturn:
    raise Refused


def _finite(digits: str) -> float:
    number = float(digits)
    if not isfinite(number):
        raise Refused
    return number


def _explain(text: str, path: str, error: Exception) -> NoReturn:
    from policyctl.collectors.json_errors import diagnosis

    message, hint = diagnosis(text, path, error)
    raise InputError(message, hint=hint) from error
