"""A scan in words: tables for people, and everything as plain values for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from policyctl.admission.scanning.following import Change
from policyctl.admission.scanning.reading import Unlisted
from policyctl.admission.scanning.running import Done
from policyctl.admission.scanning.scanned import Row, Said, Scanned, denying, is_without_decision
from policyctl.reports.grouping import many

_SHOWN = 3
"""Objects that a line of a table names."""

_WORST = ("deny", "warn", "audit", "allow", "none", "not read")

Table = tuple[tuple[str, ...], list[tuple[str, ...]]]


def tables(done: Done, *, would_deny: bool) -> Iterator[Table]:
    """What people read: namespaces, then controls, or each object that a control would deny if it denied. Empty tables are left out."""
    found = (_namespaces(done.scanned), _would_deny(done.scanned) if would_deny else _controls(done))
    yield from ((header, rows) for header, rows in found if rows)


def sentences(done: Done) -> Iterator[str]:
    """What the tables do not say."""
    scanned = done.scanned
    looked_at = sum(row.outcome != "none" for row in scanned.rows)
    yield f"{many(len(scanned.rows), 'object')} of {many(done.kinds, 'kind')}; in {looked_at} there is something that a control looks at"
    if without := scanned.without_decision():
        yield f"admitted without a decision on record: {_few(without)}"
    if changed := scanned.changed():
        yield f"changed since the decision that admitted it: {_few(changed)}"
    for row in scanned.problems:
        yield f"cannot be read: {_shown(row)}: {row.problem}"
    for one in _unlisted(scanned):
        yield f"cannot be listed: {one.place}: {one.reason}"
    if scanned.unreported:
        yield f"PolicyReports cannot be written: {scanned.unreported}"
    yield from scanned.warnings()
    if done.left_out:
        yield f"left out: {', '.join(done.left_out)}"
    profiles = f"profile{'s' if len(done.profiles) > 1 else ''} {', '.join(done.profiles)}"
    yield f"{profiles}, bundle {done.revision[:12]}; {done.recorded}"


def plain(done: Done) -> dict[str, Any]:
    """All of it, nothing cut, as JSON values."""
    scanned = done.scanned
    return {
        "objects": len(scanned.rows),
        "namespaces": {name: dict(counts) for name, counts in scanned.by_namespace().items()},
        "controls": [_plain(id, found, done) for id, found in scanned.by_control().items()],
        "without_decision": [{"object": row.path, "created": row.created} for row in scanned.without_decision()],
        "changed_since_decision": [
            {"object": row.path, "decision": row.admission.since} for row in scanned.changed() if row.admission
        ],
        "not_read": [
            *({"object": row.path, "reason": row.problem} for row in scanned.problems),
            *({"kind": one.place, "reason": one.reason} for one in _unlisted(scanned)),
        ],
        "left_out": list(done.left_out),
        "warnings": scanned.warnings(),
        "notes": list(done.notes),
        "not_reported": scanned.unreported,
        "profiles": list(done.profiles),
        "bundle": done.revision,
        "recorded": done.recorded,
        "exit_code": scanned.exit_code,
    }


def change_line(change: Change) -> str:
    """One object that is not as it was: "deny  ml/Deployment.apps/scoring  SEC-008 fail, SUP-004 fail"."""
    path, row = change
    shown = path.removeprefix("cluster/")
    if row is None:
        return f"gone  {shown}"
    told = ", ".join(f"{said.control} {said.status}" for said in row.said) or row.problem
    admitted = "  admitted without a decision on record" if is_without_decision(row) else ""
    return "  ".join(filter(None, (row.outcome, shown, told))) + admitted


def plain_change(change: Change) -> dict[str, Any]:
    """The same as JSON values."""
    path, row = change
    if row is None:
        return {"object": path, "outcome": "gone"}
    return {
        "object": path,
        "outcome": row.outcome,
        "reason": row.problem,
        "decision": row.entry,
        "fail": [said.control for said in row.said if said.status == "fail"],
        "undetermined": [said.control for said in row.said if said.status == "undetermined"],
        "without_decision": is_without_decision(row),
    }


def _unlisted(scanned: Scanned) -> list[Unlisted]:
    return sorted(scanned.unlisted, key=lambda one: (one.kind, one.namespace))


def _namespaces(scanned: Scanned) -> Table:
    outcomes = ("deny", "warn", "allow", "not read")
    rows = [
        (name or "(none)", *(str(counts[outcome]) for outcome in outcomes))
        for name, counts in scanned.by_namespace().items()
    ]
    return ("NAMESPACE", *map(str.upper, outcomes)), rows


def _controls(done: Done) -> Table:
    by_control = sorted(done.scanned.by_control().items(), key=lambda one: (-len(denying(one[1])), one[0]))
    rows = [
        (
            id,
            _now(found),
            *(str(sum(said.status == status for _, said in found)) for status in ("fail", "undetermined")),
            str(len(denying(found))),
            done.catalog["controls"][id]["title"],
        )
        for id, found in by_control
    ]
    return ("CONTROL", "NOW", "FAIL", "CANNOT TELL", "WOULD DENY", "TITLE"), rows


def _would_deny(scanned: Scanned) -> Table:
    rows: list[tuple[str, ...]] = [
        (said.control, said.now, _shown(row))
        for found in scanned.by_control().values()
        for row, said in sorted(found, key=lambda one: one[0].path)
        if said.would_deny
    ]
    return ("CONTROL", "NOW", "WOULD DENY"), rows


def _plain(id: str, found: Sequence[tuple[Row, Said]], done: Done) -> dict[str, Any]:
    control = done.catalog["controls"][id]
    return {
        "id": id,
        "title": control["title"],
        "severity": control["severity"],
        "enforcement": _now(found),
        "fail": sorted(row.path for row, said in found if said.status == "fail"),
        "undetermined": sorted(row.path for row, said in found if said.status == "undetermined"),
        "would_deny": sorted(row.path for row in denying(found)),
    }


def _now(found: Sequence[tuple[Row, Said]]) -> str:
    """What the profile has a control do; of several profiles, all that they do: "deny/warn"."""
    return "/".join(sorted({said.now for _, said in found}, key=_WORST.index))


def _few(rows: Sequence[Row]) -> str:
    """How many, how many of them are denied now, and the first, the worst before others."""
    worst = sorted(rows, key=lambda row: (_WORST.index(row.outcome), not row.namespace, row.path))
    denied = sum(row.outcome == "deny" for row in rows)
    shown = ", ".join(_shown(row) for row in worst[:_SHOWN])
    more = f" and {len(rows) - _SHOWN} more" if len(rows) > _SHOWN else ""
    return f"{len(rows)}{f' ({denied} of them denied now)' if denied else ''}: {shown}{more}"


def _shown(row: Row) -> str:
    """The object without the word that all begin with: "ml/Deployment.apps/scoring"."""
    return row.path.removeprefix("cluster/")
