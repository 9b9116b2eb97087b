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
_TOP = re.compile(
    r"^(?:resource|data|ephemeral|module|variable|output|locals|provider|terraform|check|moved|import|removed)\b",
    re.MULTILINE,
)
_MOST_FILES = 500
_MOST_BYTES = 2_000_000

Name = tuple[str, str, str]
"""("resource", type, name), ("data", type, name) or ("module", name, "")."""


@dataclass(frozen=True, slots=True)
class Found:
    """One block: its file, the line of its header (from 1) and the text from there to the next block of the file."""

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
        tops = [match.start() for match in _TOP.finditer(text)]
        for match in _HEADER.finditer(text):
            end = next((top for top in tops if top > match.start()), len(text))
            name = (match["kind"], match["first"], match["second"] or "")
            line = text.count("\n", 0, match.start()) + 1
            found.setdefault(name, Found(str(file), line, text[match.start() : end]))
    return found


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > _MOST_BYTES:
            return ""
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""
