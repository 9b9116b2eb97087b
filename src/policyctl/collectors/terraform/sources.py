"""The `.tf` files of one module's directory: where each resource, data source and module call begins."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_HEADER = re.compile(
    r'^[ \t]*(?P<kind>resource|data|module)[ \t]+"?(?P<first>[\w-]+)"?(?:[ \t]+"?(?P<second>[\w-]+)"?)?[ \t]*\{',
    re.MULTILINE,
)
_QUOTED = r"""(?:\\.|[^"\\\n])"""
_TOKEN = re.compile(
    r"/\*.*?(?:\*/|\Z)|(?:\#|//)[^\n]*"
    r"|<<-?(?P<mark>[\w-]+)[ \t]*\r?\n.*?(?:^[ \t]*(?P=mark)[ \t]*\r?$|\Z)"
    rf'|"(?:\$\{{(?:[^"{{}}\n]|"{_QUOTED}*+")*+\}}|{_QUOTED})*+"'
    r"|[{}]",
    re.MULTILINE | re.DOTALL,
)
"""What may hold a brace that is none, and the braces: comments, heredocs, quoted text."""
_MOST_FILES = 500
_MOST_BYTES = 2_000_000

Name = tuple[str, str, str]
"""("resource", type, name), ("data", type, name) or ("module", name, "")."""


@dataclass(frozen=True, slots=True)
class Found:
    """One block: its file, the line of its header (from 1) and the text from there to its closing brace."""

    file: str
    line: int
    text: str


def blocks(directory: str) -> Mapping[Name, Found]:
    """All blocks in the `.tf` files that lie in the directory. What cannot be read is left out."""
    found: dict[Name, Found] = {}
    try:
        files = sorted(Path(directory).glob("*.tf"))[:_MOST_FILES]
    except OSError:
        return found
    for file in files:
        text = _text(file)
        ends, line, counted = _ends(text), 1, 0
        for match in _HEADER.finditer(_without_comments(text)):
            if end := ends.get(match.end() - 1):
                name = (match["kind"], match["first"], match["second"] or "")
                line, counted = line + text.count("\n", counted, match.start()), match.start()
                found.setdefault(name, Found(str(file), line, text[match.start() : end]))
    return found


def _without_comments(text: str) -> str:
    """The text with nothing in the place of comments and heredocs: a block that stands there is none."""
    return _TOKEN.sub(lambda token: token[0] if token[0][0] in '{}"' else re.sub(r"[^\n]", " ", token[0]), text)


def _ends(text: str) -> Mapping[int, int]:
    """By the brace that opens a block at the top of the file, the place behind the one that closes it."""
    ends: dict[int, int] = {}
    depth = opening = 0
    for token in _TOKEN.finditer(text):
        if token[0] == "{":
            opening = opening if depth else token.start()
            depth += 1
        elif token[0] == "}" and depth:
            depth -= 1
            if not depth:
                ends[opening] = token.end()
    return ends


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > _MOST_BYTES:
            return ""
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""
