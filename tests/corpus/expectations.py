"""The expectations in `expected/`: what a person read in a file, control by control, before the program judged it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    """One control on one subject. `resources` are those of its findings, None where nobody wrote them down."""

    status: str
    reason: str = ""
    resources: tuple[str, ...] | None = None
    lines: Mapping[str, int] | None = None


@dataclass(frozen=True)
class Reading:
    """One file as read: by subject (its id, or ONLY), what each control should say."""

    name: str
    path: str
    subjects: Mapping[str, Mapping[str, Expected]]

    def of(self, decided: Decided) -> Mapping[str, Expected]:
        """What was written down about this subject. KeyError where nothing was."""
        return self.subjects[ONLY if ONLY in self.subjects else decided.body["subject"]["id"]]


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


def difference(expected: Mapping[str, Expected], results: Iterator[Result] | tuple[Result, ...]) -> dict[str, str]:
    """By control, where the program says something else. A control that only one side names is a difference."""
    found = {result.control["id"]: result for result in results}
    different = {id: "not in the expectation: read the file again for it" for id in found if id not in expected}
    for id, one in expected.items():
        if id not in found:
            different[id] = "no such control for this kind"
        elif found[id].status != one.status:
            different[id] = f"expected {one.status} ({one.reason}), is {found[id].status}: {_said(found[id])}"
        elif one.resources is not None and (missed := _other_resources(one.resources, found[id])):
            different[id] = missed
        elif one.lines is not None and (wrong := _other_lines(one.lines, found[id])):
            different[id] = wrong
    return different


def _expected(written: Any) -> Expected:
    if isinstance(written, str):
        return Expected(written)
    (status,) = {"fail", "undetermined"} & set(written)
    resources = written.get("resources")
    return Expected(status, written[status], tuple(resources) if resources is not None else None, written.get("lines"))


def _other_resources(expected: tuple[str, ...], result: Result) -> str:
    named = {one.entry["resource"] for one in result.findings}
    missing = [name for name in expected if not any(_is(resource, name) for resource in named)]
    surplus = [resource for resource in sorted(named) if not any(_is(resource, name) for name in expected)]
    return f"findings: missing {missing}, not expected {surplus}" if missing or surplus else ""


def _other_lines(expected: Mapping[str, int], result: Result) -> str:
    """`expected`: resource to the line of a finding of it."""
    found = {(one.entry["resource"], one.location.line) for one in result.findings if one.location}
    wrong = [f"{name}:{line}" for name, line in expected.items() if (name, line) not in found]
    return f"no finding at {wrong}, but at {sorted(found)}" if wrong else ""


def _is(resource: str, name: str) -> bool:
    """Containers are expected by their name, which is the last part of their id."""
    return resource == name or resource.endswith(f"/{name}")


def _said(result: Result) -> str:
    entries = (*result.findings, *result.undetermined)
    return "; ".join(f"{one.entry['resource']}: {one.entry.get('message') or one.entry.get('reason')}" for one in entries)
