"""What a plain YAML scalar stands for, in the two ways that matter here.

`KUBERNETES` is what kubectl makes of it (sigs.k8s.io/yaml over go.yaml.in/yaml v2, compared by running both): the words
of YAML 1.1 for true and false, octal with a leading zero, underscores in numbers, but no base 60 numbers, and times
stay text. `CORE` is the core schema of YAML 1.2, which Hugging Face reads front matter with: there `no` is the
Norwegian language.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from policyctl.collectors.json_values import MAX_EXACT

Scalar = str | int | float | bool | None

_NULLS: Final = ("", "~", "null", "Null", "NULL")
_ENDLESS: Final = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", re.ASCII)
_TAG: Final = "tag:yaml.org,2002:"


class NoSuchValue(Exception):
    """The scalar has no value that JSON can hold, or not one of the type that its tag demands. The text says which."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How plain scalars are read. `integer` matches integers of every base; `underscores` may stand between digits.

    `beyond` makes a value of an integer that a double cannot hold exactly. `own_tags`: tags of an application's own, such as the !Ref
    of CloudFormation, may stand before any value and are passed over; a scalar behind one is text.
    """

    words: dict[str, bool | None]
    integer: re.Pattern[str]
    octal: str
    underscores: bool
    beyond: Callable[[int], Scalar] = str
    own_tags: bool = False

    def value_of(self, event: Any) -> Scalar:
        """The value of a PyYAML ScalarEvent. Raises NoSuchValue as `plain` and `tagged` do."""
        if event.tag is None:
            return self.plain(event.value) if event.implicit[0] else str(event.value)
        if event.tag == "!" or (self.own_tags and not event.tag.startswith(_TAG)):
            return str(event.value)
        return self.tagged(event.tag, event.value)

    def plain(self, text: str) -> Scalar:
        """The value of an untagged plain scalar. Raises NoSuchValue for infinity and "not a number"."""
        if text in self.words:
            return self.words[text]
        if text[0] not in "0123456789+-.":
            return text
        digits = text.replace("_", "") if self.underscores and text[0] != "." else text
        if self.integer.fullmatch(digits):
            return self._integer(digits)
        if _FLOAT.fullmatch(digits):
            number = float(digits)
            return number if abs(number) != float("inf") else text
        if _ENDLESS.fullmatch(text):
            raise NoSuchValue(f"{text} cannot be represented")
        return text

    def _integer(self, digits: str) -> Scalar:
        if len(digits) > 70:
            return digits if self.beyond is str else self.plain(digits + ".0")
        sign, magnitude = (digits[0], digits[1:]) if digits[0] in "+-" else ("", digits)
        prefixed = {"0x": 16, "0b": 2, "0o": 8}.get(magnitude[:2].lower())
        octal = len(magnitude) > 1 and magnitude.startswith(self.octal)
        number = int(magnitude[2:], prefixed) if prefixed else int(magnitude, 8 if octal else 10)
        number = -number if sign == "-" else number
        return number if abs(number) <= MAX_EXACT else self.beyond(number)

    def tagged(self, tag: str, text: str) -> Scalar:
        """The value of a scalar with a tag. Raises NoSuchValue for unknown tags and values of another type."""
        kind = tag.removeprefix(_TAG)
        if kind in ("str", "timestamp") and kind != tag:
            return text
        value = self.plain(text)
        if kind == "float" and isinstance(value, int) and not isinstance(value, bool):
            return float(value)
        if kind in _TYPES and kind != tag and isinstance(value, _TYPES[kind]):
            if kind == "int" and isinstance(value, bool):
                raise NoSuchValue(f"{text!r} is no {kind}")
            return value
        if kind in _TYPES and kind != tag:
            raise NoSuchValue(f"{text!r} is no {kind}")
        raise NoSuchValue(f"the tag {tag!r} means nothing here")


_TYPES: Final[dict[str, type | tuple[type, ...]]] = {
    "bool": bool,
    "int": int,
    "float": float,
    "null": type(None),
}

_TRUE, _FALSE = ("true", "True", "TRUE"), ("false", "False", "FALSE")
_YES, _NO = (
    ("y", "Y", "yes", "Yes", "YES", "on", "On", "ON"),
    ("n", "N", "no", "No", "NO", "off", "Off", "OFF"),
)


def _words(true: tuple[str, ...], false: tuple[str, ...]) -> dict[str, bool | None]:
    return {
        **dict.fromkeys(true, True),
        **dict.fromkeys(false, False),
        **dict.fromkeys(_NULLS, None),
    }


KUBERNETES: Final = Dialect(
    words=_words(_TRUE + _YES, _FALSE + _NO),
    integer=re.compile(r"[-+]?(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|[1-9][0-9]*|0)"),
    octal="0",
    underscores=True,
)
CORE: Final = Dialect(
    words=_words(_TRUE, _FALSE),
    integer=re.compile(r"0x[0-9a-fA-F]+|0o[0-7]+|[-+]?[0-9]+"),
    octal="0o",
    underscores=False,
)
