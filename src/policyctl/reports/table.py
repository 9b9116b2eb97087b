"""`--output table`: what people see. By file, most severe first; where, what is wrong, how to fix it; and one last line."""

from __future__ import annotations

import os
from collections.abc import Sequence

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
from policyctl.reports.layout import Page, Piece

CANDIDATES = (".json", ".yaml", ".yml", ".md", ".markdown")
_TEXT = 10
"""The column in which what is said of a file begins."""

PLACES = 5
"""How many places of one control in one file are shown."""

_WORD = {"none": "-"}
"""A file in which no control looked at anything is neither allowed nor denied."""

_COLOUR = {"deny": "red", "warn": "yellow", "allow": "green", "none": "red", "audit": "dim"}


def render(report: Report, width: int = 100, colour: bool = False) -> str:
    """The report for a terminal of this many columns."""
    page = Page(width, colour)
    for file in files(report):
        _file(page, file)
    for entry in report.inputs:
        if entry.status == "error":
            page.add(("error ", "bold red"), (printable(entry.path), "bold"), "  ", printable(entry.message))
            if entry.hint:
                page.add(f"fix: {printable(entry.hint)}", indent=6)
            page.add()
    _nothing_checked(page, report)
    _last(page, report)
    return page.text()


def _file(page: Page, file: File) -> None:
    style = f"bold {_COLOUR[file.outcome]}"
    subjects = f", {len(file.decisions)} objects" if len(file.decisions) > 1 else ""
    word = _WORD.get(file.outcome, file.outcome.upper())
    page.add((f"{word:5} ", style), (printable(file.path), "bold"), (f"  {file.kind}{subjects}", "dim"))
    for group in file.groups:
        _group(page, group, file)
    for unread in file.unread:
        _cannot_tell(page, unread, file.path)
    tally = counts(result for decision in file.decisions for result in decision.results)
    page.add((f"{tally['pass']} passed, {tally['not_applicable']} did not apply", "dim"), indent=10)
    said = {place.entry.get("reason") for unread in file.unread for place in unread.places}
    for note in sorted({note for decision in file.decisions for note in decision.notes} - said):
        page.add((f"note: {printable(note)}", "dim"), indent=10)
    page.add()


def _group(page: Page, group: Group, file: File) -> None:
    """One control: its word and title, then each place with what is wrong there, then the fix."""
    control = group.control
    head = ((f"{control['id']}  ", "bold"), f"{control['title']} ", (f"({control['severity']})", "dim"))
    page.row((group.word, _COLOUR[group.enforcement]), *head, (_binds_from(group), "dim"))
    for place in group.places[:PLACES]:
        id = place.entry.get("id", "") if file.is_recorded else ""
        page.add(*_line(place, file.path), (f"  [{id}]" if id else "", "dim"), indent=_TEXT)
    _rest(page, group.places, fix(control))


def _binds_from(group: Group) -> str:
    """Since when the clause binds that makes it more than a warning; a date that is a reading of the law says so."""
    if not (binding := group.binding):
        return ""
    reading = " (reading, needs counsel)" if binding.get("reading") else ""
    return f", {printable(binding['clause'])} binds from {binding['current']}{reading}"


def _cannot_tell(page: Page, unread: Unread, base: str) -> None:
    """What could not be read, a line each, under the controls that it keeps from telling."""
    label = (f"{unread.enforcement}?", _COLOUR[unread.enforcement])
    page.row(label, (", ".join(unread.controls), "bold"), "  cannot tell")
    for place in unread.places[:PLACES]:
        page.add(*_line(place, base), indent=_TEXT)
    _rest(page, unread.places, UNREADABLE)


def _rest(page: Page, places: Sequence[Located], remedy: str) -> None:
    if (more := len(places) - PLACES) > 0:
        page.add((f"… and {more} more places (--output json lists all)", "dim"), indent=_TEXT)
    page.add(("fix  ", "green"), remedy, indent=_TEXT)


def _line(place: Located, base: str) -> tuple[Piece, Piece]:
    where = _where(place, base)
    return (f"{where}  " if where else "", "cyan"), (printable(sentence(place, base)), "")


def _where(place: Located, base: str) -> str:
    """File and line, the file relative to the folder of the file that was judged, empty for that file's first line."""
    if place.location is None:
        return ""
    file = place.location.file
    if place.location.line is None:  # what a registry holds lies in no folder
        return printable(file)
    shown = (
        os.path.basename(file)
        if os.path.dirname(file) == os.path.dirname(base)
        else os.path.relpath(file, os.path.dirname(base))
    )
    return f"{printable(shown)}:{place.location.line}"


def _nothing_checked(page: Page, report: Report) -> None:
    if report.summary.outcome != "none" or not report.summary.not_checked:
        return
    page.add(("Nothing was checked. These controls were expected:", "bold"))
    for reason, ids in _by_reason(report).items():
        page.add(f"{reason}: {', '.join(ids)}", indent=2)
    page.add()


def _by_reason(report: Report) -> dict[str, list[str]]:
    """The controls that did not apply, by the reason."""
    grouped: dict[str, list[str]] = {}
    for id, reason in report.summary.not_checked.items():
        grouped.setdefault(reason, []).append(id)
    return grouped


def _passed_over(report: Report) -> list[str]:
    """Files that could have been manifests, plans or cards by their names, and were not looked at."""
    return [entry.path for entry in report.inputs if entry.status == "skipped" and entry.path.endswith(CANDIDATES)]


def _last(page: Page, report: Report) -> None:
    summary = report.summary
    for line in waiver_lines(report):
        page.add((printable(line), "dim"))
    for note in summary.notes:
        page.add((f"note: {printable(note)}", "dim"))
    if passed_over := _passed_over(report):
        more = f" and {len(passed_over) - PLACES} more" if len(passed_over) > PLACES else ""
        page.add((f"not looked at: {printable(', '.join(passed_over[:PLACES]))}{more}", "dim"))
    results = [result for decision in report.decisions for result in decision.results]
    tally = counts(results)
    status = {name: sum(entry.status == name for entry in report.inputs) for name in ("decided", "skipped", "error")}
    outcome = {"none": "NOTHING CHECKED"}.get(summary.outcome, summary.outcome.upper())
    simulated = " SIMULATED" if summary.simulated else ""
    read = [many(status["decided"], "file")]
    read += [f"{many(status['skipped'], 'other')} not looked at"] if status["skipped"] else []
    read += [f"{status['error']} unreadable"] if status["error"] else []
    page.add(
        (f"{outcome}{simulated}", f"bold {_COLOUR[summary.outcome]}"),
        f"  {failed(results)}, {tally['undetermined']} undetermined, {tally['pass']} passed",
        f", {many(summary.waived, 'place')} waived: " if summary.waived else ": ",
        f"{many(len(report.decisions), 'decision')} about {many(summary.resources, 'resource')} ",
        f"in {summary.duration:.2f} s ({', '.join(read)})",
    )
    page.add(
        (f"profile {summary.profile}, as of {summary.as_of}, bundle {summary.revision[:12]}, {summary.recorded}", "dim")
    )
    if any(decision.id and result.findings for decision in report.decisions for result in decision.results):
        page.add(("more about a finding in brackets: policyctl explain ID", "dim"))
