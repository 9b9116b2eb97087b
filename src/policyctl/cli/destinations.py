"""Where the reports of one run go: `-o table -o sarif=out.sarif`, or `--output FORMAT --output-file FILE`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from policyctl import plugins
from policyctl.cli.output import coloured, emit, width
from policyctl.model.errors import UsageError
from policyctl.model.printable import printable
from policyctl.model.report import Report
from policyctl.reports.grouping import many


@dataclass(frozen=True, slots=True)
class Destination:
    """One report to write: to a file, or to standard output where `file` is empty."""

    render: Callable[..., str]
    file: str


def destinations(outputs: Sequence[str], output_file: str | None) -> list[Destination]:
    """What `outputs`, each FORMAT or FORMAT=FILE (- is standard output), ask for; the table where there are none.

    Raises UsageError for an unknown format, for two reports in one place, and for a file whose folder is not there: before
    anything is decided, so that no run is spoilt by its last step.
    """
    asked = [_split(output) for output in outputs or ["table"]]
    if output_file is not None:
        if len(asked) != 1 or asked[0][1]:
            raise UsageError(
                "--output-file goes with one --output that names no file",
                hint="write --output FORMAT=FILE for each report",
            )
        asked = [(asked[0][0], output_file)]
    places = [os.path.realpath(file) if file else "" for _, file in asked]
    for place in places:
        _check(place, places)
    return [Destination(plugins.report(format).load(), file) for format, file in asked]


def write(report: Report, listed: Sequence[Destination]) -> None:
    """Writes every report, standard output first; then says on standard error which files were written, and the verdict."""
    for destination in sorted(listed, key=lambda one: bool(one.file)):
        if destination.file:
            _write(destination.file, destination.render(report, width=100, colour=False))
        else:
            emit(destination.render(report, width=width(), colour=coloured()))
    if files := [destination.file for destination in listed if destination.file]:
        summary = report.summary
        told = f"{summary.outcome}: {many(len(report.decisions), 'decision')}, exit code {summary.exit_code}, report in {', '.join(files)}"
        sys.stderr.write(f"{printable(told)}\n")


def _split(output: str) -> tuple[str, str]:
    format, named, file = output.partition("=")
    if named and not file:
        raise UsageError(f"--output {output}: no file is named", hint=f"{format}=FILE, or {format} for standard output")
    return format, "" if file == "-" else file


def _check(place: str, places: Sequence[str]) -> None:
    if places.count(place) > 1:
        raise UsageError(
            f"two reports would go to {printable(place) or 'standard output'}",
            hint="give one a file: --output FORMAT=FILE",
        )
    if place and not os.path.isdir(os.path.dirname(place)):
        raise UsageError(f"{printable(place)}: its folder is not there", hint="make it, or name another file")
    if place and os.path.isdir(place):
        raise UsageError(f"{printable(place)}: it is a folder", hint="name a file in it")


def _write(path: str, text: str) -> None:
    try:
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise UsageError(
            f"{printable(path)}: the report cannot be written: {error.strerror}", hint="name another --output-file"
        ) from error
