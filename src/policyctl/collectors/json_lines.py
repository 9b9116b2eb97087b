"""Where the nodes of a JSON text begin, found only when somebody asks."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass, field

from policyctl.model.document import Path

_BLANK = re.compile(r"[ \t\r\n,]*")
_COLON = re.compile(r"[ \t\r\n]*:[ \t\r\n]*")


class LineStarts:
    """Turns an offset in a text into a line, from 1."""

    def __init__(self, text: str) -> None:
        self._breaks = [match.start() for match in re.finditer("\n", text)]

    def line(self, offset: int) -> int:
        """The line of the character at `offset`."""
        return bisect_right(self._breaks, offset - 1) + 1

    def column(self, offset: int) -> int:
        """The column, from 1, of the character at `offset`."""
        line = self.line(offset)
        return offset - (self._breaks[line - 2] if line > 1 else -1)


@dataclass(slots=True)
class _Scan:
    """How far one list or mapping has been looked through: for each child, where it begins and where its value does."""

    position: int
    children: dict[str | int, tuple[int, int]] = field(default_factory=dict)
    closed: bool = False


class JsonLines:
    """The `line_of` of a JSON text that `parse_json` accepts.

    Each container is looked through once, and only up to the child that was asked for; the C scanner skips what lies
    before it.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: LineStarts | None = None
        self._scans: dict[int, _Scan] = {}
        self._skip = json.JSONDecoder(parse_int=str, parse_float=str).raw_decode

    def __call__(self, _document: int, path: Path) -> int | None:
        """The line of the node: a member's is that of its key, an item's that of its value."""
        begin = value = _after(_BLANK, self._text, 0)
        for step in path:
            child = self._child(value, step)
            if child is None:
                break
            begin, value = child
        if self._starts is None:
            self._starts = LineStarts(self._text)
        return self._starts.line(begin)

    def _child(self, container: int, step: str | int) -> tuple[int, int] | None:
        if self._text[container] != ("{" if isinstance(step, str) else "["):
            return None
        scan = self._scans.setdefault(container, _Scan(container + 1))
        while step not in scan.children and not scan.closed:
            self._advance(scan, in_mapping=isinstance(step, str))
        return scan.children.get(step)

    def _advance(self, scan: _Scan, *, in_mapping: bool) -> None:
        begin = value = _after(_BLANK, self._text, scan.position)
        if self._text[begin] in "]}":
            scan.closed = True
            return
        key: str | int = len(scan.children)
        if in_mapping:
            key, end = self._skip(self._text, begin)
            value = _after(_COLON, self._text, end)
        scan.children[key] = (begin, value)
        scan.position = self._skip(self._text, value)[1]


def _after(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    return match.end() if match else position
