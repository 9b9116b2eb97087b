"""Styled paragraphs for a terminal: wrapped between words to a width in columns, each line indented, colours only where asked for.

Not by rich: to import it and to let it lay out a page is a sixth of the time of a check.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

Piece = tuple[str, str]
"""A text and its style: words of `_CODES`, such as "bold red"; "" is plain."""

_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}
_WORD = re.compile(r" *[^ ]+")
_LABEL = 6
_GAP = 2


class Page:
    """Collects lines for a terminal of `width` columns."""

    def __init__(self, width: int, colour: bool) -> None:
        self._width = width
        self._colour = colour
        self._lines: list[str] = []

    def add(self, *pieces: Piece | str, indent: int = 0) -> None:
        """A paragraph of these pieces, all of its lines indented by so many columns. Without pieces, an empty line."""
        styled = [(piece, "") if isinstance(piece, str) else piece for piece in pieces]
        for line in wrapped(styled, self._width - indent):
            self._lines.append(" " * indent + self._shown(line))

    def row(self, label: Piece, *pieces: Piece | str) -> None:
        """A paragraph with a label to its left."""
        at = len(self._lines)
        self.add(*pieces, indent=2 + _LABEL + _GAP)
        head = self._shown([label]) + " " * (_LABEL - columns(label[0]))
        self._lines[at] = f"  {head}{' ' * _GAP}{self._lines[at].lstrip(' ')}"

    def text(self) -> str:
        """The page, each line without blanks at its end."""
        return "\n".join(line.rstrip() for line in self._lines) + "\n"

    def _shown(self, line: list[Piece]) -> str:
        if not self._colour:
            return "".join(text for text, _ in line)
        return "".join(_coloured(text, style) if style else text for text, style in line)


def wrapped(pieces: list[Piece], width: int) -> Iterator[list[Piece]]:
    """The pieces as lines of at most `width` columns, broken between words; a word that is longer is broken anywhere."""
    whole = "".join(text for text, _ in pieces)
    start = 0
    for stop in (*_breaks(whole, max(width, 2)), len(whole)):
        yield list(_cut(pieces, start, stop))
        start = stop + (len(whole[stop:]) - len(whole[stop:].lstrip(" ")))


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: two for wide East Asian characters, none for marks on the one before."""
    return len(text) if text.isascii() else sum(map(_columns_of, text))


def _columns_of(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _breaks(text: str, width: int) -> Iterator[int]:
    """Where lines end, as offsets into the text."""
    used = 0
    for word in _WORD.finditer(text):
        needed = columns(word[0])
        if used + needed <= width:
            used += needed
            continue
        if used:
            yield word.start()
        used = columns(word[0].lstrip(" "))
        if used > width:
            used = 0
            for at in range(word.end() - len(word[0].lstrip(" ")), word.end()):
                wide = _columns_of(text[at])
                if used + wide > width:
                    yield at
                    used = 0
                used += wide


def _cut(pieces: list[Piece], start: int, stop: int) -> Iterator[Piece]:
    """What of the pieces lies between two offsets into their text."""
    at = 0
    for text, style in pieces:
        if cut := text[max(start - at, 0) : max(stop - at, 0)]:
            yield cut, style
        at += len(text)


def _coloured(text: str, style: str) -> str:
    return f"\x1b[{';'.join(_CODES[word] for word in style.split())}m{text}\x1b[0m"
