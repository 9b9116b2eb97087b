"""The instructions of a Dockerfile: lines joined, comments left out, here-documents kept with what they belong to.

Source: the Dockerfile reference (parser directives, escape, here-documents) and the line reader of BuildKit's parser.
Why no library reads it: docs/decisions/dockerfile-reading.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from policyctl.collectors.kubernetes.vocabulary import names

KNOWN = names(
    "FROM ARG ENV RUN CMD ENTRYPOINT COPY ADD USER WORKDIR LABEL EXPOSE VOLUME SHELL ONBUILD HEALTHCHECK STOPSIGNAL MAINTAINER"
)
_WITH_FLAGS = names("FROM RUN COPY ADD HEALTHCHECK")
_WITH_DOCUMENTS = names("RUN COPY ADD")
_DIRECTIVE = re.compile(r"#\s*([A-Za-z][\w-]*)\s*=\s*(.+?)\s*$")
_DIRECTIVES = names("syntax escape check")
_FLAG = re.compile(r"--([a-z][\w-]*)(?:=(\S*))?(?:\s+|$)")
_DOCUMENT = re.compile(r"(?:^|\s)\d*<<(-?)(['\"]?)([A-Za-z_]\w*)\2(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Document:
    """A here-document: its text, and whether its name was quoted, so that nothing in it is filled in."""

    text: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction. `name` is upper case; `text` is what follows its flags, lines joined.

    `line` counts from 1; `lines` are the lines of the file that it takes, as written.
    """

    index: int
    name: str
    text: str
    flags: tuple[tuple[str, str], ...]
    line: int
    lines: tuple[str, ...]
    documents: tuple[Document, ...] = ()

    @property
    def words(self) -> list[str] | None:
        """The list of the JSON form; None for the other form."""
        if not self.text.startswith("["):
            return None
        try:
            value = json.loads(self.text)
        except (ValueError, RecursionError):
            return None
        return value if isinstance(value, list) and all(isinstance(word, str) for word in value) else None


@dataclass(frozen=True, slots=True)
class Dockerfile:
    """A file read: its directives by name, its instructions, and what of it could not be read, with the line."""

    directives: dict[str, str]
    instructions: tuple[Instruction, ...]
    problems: tuple[tuple[int, str], ...]

    @property
    def escape(self) -> str:
        """The sign that joins lines."""
        return "`" if self.directives.get("escape") == "`" else "\\"


def parse(text: str) -> Dockerfile:
    """The instructions of a text. Never raises; what is no instruction is a problem."""
    lines = text.removeprefix("\ufeff").splitlines()
    directives, start = _directives(lines)
    reader = _Reader(lines, "`" if directives.get("escape") == "`" else "\\", start)
    return Dockerfile(directives, tuple(reader.run()), tuple(reader.problems))


def _directives(lines: list[str]) -> tuple[dict[str, str], int]:
    """The directives, which stand before everything else, and the first line behind them."""
    found: dict[str, str] = {}
    for index, line in enumerate(lines):
        directive = _DIRECTIVE.match(line.strip())
        if directive is None or directive[1].lower() not in _DIRECTIVES or directive[1].lower() in found:
            return found, index
        found[directive[1].lower()] = directive[2]
    return found, len(lines)


class _Reader:
    def __init__(self, lines: list[str], escape: str, at: int) -> None:
        sign = re.escape(escape)
        self._joins = re.compile(rf"(?:(?<!{sign}){sign})[ \t]*$")
        self._lines = lines
        self._at = at
        self.problems: list[tuple[int, str]] = []

    def run(self) -> Iterator[Instruction]:
        index = 0
        while self._at < len(self._lines):
            if _is_nothing(self._lines[self._at]):
                self._at += 1
                continue
            first = self._at
            name, _, rest = self._joined().strip().partition(" ")
            if "\t" in name:
                name, _, more = name.partition("\t")
                rest = f"{more} {rest}"
            yield self._instruction(index, name.upper(), rest.strip(), first)
            index += 1

    def _joined(self) -> str:
        """The line at hand with those that it is continued in; comments and empty lines between them do not count."""
        text = ""
        while self._at < len(self._lines):
            line = self._lines[self._at]
            self._at += 1
            if text and _is_nothing(line):
                continue
            if self._joins.search(line) is None:
                return text + line
            text += self._joins.sub("", line)
        return text

    def _instruction(self, index: int, name: str, rest: str, first: int) -> Instruction:
        if name not in KNOWN:
            self.problems.append((first + 1, f"{name[:40]!r} is no instruction"))
        documents = tuple(self._documents(rest, first)) if name in _WITH_DOCUMENTS else ()
        flags: list[tuple[str, str]] = []
        while name in _WITH_FLAGS and (flag := _FLAG.match(rest)):
            flags.append((flag[1], flag[2] or ""))
            rest = rest[flag.end() :]
        return Instruction(index, name, rest, tuple(flags), first + 1, tuple(self._lines[first : self._at]), documents)

    def _documents(self, text: str, first: int) -> Iterator[Document]:
        for found in _DOCUMENT.finditer(text):
            body: list[str] = []
            while self._at < len(self._lines):
                line = self._lines[self._at].lstrip("\t") if found[1] else self._lines[self._at]
                self._at += 1
                if line == found[3]:
                    break
                body.append(line)
            else:
                self.problems.append((first + 1, f"the here-document {found[3]!r} does not end"))
            yield Document("\n".join(body), bool(found[2]))


def _is_nothing(line: str) -> bool:
    stripped = line.strip()
    return not stripped or stripped.startswith("#")
