"""The lines of an SPDX document in the tag-value form: `Tag: value`, or `Tag: <text>over several lines</text>`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from policyctl.collectors.configuration.parsed import SPACE
from policyctl.model.errors import InputError
from policyctl.model.printable import printable

_OPEN, _CLOSE = "<text>", "</text>"


@dataclass(frozen=True, slots=True)
class TagValue:
    """One tag and its value; `line` is where the tag stands, from 1."""

    path: str
    line: int
    tag: str
    value: str

    def refuse(self, what: str, hint: str = "correct the line") -> NoReturn:
        """Raises InputError that names the line."""
        raise InputError(f"{printable(self.path)}:{self.line}: {what}", hint=hint)


def tag_values(text: str, path: str) -> Iterator[TagValue]:
    """The tags of a document in their order. Raises InputError for a line without a colon, for text that is not closed, and for
    words around it, which Conftest leaves out.
    """
    lines = enumerate((line.removesuffix("\r") for line in text.split("\n")), start=1)
    for number, raw in lines:
        line = raw.lstrip(SPACE)
        if not line or line.startswith("#"):
            continue
        tag, colon, rest = line.partition(":")
        found = TagValue(path, number, tag.strip(SPACE), rest.strip(SPACE))
        if not colon:
            found.refuse("no colon between a tag and its value")
        if _OPEN not in rest:
            yield found
            continue
        before, _, last = rest.partition(_OPEN)
        pieces = []
        while _CLOSE not in last:
            pieces.append(last)
            more = next(lines, None)
            if more is None:
                found.refuse(f"{_OPEN} is not closed")
            last = more[1]
        last, _, behind = last.partition(_CLOSE)
        if before.strip(SPACE) or behind.strip(SPACE):
            found.refuse(
                f"words outside of {_OPEN} and {_CLOSE}: Conftest leaves them out, so no policy could see them"
            )
        yield TagValue(path, number, found.tag, "\n".join((*pieces, last)))
