"""Configuration files as subjects: one for each configuration in a file, or one of all files together."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from policyctl.collectors.configuration.formats import PASSED_OVER, READERS, UNREAD, format_of
from policyctl.collectors.configuration.parsed import Parsed
from policyctl.collectors.discovery import Found, Wanted
from policyctl.collectors.limits import Limits
from policyctl.collectors.reading import read_text, within
from policyctl.model.document import Collected, Gap, Input, Kind, Location, Path, Source
from policyctl.model.errors import InputError
from policyctl.model.printable import printable

KIND: Kind = "configuration"
WANTED = Wanted(lambda name: bool(format_of(name)), "configuration file")
COMBINED = "Combined"
"""What Conftest calls all files together."""

_DOCUMENT = [["facts", "document"]]


@dataclass(frozen=True, slots=True)
class Configuration:
    """One file read."""

    found: Found
    format: str
    source: Source
    parsed: Parsed


def read_configuration(found: Found, parser: str = "", stdin: BinaryIO | None = None) -> Configuration | Input:
    """The configurations of one file; `parser` is a format for named files, whatever they are called. An Input where there are none."""
    format = (parser if found.named else "") or format_of(found.path)
    shown = printable(found.path)
    if format in PASSED_OVER and not found.named:
        return Input(found.path, "skipped", KIND, f"the format {format} is not read")
    if format not in READERS:
        what = f"Conftest's format {format} is not read" if format in UNREAD else "of no format that its name tells"
        hint = "leave it out, or ask Conftest about it" if format in UNREAD else "name one with --parser"
        return Input(found.path, "error", KIND, f"{shown}: {what}", hint, named=found.named)
    try:
        text, digest, size = read_text(found.path, file=found.file, stdin=stdin)
        within(size, Limits.JSON_BYTES if format == "json" else Limits.TEXT_BYTES, found.path)
        parsed = READERS[format](text, found.path)
    except InputError as error:
        return Input(found.path, "error", KIND, error.message, error.hint, named=found.named)
    if not parsed.values:
        return Input(found.path, "skipped", KIND, "holds no values", named=found.named)
    return Configuration(found, format, {"path": found.path, "sha256": digest}, parsed)


def each(configuration: Configuration, cwd: str) -> Input:
    """The configurations of a file as subjects: "deploy.yaml", or "deploy.yaml#2" where there are several, counted from 1."""
    path = configuration.found.path
    several = len(configuration.parsed.values) > 1
    subjects = []
    for index, value in enumerate(configuration.parsed.values):
        line = configuration.parsed.line_of(index) or 1
        subjects.append(_subject(f"{path}#{index + 1}" if several else path, path, value, [configuration], cwd, line))
    return Input(path, "decided", KIND, named=configuration.found.named, subjects=tuple(subjects))


def combined(configurations: Sequence[Configuration], unread: Iterable[Input], cwd: str) -> Input:
    """All files as one subject: [{path, contents}], in the order of their paths. What could not be read may be what a rule looks for."""
    listed = [
        {"path": one.found.path, "contents": value}
        for one in sorted(configurations, key=lambda one: one.found.path)
        for value in one.parsed.values
    ]
    gaps = [
        Gap(code="unreadable", reason=f"{entry.path} could not be read", paths=_DOCUMENT)
        for entry in unread
        if entry.status == "error"
    ]
    subject = _subject(COMBINED, COMBINED, listed, configurations, cwd, 1, gaps)
    return Input(COMBINED, "decided", KIND, named=True, subjects=(subject,))


def _subject(
    id: str,
    path: str,
    value: object,
    configurations: Sequence[Configuration],
    cwd: str,
    line: int,
    gaps: Sequence[Gap] = (),
) -> Collected:
    """`facts.file` is what Conftest gives its policies as data.conftest.file."""
    absolute = os.path.join(cwd, path)
    doubts = [
        Gap(code="unsettled", reason=f"{one.found.path}: {doubt}", paths=_DOCUMENT)
        for one in configurations
        for doubt in one.parsed.doubts
    ]

    def locate(_resource: str, at: Path) -> Location:
        told = at[1] if at[:1] == ("line",) and len(at) > 1 else line
        return Location(path, told if isinstance(told, int) and told > 0 else line)

    return Collected(
        kind=KIND,
        subject={"id": id, "path": path},
        facts={
            "format": "combined" if path == COMBINED else configurations[0].format,
            "file": {"name": os.path.basename(absolute), "dir": os.path.dirname(absolute)},
            "document": value,
        },
        sources=tuple(one.source for one in configurations),
        gaps=(*gaps, *doubts),
        locate=locate,
    )


def formats() -> Iterator[str]:
    """The formats that --parser may name."""
    yield from READERS
