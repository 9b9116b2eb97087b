"""Everything that needs attention as one list, for formats that tell one thing after the other, each at a level."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from policyctl.model.decision import SEVERITIES
from policyctl.model.report import Located, Report
from policyctl.reports.grouping import UNREADABLE, File, counts, failed, files, fix, many, sentence

Level = Literal["error", "warning", "note"]
_LEVEL: dict[str, Level] = {"deny": "error", "warn": "warning", "audit": "note"}
_ORDER = ("error", "warning", "note")

RUN = "policyctl"
"""The name under which trouble with the run itself is told, where others have a control's id."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What keeps the run from allowing anything and is no control's result. `file` is empty where it is the whole run's."""

    file: str
    title: str
    text: str
    fix: str


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell. It is an error exactly where it makes the exit code other than 0.

    `code` is a control's id, the ids of all that cannot tell for one gap, or `RUN`; `severity` the control's, or the highest.
    `file` is empty and `line` (from 1) None where there is none. `identity` is the same in every run, wherever in its file the
    thing stands: a finding's id, else 64 hex digits.
    """

    level: Level
    code: str
    title: str
    severity: str
    text: str
    fix: str
    file: str
    line: int | None
    identity: str


def notices(report: Report) -> list[Notice]:
    """Trouble with the run first, then errors, warnings and notes: services cut long lists at the end."""
    told = [
        Notice("error", RUN, t.title, "critical", t.text, t.fix, t.file, None, _digest(t.title, t.file))
        for t in troubles(report)
    ]
    rest = [notice for file in files(report) for notice in _notices(file)]
    return told + sorted(rest, key=lambda notice: _ORDER.index(notice.level))


def troubles(report: Report) -> list[Trouble]:
    """Files that could not be read, a run that checked nothing, and any other reason for an exit code other than 0.

    With it, no format can show a run that allows nothing as one without errors.
    """
    summary = report.summary
    found = [
        Trouble(entry.path, "not read", entry.message, entry.hint) for entry in report.inputs if entry.status == "error"
    ]
    if summary.outcome == "none":
        reasons = "; ".join(f"{id}: {reason}" for id, reason in summary.not_checked.items())
        found.append(Trouble("", "nothing was checked", reasons, "name the files to judge, or another profile"))
    effects = {told.enforcement for file in files(report) for told in file.groups}
    effects |= {told.enforcement for file in files(report) for told in file.unread}
    if summary.exit_code and not found and "deny" not in effects:
        found.append(Trouble("", "not allowed", "; ".join(summary.notes) or f"exit code {summary.exit_code}", ""))
    return found


def verdict(report: Report) -> str:
    """The run in one line: outcome, counts, and what decided."""
    summary = report.summary
    results = [result for decision in report.decisions for result in decision.results]
    tally = counts(results)
    outcome = "nothing checked" if summary.outcome == "none" else summary.outcome
    return (
        f"{outcome}{' (simulated)' if summary.simulated else ''}: {failed(results)}, "
        f"{tally['undetermined']} undetermined, {tally['pass']} passed in {many(len(report.decisions), 'decision')}; "
        f"profile {summary.profile}, as of {summary.as_of}, bundle {summary.revision[:12]}, exit code {summary.exit_code}"
    )


def _notices(file: File) -> Iterator[Notice]:
    for group in file.groups:
        control = group.control
        for place in group.places:
            level = _LEVEL[group.enforcement]
            yield _notice(level, control["id"], control["title"], control["severity"], place, fix(control), file.path)
    for unread in file.unread:
        severities = {file.controls[id]["severity"] for id in unread.controls}
        severity = next(word for word in SEVERITIES if word in severities)
        for place in unread.places:
            level, code = _LEVEL[unread.enforcement], ", ".join(unread.controls)
            yield _notice(level, code, "cannot tell", severity, place, UNREADABLE, file.path)


def _notice(level: Level, code: str, title: str, severity: str, place: Located, fix: str, path: str) -> Notice:
    file, line = (place.location.file, place.location.line) if place.location else (path, None)
    entry = place.entry
    unnamed = (code, path, entry["resource"], *entry.get("path", ()), entry.get("reason", ""))
    identity = str(entry.get("id") or _digest(*map(str, unnamed)))
    return Notice(level, code, title, severity, sentence(place, path), fix, file, line, identity)


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
