"""Each example of a control with what the control says of it today."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from policyctl import deciding
from policyctl.context import Context
from policyctl.engines.interface import Engine
from policyctl.joining import Joining
from policyctl.model.catalog import Catalog
from policyctl.model.printable import printable
from policyctl.model.report import Result
from policyctl.workbench.examples import Example
from policyctl.workbench.judging import documents_of, every_control, only

_LONGEST: Final = 120
"""Lines of a file that are shown."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An example, its files (name and text), and what the control said of it."""

    example: Example
    files: tuple[tuple[str, str], ...]
    said: str


def shown(examples: Sequence[Example], engine: Engine, catalog: Catalog, as_of: str) -> Iterator[Shown]:
    """Decides about each example as the control's default parameters have it. Raises InputError for one that cannot be read."""
    profile = every_control(catalog)
    context = Context("", as_of)
    for example in examples:
        files = tuple(_files(example.path))
        documents = documents_of(example, catalog, only(profile, example.control), context, as_of)
        lines: list[str] = []
        asked = deciding.decide(engine, catalog, documents)
        for (subject, document), one in zip(documents, asked, strict=True):
            for result in Joining(catalog).results(one.answer, document["profile"], subject.locate):
                lines += _said(result, subject.subject["id"], {Path(name).name for name, _ in files})
        yield Shown(example, files, "\n".join(map(printable, lines)))


def _said(result: Result, subject: str, files: Collection[str]) -> Iterator[str]:
    yield f"{result.status.replace('_', ' ')}  {result.control['id']}  {subject}"
    for located in (*result.findings, *result.undetermined):
        entry: Mapping[str, Any] = {**located.entry}
        place = located.location
        at = f" at line {place.line}" if place and place.line and os.path.basename(place.file) in files else ""
        yield f"    {entry.get('code', 'cannot tell')}{at}: {entry['resource']}: {entry.get('message') or entry['reason']}"


def _files(path: Path) -> Iterator[tuple[str, str]]:
    if path.is_file():
        yield path.name, _beginning(path)
        return
    for file in sorted(path.rglob("*")):
        if file.is_file():
            yield file.relative_to(path).as_posix(), _beginning(file)


def _beginning(file: Path) -> str:
    lines = file.read_text(errors="replace").splitlines()
    more = [f"… and {len(lines) - _LONGEST} lines more"] if len(lines) > _LONGEST else []
    return "\n".join([*lines[:_LONGEST], *more])
