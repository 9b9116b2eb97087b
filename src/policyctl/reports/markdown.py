"""`--output markdown`: for a comment on a pull request."""

from __future__ import annotations

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

PLACES = 10
"""How many places of one control in one file are shown."""

_SPECIAL = str.maketrans({c: f"\\{c}" for c in "\\`*_{}[]<>|#"})


def render(report: Report, width: int = 0, colour: bool = False) -> str:
    """The report as Markdown: a verdict, a section for each file that needs attention, and what was not decided."""
    summary = report.summary
    results = [result for decision in report.decisions for result in decision.results]
    tally = counts(results)
    outcome = "nothing checked" if summary.outcome == "none" else summary.outcome
    lines = [
        f"## policyctl: {outcome}{' (simulated)' if summary.simulated else ''}",
        "",
        f"{failed(results)}, {tally['undetermined']} undetermined, {tally['pass']} passed "
        f"in {many(len(report.decisions), 'decision')}"
        + (f"; {many(summary.waived, 'place')} waived." if summary.waived else "."),
        f"Profile `{summary.profile}`, as of {summary.as_of}, bundle `{summary.revision[:12]}`.",
        "",
    ]
    for file in files(report):
        lines += _file(file)
    for entry in report.inputs:
        if entry.status == "error":
            lines += [f"- **not read**: {escaped(entry.message)}" + (f" ({escaped(entry.hint)})" if entry.hint else "")]
    for id, reason in summary.not_checked.items():
        lines.append(f"- {id}: {escaped(reason)}")
    lines += [f"- {escaped(line)}" for line in waiver_lines(report)]
    lines += ["", *(f"> {escaped(note)}" for note in summary.notes)]
    return "\n".join(lines).rstrip() + "\n"


def _file(file: File) -> list[str]:
    if not file.groups and not file.unread:
        return []
    lines = [
        f"### {escaped(file.path)}: {file.outcome}",
        "",
        "| | control | where | what |",
        "| --- | --- | --- | --- |",
    ]
    for group in file.groups:
        lines += _rows(group, file.path)
    for unread in file.unread:
        lines += _cannot_tell(unread, file.path)
    return [*lines, ""]


def _rows(group: Group, path: str) -> list[str]:
    control = group.control
    head = f"**{control['id']}** {escaped(control['title'])} ({control['severity']}). *Fix:* {escaped(fix(control))}"
    return _listed(group.word, head, group.places, path)


def _cannot_tell(unread: Unread, path: str) -> list[str]:
    head = f"**{', '.join(unread.controls)}** cannot tell. *Fix:* {UNREADABLE}"
    return _listed(f"{unread.enforcement}?", head, unread.places, path)


def _listed(word: str, head: str, places: Sequence[Located], path: str) -> list[str]:
    rows = [
        f"| {word if first else ''} | {head if first else ''} | {_where(place)} | {escaped(sentence(place, path))} |"
        for first, place in ((index == 0, place) for index, place in enumerate(places[:PLACES]))
    ]
    if (more := len(places) - PLACES) > 0:
        rows.append(f"| | | | and {more} more places |")
    return rows


def _where(place: Located) -> str:
    return escaped(str(place.location)) if place.location else ""


def escaped(text: str) -> str:
    """Text from elsewhere that Markdown shall not read as markup, nor as a mention of somebody."""
    return printable(text).translate(_SPECIAL).replace("@", "@\u200b")
