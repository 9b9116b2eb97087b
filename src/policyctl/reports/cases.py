"""The report as test cases, for formats of test results: one for each control in each file, and one for each trouble of the run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from policyctl.model.report import ControlFacts, Report
from policyctl.reports.grouping import File, Group, files, fix, many, sentence, where
from policyctl.reports.notices import RUN, troubles

Verdict = Literal["passed", "failed", "error", "warn", "audit", "skipped"]


@dataclass(frozen=True, slots=True)
class Case:
    """One case. `suite` is a file's path or `RUN`.

    "failed": a finding denies; "error": what could not be told or read denies; "warn" and "audit": there is something to tell that
    denies nothing; "skipped": no control looked at anything. Only a control that looked and found nothing has "passed".
    """

    suite: str
    name: str
    verdict: Verdict
    message: str = ""
    lines: tuple[str, ...] = ()


def cases(report: Report) -> list[Case]:
    """Trouble first, then the files in order, most severe first. Controls that did not apply are no cases."""
    found = [
        Case(t.file or RUN, t.title, "error", t.text, (f"error {t.text}", *([f"fix: {t.fix}"] if t.fix else [])))
        for t in troubles(report)
    ]
    return found + [case for file in files(report) for case in _cases(file)]


def _cases(file: File) -> Iterator[Case]:
    by_control: dict[str, list[Group]] = {}
    for group in sorted((*file.groups, *_gaps(file)), key=lambda group: group.rank):
        by_control.setdefault(group.control["id"], []).append(group)
    for groups in by_control.values():
        yield _case(file.path, groups)
    passed = {
        result.control["id"]: result.control
        for decision in file.decisions
        for result in decision.results
        if result.status == "pass" and result.control["id"] not in by_control
    }
    for control in passed.values():
        yield Case(file.path, _name(control), "passed")
    if not any(decision.looked_at for decision in file.decisions):
        yield Case(file.path, "controls", "skipped", "no control looked at anything in it")


def _gaps(file: File) -> Iterator[Group]:
    """What could not be read, told of each control that cannot tell for it: as a case it stands alone."""
    for unread in file.unread:
        for id in unread.controls:
            yield Group(file.controls[id], "undetermined", unread.enforcement, unread.places)


def _case(path: str, groups: list[Group]) -> Case:
    """One control in one file: the first group, the most severe, gives the verdict, and all are told."""
    worst, control = groups[0], groups[0].control
    lines = [f"{group.word} {where(place, path)} {sentence(place, path)}" for group in groups for place in group.places]
    more = f" (and {many(len(lines) - 1, 'more place')})" if len(lines) > 1 else ""
    clauses = ", ".join(f"{clause['framework']} {clause['clause']}" for clause in control["clauses"])
    return Case(
        path,
        _name(control),
        _verdict(worst),
        f"{sentence(worst.places[0], path)}{more}",
        (*lines, f"fix: {fix(control)}", f"clauses: {clauses}"),
    )


def _verdict(group: Group) -> Verdict:
    if group.enforcement == "deny":
        return "failed" if group.status == "fail" else "error"
    return group.enforcement


def _name(control: ControlFacts) -> str:
    return f"{control['id']} {control['title']}"
