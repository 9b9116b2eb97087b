"""`--output table`: what people see. By file, most severe first; where, what is wrong, how to fix it; and one last line."""

from __future__ import annotations

import io
import os

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from policyctl.model.printable import printable
from policyctl.model.report import Located, Report
from policyctl.reports.grouping import (
    UNREADABLE,
    File,
    Group,
    Unread,
    counts,
    failed,
    files,
    fix,
    many,
    sentence,
    waiver_lines,
)

CANDIDATES = (".json", ".yaml", ".yml", ".md", ".markdown")
PLACES = 5
"""How many places of one control in one file are shown."""

_WORD = {"none": "-"}
"""A file in which no control looked at anything is neither allowed nor denied."""

_COLOUR = {"deny": "red", "warn": "yellow", "allow": "green", "none": "red", "audit": "dim"}


def render(report: Report, width: int = 100, colour: bool = False) -> str:
    """The report for a terminal of this many columns."""
    out = io.StringIO()
    console = Console(
        file=out, width=width, force_terminal=colour, color_system="auto" if colour else None, highlight=False
    )
    for file in files(report):
        _file(console, file)
    for entry in report.inputs:
        if entry.status == "error":
            console.print(
                Text.assemble(("error ", "bold red"), (printable(entry.path), "bold"), "  ", printable(entry.message))
            )
            if entry.hint:
                console.print(Padding(Text(f"fix: {printable(entry.hint)}"), (0, 0, 0, 6)))
            console.print()
    _nothing_checked(console, report)
    _last(console, report)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _file(console: Console, file: File) -> None:
    style = f"bold {_COLOUR[file.outcome]}"
    subjects = f", {len(file.decisions)} objects" if len(file.decisions) > 1 else ""
    word = _WORD.get(file.outcome, file.outcome.upper())
    told = f"  {file.kind}{subjects}"
    console.print(Text.assemble((f"{word:5} ", style), (printable(file.path), "bold"), (told, "dim")))
    for group in file.groups:
        _group(console, group, file)
    for unread in file.unread:
        _cannot_tell(console, unread, file.path)
    tally = counts(result for decision in file.decisions for result in decision.results)
    passed = f"{tally['pass']} passed, {tally['not_applicable']} did not apply"
    console.print(Padding(Text(passed, "dim"), (0, 0, 0, 10)))
    said = {place.entry.get("reason") for unread in file.unread for place in unread.places}
    for note in sorted({note for decision in file.decisions for note in decision.notes} - said):
        console.print(Padding(Text(f"note: {printable(note)}", "dim"), (0, 0, 0, 10)))
    console.print()


def _group(console: Console, group: Group, file: File) -> None:
    """One control: its word and title, then each place with what is wrong there, then the fix."""
    control = group.control
    rows = _rows()
    head = Text.assemble((f"{control['id']}  ", "bold"), f"{control['title']} ", (f"({control['severity']})", "dim"))
    rows.add_row(Text(group.word, _COLOUR[group.enforcement]), head)
    for place in group.places[:PLACES]:
        id = place.entry.get("id", "") if file.is_recorded else ""
        rows.add_row("", _line(place, file.path) + Text(f"  [{id}]" if id else "", "dim"))
    if (more := len(group.places) - PLACES) > 0:
        rows.add_row("", Text(f"… and {more} more places (--output json lists all)", "dim"))
    rows.add_row("", Text.assemble(("fix  ", "green"), fix(control)))
    console.print(Padding(rows, (0, 0, 0, 2)))


def _cannot_tell(console: Console, unread: Unread, base: str) -> None:
    """What could not be read, a line each, under the controls that it keeps from telling."""
    rows = _rows()
    ids = (", ".join(unread.controls), "bold")
    rows.add_row(Text(f"{unread.enforcement}?", _COLOUR[unread.enforcement]), Text.assemble(ids, "  cannot tell"))
    for place in unread.places[:PLACES]:
        rows.add_row("", _line(place, base))
    if (more := len(unread.places) - PLACES) > 0:
        rows.add_row("", Text(f"… and {more} more places (--output json lists all)", "dim"))
    rows.add_row("", Text.assemble(("fix  ", "green"), UNREADABLE))
    console.print(Padding(rows, (0, 0, 0, 2)))


