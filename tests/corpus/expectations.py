"""The expectations in `expected/`: what a person read in a file, control by control, before the program judged it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from policyctl.model.report import Decided, Result
from tests.conftest import DATA

FOLDER = Path(__file__).parent / "expected"
ONLY = ""
"""The name of the subject in a file that holds one."""


@dataclass(frozen=True)
class Expected:
    """One control on one subject: its status, why, and where a person looked, what its findings are about.

    `resources` are all the resources that have findings; `at` all lines of the file that findings point to; `lines` the
    line of some resource's finding in the configuration. None: not written down.
    """

    status: str
    reason: str = ""
    resources: tuple[str, ...] | None = None
    at: tuple[int, ...] | None = None
    lines: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Reading:
    """One file as read: by subject (its id, or ONLY), what each control should say."""

    name: str
    path: str
    subjects: Mapping[str, Mapping[str, Expected]]

    def of(self, decided: Decided) -> Mapping[str, Expected]:
        """What was written down about this subject, whose id may begin with where the file lies. KeyError where nothing was."""
        id = decided.body["subject"]["id"]
        ends = [name for name in self.subjects if id.endswith(f"/{name}")]
        return self.subjects[ONLY if ONLY in self.subjects else ends[0] if ends else id]


def readings() -> Iterator[Reading]:
    """All files that were read, by the name of their expectation."""
    for path in sorted(FOLDER.glob("*.yaml")):
        written = yaml.safe_load(path.read_text(encoding="utf-8"))
        subjects = written.get("objects") or {ONLY: written["statuses"]}
        yield Reading(
            path.stem,
            str(DATA / written["file"]),
            {name: {id: _expected(one) for id, one in statuses.items()} for name, statuses in subjects.items()},
        )


def difference(expected: Mapping[str, Expected], results: Sequence[Result]) -> dict[str, str]:
    """By control, where the program says something else. A control that only one side names is a difference."""
    found = {result.control["id"]: result for result in results}
    different = {id: "not in the expectation: read the file again for it" for id in found if id not in expected}
    for id, one in expected.items():
        if id not in found:
            different[id] = "no such control for this kind"
        elif found[id].status != one.status:
            different[id] = f"expected {one.status} ({one.reason}), is {found[id].status}: {_said(found[id])}"
        elif wrong := _elsewhere(one, found[id]):
            different[id] = wrong
    return different


def _expected(written: Any) -> Expected:
    if isinstance(written, str):
        return Expected(written)
    (status,) = {"fail", "undetermined"} & set(written)
    resources, at = (tuple(written[key]) if key in written else None for key in ("resources", "at"))
    return Expected(status, written[status], resources, at, written.get("lines"))


def _elsewhere(expected: Expected, result: Result) -> str:
    """What its findings are about, where that is something else than was expected."""
    entries = result.findings
    resources = {one.entry["resource"] for one in entries}
    if expected.resources is not None and resources != set(expected.resources):
        missing, surplus = set(expected.resources) - resources, resources - set(expected.resources)
        return f"findings: missing {sorted(missing)}, not expected {sorted(surplus)}"
    numbers = {one.location.line for one in entries if one.location}
    if expected.at is not None and numbers != set(expected.at):
        return f"findings are in lines {sorted(numbers)}, expected {sorted(expected.at)}"
    places = {(one.entry["resource"], f"{one.location.file}:{one.location.line}") for one in entries if one.location}
    wrong = {
        name: place
        for name, place in (expected.lines or {}).items()
        if not any(name == resource and found.endswith(f"/{place}") for resource, found in places)
    }
    return f"no finding at {wrong}, but at {sorted(places)}" if wrong else ""


def _said(result: Result) -> str:
    entries = (*result.findings, *result.undetermined)
    return "; ".join(
        f"{one.entry['resource']}: {one.entry.get('message') or one.entry.get('reason')}" for one in entries
    )
