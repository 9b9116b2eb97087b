"""Where a resource and its attributes stand in `.tf` files, found by counting braces: a second opinion on lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_STEP = re.compile(
    r'(?:module\.(?P<module>[\w-]+)|(?P<data>data\.)?(?P<type>[\w-]+)\.(?P<name>[\w-]+))(?:\[(?:\d+|"[^"]*")\])?'
)
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')


@dataclass(frozen=True)
class Block:
    """A block: its file, the line of its header (from 1), and its lines with what stands in quotes and comments left out."""

    file: Path
    line: int
    lines: tuple[str, ...]


def block_of(address: str, root: Path) -> Block:
    """The block of a resource's address, through the module calls of a root directory. AssertionError where there is none."""
    directory = root
    rest = address
    while match := _STEP.match(rest):
        rest = rest[match.end() :].removeprefix(".")
        if not match["module"]:
            kind = "data" if match["data"] else "resource"
            return _only(directory, rf'{kind}\s+"{match["type"]}"\s+"{match["name"]}"')
        call = _only(directory, rf'module\s+"{match["module"]}"')
        text = call.file.read_text().splitlines()[call.line - 1 : call.line - 1 + len(call.lines)]
        (source,) = [found[1] for line in text if (found := re.match(r'\s*source\s*=\s*"(\.[^"]*)"', line))]
        directory = (directory / source).resolve()
    raise AssertionError(f"{address} names no resource")


def line_of(block: Block, steps: Sequence[str | int]) -> int:
    """The line of the attribute or nested block at these steps; of the nearest around it, where the file does not write it."""
    here, first, last = 0, 1, len(block.lines)
    for position, step in enumerate(steps):
        if not isinstance(step, str):
            continue
        nth = next((after for after in steps[position + 1 : position + 2] if isinstance(after, int)), 0)
        there = [at for at in _members(block.lines, first, last) if _names(block.lines[at], step)]
        if not there:
            break
        here = there[nth] if nth < len(there) else there[0]
        first, last = here + 1, _end(block.lines, here)
        contents = [at for at in _members(block.lines, first, last) if re.match(r"\s*content\s*\{", block.lines[at])]
        if contents and "dynamic" in block.lines[here]:
            first, last = contents[0] + 1, _end(block.lines, contents[0])
    return block.line + here


@cache
def _only(directory: Path, header: str) -> Block:
    found = [
        Block(file, at + 1, _plain(lines[at:]))
        for file in sorted(directory.glob("*.tf"))
        for lines in [file.read_text().splitlines()]
        for at, line in enumerate(lines)
        if re.match(rf"{header}\s*\{{", line)
    ]
    assert len(found) == 1, f"{header} in {directory}: {len(found)}"
    return found[0]


def _plain(lines: Sequence[str]) -> tuple[str, ...]:
    """The lines of the first block, without quotes and comments; labels of blocks stay."""
    plain: list[str] = []
    depth = 0
    ends = ""
    for line in lines:
        if ends:
            ends = "" if line.strip() == ends else ends
            plain.append("")
            continue
        bare = re.sub(
            r"(^|\s)(#|//).*", "", _QUOTED.sub(lambda q: q[0] if re.fullmatch(r'"[\w-]+"', q[0]) else '""', line)
        )
        if heredoc := re.search(r"<<-?(\w+)", bare):
            ends = heredoc[1]
        plain.append(bare)
        depth += _opened(bare)
        if depth == 0:
            break
    return tuple(plain)


def _members(lines: Sequence[str], first: int, last: int) -> Iterator[int]:
    """The lines between two at which something of that depth begins."""
    depth = 0
    for at in range(first, last):
        if depth == 0 and lines[at].strip():
            yield at
        depth += _opened(lines[at])


def _end(lines: Sequence[str], at: int) -> int:
    depth = _opened(lines[at])
    while depth > 0 and at + 1 < len(lines):
        at += 1
        depth += _opened(lines[at])
    return at


def _opened(line: str) -> int:
    return sum(line.count(sign) for sign in "{[(") - sum(line.count(sign) for sign in "}])")


def _names(line: str, name: str) -> bool:
    return bool(
        re.match(rf'\s*(dynamic\s+)?"?{re.escape(name)}"?\s*[={{:]', line) or re.match(rf'\s*dynamic\s+"{name}"', line)
    )
