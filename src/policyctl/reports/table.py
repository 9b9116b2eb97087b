"""`--output table`: what people see. By file, most severe first; where, what is wrong, how to fix it; and one last line."""

from __future__ import annotations

import io

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from policyctl.model.printable import printable
from policyctl.model.report import Located, Report
from policyctl.reports.grouping import File, Group, counts, files, fix, sentence

PLACES = 5
"""How many places of one control in one file are shown."""

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
    console.print(
        Text.assemble(
            (f"{file.outcome.upper():5} ", style), (printable(file.path), "bold"), (f"  {file.kind}{subjects}", "dim")
        )
    )
    for group in file.groups:
        _group(console, group)
    tally = counts(result for decision in file.decisions for result in decision.results)
    passed = f"{tally['pass']} passed, {tally['not_applicable']} did not apply"
    console.print(Padding(Text(passed, "dim"), (0, 0, 0, 6)))
    for note in sorted({note for decision in file.decisions for note in decision.notes}):
        console.print(Padding(Text(f"note: {printable(note)}", "dim"), (0, 0, 0, 6)))
    console.print()


def _group(console: Console, group: Group) -> None:
    control = group.control
    word = group.enforcement if group.status == "fail" else f"{group.enforcement}?"
    head = Text.assemble(
        (f"{word:6}", _COLOUR[group.enforcement]),
        (f"{control['id']} ", "bold"),
        control["title"],
        (f"  {control['severity']}", "dim"),
    )
    console.print(Padding(head, (0, 0, 0, 6)))
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(overflow="fold")
    grid.add_column(overflow="fold")
    for place in group.places[:PLACES]:
        grid.add_row(
            Text(_where(place), "cyan"), Text(f"{printable(place.entry['resource'])}: {printable(sentence(place))}")
        )
    if (more := len(group.places) - PLACES) > 0:
        grid.add_row(Text("…"), Text(f"and {more} more places (--output json lists all)"))
    grid.add_row(Text("fix", "green"), Text(fix(control)))
    console.print(Padding(grid, (0, 0, 0, 12)))


def _where(place: Located) -> str:
    return f"{printable(place.location.file)}:{place.location.line}" if place.location else "-"


def _nothing_checked(console: Console, report: Report) -> None:
    if report.summary.outcome != "none" or not report.summary.not_checked:
        return
    console.print(Text("Nothing was checked. These controls were expected:", "bold"))
    for id, reason in report.summary.not_checked.items():
        console.print(Text(f"  {id}  {reason}"))
    console.print()


def _last(console: Console, report: Report) -> None:
    summary = report.summary
    for note in summary.notes:
        console.print(Text(f"note: {printable(note)}", "dim"))
    tally = counts(result for decision in report.decisions for result in decision.results)
    status = {name: sum(entry.status == name for entry in report.inputs) for name in ("decided", "skipped", "error")}
    outcome = {"none": "NOTHING CHECKED"}.get(summary.outcome, summary.outcome.upper())
    simulated = " SIMULATED" if summary.simulated else ""
    files_read = f"{status['decided']} files decided, {status['skipped']} not recognised, {status['error']} unreadable"
    console.print(
        Text.assemble(
            (f"{outcome}{simulated}", f"bold {_COLOUR[summary.outcome]}"),
            f"  {tally['fail']} failed, {tally['undetermined']} undetermined, {tally['pass']} passed: ",
            f"{len(report.decisions)} decisions about {summary.resources} resources in {summary.duration:.2f} s ({files_read})",
        )
    )
    console.print(
        Text(
            f"profile {summary.profile}, as of {summary.as_of}, bundle {summary.revision[:12]}, {summary.recorded}",
            "dim",
        )
    )
