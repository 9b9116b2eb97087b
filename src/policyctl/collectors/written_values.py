"""Values that people write in YAML files of ours, read strictly: what is misspelt or of another type is named with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any, Final

from policyctl.model.content import Content
from policyctl.model.document import Path
from policyctl.model.printable import printable

MARK: Final = "policyctl"
"""The key by which such a file says what it is."""

_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,127}")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_AMOUNT: Final = re.compile(r"([0-9]{1,100})(?:\.([0-9]{1,100}))?(?:[eE]([-+]?[0-9]{1,3}))?", re.ASCII)

Reader = Callable[[Any, Path], Any]
"""Reads the value that stands at a path. Raises Wrong."""


class Wrong(Exception):
    """What is wrong, and below which path."""

    def __init__(self, what: str, *path: str | int) -> None:
        super().__init__(what)
        self.path = path


def marked(content: Content, word: str) -> bool:
    """Whether `content` says of itself that it is what `word` names: `policyctl: system`."""
    return any(isinstance(value, dict) and value.get(MARK) == word for value in content.values)


def place(content: Content, wrong: Wrong) -> str:
    """File and line of what is wrong, for a message."""
    line = content.line_of(0, wrong.path)
    return printable(content.path) + (f":{line}" if line else "")


def mapping(
    value: Any, path: Path, readers: Mapping[str, Reader], required: Collection[str], what: str
) -> dict[str, Any]:
    """The known keys of a mapping, each read; those that are `required` are there. `what` names it in messages: "a system"."""
    if not isinstance(value, dict):
        raise Wrong(f"{dotted(path)} is not a mapping: {shown(value)}", *path)
    for key in value:
        if key not in readers:
            raise Wrong(f"{what} has no key {printable(key, 60)!r}", *path, key)
    for key in required:
        if key not in value:
            raise Wrong(f"{what} has no {key}", *path)
    return {key: readers[key](value[key], (*path, key)) for key in readers if key in value}


def text(value: Any, path: Path) -> str:
    """Text that is not blank."""
    if not isinstance(value, str) or not value.strip():
        raise Wrong(f"{dotted(path)} is not text: {shown(value)}", *path)
    return value.strip()


def identifier(value: Any, path: Path) -> str:
    """A system's id."""
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise Wrong(f"{dotted(path)} is not an id (letters, digits, '.', '_', '/', '-'): {shown(value)}", *path)
    return value


def sha256(value: Any, path: Path) -> str:
    """A SHA-256 digest as `sha256sum` prints it."""
    if not isinstance(value, str) or not _SHA256.fullmatch(value):
        raise Wrong(f"{dotted(path)} is no SHA-256 digest (64 hex digits, small letters): {shown(value)}", *path)
    return value


def list_of(item: Reader) -> Callable[[Any, Path], list[Any]]:
    """A list of such values."""

    def read(value: Any, path: Path) -> list[Any]:
        if not isinstance(value, list):
            raise Wrong(f"{dotted(path)} is not a list: {shown(value)}", *path)
        return [item(each, (*path, index)) for index, each in enumerate(value)]

    return read


def one_of(*choices: str) -> Callable[[Any, Path], str]:
    """One of these words."""

    def read(value: Any, path: Path) -> str:
        if not isinstance(value, str) or value not in choices:
            raise Wrong(f"{dotted(path)} is none of {', '.join(choices)}: {shown(value)}", *path)
        return value

    return read


def boolean(value: Any, path: Path) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise Wrong(f"{dotted(path)} is not true or false: {shown(value)}", *path)
    return value


def whole_number(value: Any, path: Path) -> int:
    """A whole number, not below zero."""
    if type(value) is not int or value < 0:
        raise Wrong(f"{dotted(path)} is no whole number: {shown(value)}", *path)
    return value


def amount(value: Any, path: Path) -> dict[str, float | int]:
    """A number of any size, not below zero, in its decimal digits: 3.8e25 is {significand: 3.8, exponent: 25}.

    At most 15 digits, those in which a double compares as it is written.
    """
    written = repr(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
    found = _AMOUNT.fullmatch(written) if isinstance(written, str) else None
    if not found:
        raise Wrong(f"{dotted(path)} is no number such as 3.8e25: {shown(value)}", *path)
    whole, fraction, power = found[1], found[2] or "", int(found[3] or 0)
    digits = (whole + fraction).lstrip("0")
    exponent = power + len(digits) - len(fraction) - 1
    digits = digits.rstrip("0")
    if len(digits) > 15:
        raise Wrong(f"{dotted(path)} has more than 15 digits: {shown(value)}", *path)
    if not digits:
        return {"significand": 0.0, "exponent": 0}
    return {"significand": float(f"{digits[0]}.{digits[1:] or 0}"), "exponent": exponent}


def day(value: Any, path: Path) -> str:
    """An ISO 8601 day."""
    try:
        # fromisoformat reads weeks (2027-W09-1) and other forms too: in another form, a day is easily another day.
        if isinstance(value, str) and date.fromisoformat(value).isoformat() == value:
            return value
    except ValueError:
        pass
    raise Wrong(f"{dotted(path)} is not a day such as 2027-03-01: {shown(value)}", *path)


def dotted(path: Path) -> str:
    """A path in words."""
    return ".".join(str(step) for step in path)


def shown(value: Any) -> str:
    """A value, short enough for a message."""
    return printable(repr(value), 60)
