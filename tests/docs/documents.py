"""The documents that people read, and what stands in them: links, headings, command lines."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.conftest import ROOT

DOCUMENTS = sorted(
    [
        *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
        *(ROOT / "docs").rglob("*.md"),
        ROOT / "examples/SOURCES.md",
        ROOT / "tests/data/SOURCES.md",
        ROOT / "mappings/frameworks/README.md",
        ROOT / "deploy/helm/policyctl/README.md",
    ]
)
_COMMAND = re.compile(r"(?:^|[|;&] |\$ |run: )\s*(policyctl .*)$")
_SHELL = ("console", "sh", "yaml")
_END = {"|", ">", "2>", "||", "&&", ";", "<"}


def shown(path: Path) -> str:
    """A document's name, for the names of tests."""
    return path.relative_to(ROOT).as_posix()


def tokens(path: Path) -> Iterator[Token]:
    """A document's blocks, and what stands inside them."""
    for token in MarkdownIt("commonmark").enable("table").parse(path.read_text()):
        yield token
        yield from token.children or ()


def links(path: Path) -> list[str]:
    """Where the links and pictures of a document lead."""
    found = (token.attrGet("href") or token.attrGet("src") for token in tokens(path))
    return [str(target) for target in found if target]


def anchors(path: Path) -> set[str]:
    """The anchors that GitHub makes of a document's headings."""
    titles = [after.content for token, after in pairwise(tokens(path)) if token.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def command_lines(path: Path) -> list[list[str]]:
    """The words after `policyctl` of every command line that a document shows, in a shell's or YAML fence or between backticks."""
    lines = [match[1] for token in tokens(path) for line in _shell_lines(token) if (match := _COMMAND.search(line))]
    return [words for line in lines if (words := _words(line)[1:])]


def _shell_lines(token: Token) -> list[str]:
    if token.type == "code_inline":
        return [token.content]
    language = token.info.partition(" ")[0]
    if token.type != "fence" or language not in _SHELL:
        return []
    whole = token.content.replace("\\\n", " ")  # a line that goes on
    return [line for line in whole.splitlines() if language != "console" or line.startswith("$ ")]


def _words(line: str) -> list[str]:
    split = shlex.shlex(line, posix=True, punctuation_chars="|>;&<")
    split.whitespace_split = True
    words = list(split)
    end = next((position for position, word in enumerate(words) if word in _END), len(words))
    return words[:end]
