"""Markdown of plain text: what controls, files and programs say is shown as it is, and never taken for markup."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

_LANGUAGES: Final = {
    ".tf": "terraform",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
    ".md": "markdown",
    ".rego": "rego",
}


def plain(text: str) -> str:
    """Text on one line, in which nothing is markup."""
    escaped = re.sub(r"([\\`*_{}\[\]#!~^])", r"\\\1", html.escape(" ".join(text.split()), quote=False))
    return escaped.replace("|", "&#124;")


def code(text: str) -> str:
    """A name or value in a line."""
    return f"<code>{html.escape(text).replace('|', '&#124;')}</code>"


def fence(text: str, file: str = "") -> str:
    """Text as it is, in the colours of the file's language."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    ticks = "`" * max(3, longest + 1)
    suffix = file[file.rfind(".") :] if "." in file else ""
    return f"{ticks}{_LANGUAGES.get(suffix, 'docker' if 'Dockerfile' in file else 'text')}\n{text.rstrip()}\n{ticks}\n"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose cells are Markdown already."""
    lines = [header, ["---"] * len(header), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def paragraphs(text: str) -> str:
    """Prose whose lines that begin with four spaces are an example to copy."""
    parts = []
    for example, lines in groupby(text.strip("\n").splitlines(), lambda line: line.startswith("    ")):
        listed = list(lines)
        parts.append(fence("\n".join(line[4:] for line in listed)) if example else plain(" ".join(listed)) + "\n")
    return "\n".join(parts)
