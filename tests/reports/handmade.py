"""Reports made by hand, for what no real file gives: waivers, audit, and any text anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from policyctl.model.decision import Enforcement, Finding, Undetermined
from policyctl.model.document import Input, Location
from policyctl.model.report import ControlFacts, Decided, Located, Report, Result, Summary

CONTROL: ControlFacts = {
    "id": "XYZ-001",
    "title": "Things are in order",
    "family": "things",
    "name": "in_order",
    "severity": "medium",
    "objective": "Nobody stumbles.",
    "rationale": "Things lie about.",
    "remediation": "Put the thing away. Then look again:\n    thing = away\n",
    "clauses": [
        {
            "framework": "house_rules",
            "clause": "7",
            "title": "Order.",
            "covers": "part",
            "because": "It looks at things.",
            "link": "https://rules.example/7",
        }
    ],
}


def found(
    message: str = "it lies about", *, resource: str = "thing", id: str = "0123456789ab", waiver: str = ""
) -> Located:
    """A finding in line 7 of main.tf."""
    entry: Finding = {"id": id, "code": "lies", "resource": resource, "message": message, "path": ["values", "place"]}
    if waiver:
        entry["waiver"] = waiver
    return Located(entry, Location("main.tf", 7))


def untold(
    reason: str = "the room is dark", *, resource: str = "thing", file: str = "main.tf", code: str = ""
) -> Located:
    """Something that could not be told, in line 9; with a code, because of a gap."""
    entry: Undetermined = {"resource": resource, "path": ["values", "place"], "reason": reason}
    if code:
        entry["code"] = code
    return Located(entry, Location(file, 9))


def result(
    enforcement: Enforcement,
    findings: Sequence[Located] = (),
    undetermined: Sequence[Located] = (),
    when_untold: Enforcement = "warn",
) -> Result:
    """The result of the one control."""
    status = "fail" if findings else "undetermined" if undetermined else "pass"
    return Result(CONTROL, status, enforcement, when_untold, 1, tuple(findings), tuple(undetermined))


def report(
    *results: Result,
    path: str = "plan.json",
    inputs: Sequence[Input] = (),
    outcome: Any = "deny",
    exit_code: int = 1,
    notes: Sequence[str] = (),
) -> Report:
    """A report of one decision with these results; of none, without results."""
    answer = {
        "outcome": "allow" if outcome == "none" else outcome,
        "resources": {"XYZ-001": 1},
        "findings": {},
        "undetermined": {},
    }
    body = {
        "answer": answer,
        "subject": {"id": "one", "path": path},
        "destroy_only": False,
        "resources": 1,
        "bundle": {"revision": "ab" * 32},
    }
    decisions = (Decided("", "terraform_plan", path, body, results),) if results else ()
    summary = Summary(
        outcome=outcome,
        exit_code=exit_code,
        profile="baseline",
        as_of="2026-11-21",
        simulated=False,
        resources=1,
        duration=0.25,
        revision="ab" * 32,
        recorded="recorded",
        notes=tuple(notes),
        not_checked={"XYZ-001": "no plan among the inputs"} if outcome == "none" else {},
    )
    return Report(decisions, tuple(inputs), summary)