def _rows() -> Table:
    rows = Table.grid(padding=(0, 2, 0, 0))
    rows.add_column(width=6, no_wrap=True)
    rows.add_column(overflow="fold")
    return rows


def _line(place: Located, base: str) -> Text:
    where = _where(place, base)
    return Text.assemble((f"{where}  " if where else "", "cyan"), printable(sentence(place, base)))


def _where(place: Located, base: str) -> str:
    """File and line, the file relative to the folder of the file that was judged, empty for that file's first line."""
    if place.location is None:
        return ""
    file = place.location.file
    shown = (
        os.path.basename(file)
        if os.path.dirname(file) == os.path.dirname(base)
        else os.path.relpath(file, os.path.dirname(base))
    )
    return f"{printable(shown)}:{place.location.line}"


def _nothing_checked(console: Console, report: Report) -> None:
    if report.summary.outcome != "none" or not report.summary.not_checked:
        return
    console.print(Text("Nothing was checked. These controls were expected:", "bold"))
    for reason, ids in _by_reason(report).items():
        console.print(Padding(Text(f"{reason}: {', '.join(ids)}"), (0, 0, 0, 2)))
    console.print()


def _by_reason(report: Report) -> dict[str, list[str]]:
    """The controls that did not apply, by the reason."""
    grouped: dict[str, list[str]] = {}
    for id, reason in report.summary.not_checked.items():
        grouped.setdefault(reason, []).append(id)
    return grouped


def _passed_over(report: Report) -> list[str]:
    """Files that could have been manifests, plans or cards by their names, and were not looked at."""
    return [entry.path for entry in report.inputs if entry.status == "skipped" and entry.path.endswith(CANDIDATES)]


def _last(console: Console, report: Report) -> None:
    summary = report.summary
    for line in waiver_lines(report):
        console.print(Text(printable(line), "dim"))
    for note in summary.notes:
        console.print(Text(f"note: {printable(note)}", "dim"))
    if passed_over := _passed_over(report):
        more = f" and {len(passed_over) - PLACES} more" if len(passed_over) > PLACES else ""
        console.print(Text(f"not looked at: {printable(', '.join(passed_over[:PLACES]))}{more}", "dim"))
    results = [result for decision in report.decisions for result in decision.results]
    tally = counts(results)
    status = {name: sum(entry.status == name for entry in report.inputs) for name in ("decided", "skipped", "error")}
    outcome = {"none": "NOTHING CHECKED"}.get(summary.outcome, summary.outcome.upper())
    simulated = " SIMULATED" if summary.simulated else ""
    read = [many(status["decided"], "file")]
    read += [f"{many(status['skipped'], 'other')} not looked at"] if status["skipped"] else []
    read += [f"{status['error']} unreadable"] if status["error"] else []
    console.print(
        Text.assemble(
            (f"{outcome}{simulated}", f"bold {_COLOUR[summary.outcome]}"),
            f"  {failed(results)}, {tally['undetermined']} undetermined, {tally['pass']} passed",
            f", {many(summary.waived, 'place')} waived: " if summary.waived else ": ",
            f"{many(len(report.decisions), 'decision')} about {many(summary.resources, 'resource')} ",
            f"in {summary.duration:.2f} s ({', '.join(read)})",
        )
    )
    console.print(
        Text(
            f"profile {summary.profile}, as of {summary.as_of}, bundle {summary.revision[:12]}, {summary.recorded}",
            "dim",
        )
    )
    if any(decision.id and result.findings for decision in report.decisions for result in decision.results):
        console.print(Text("more about a finding in brackets: policyctl explain ID", "dim"))
