"""What waivers may do to an answer, said a second time in Python: mark what they name exactly, and lower nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from policyctl.model.catalog import Catalog
from policyctl.model.decision import Answer, Finding, Undetermined
from tests.adversarial.fixtures import Fixture

SYSTEM = "scoring"
ALLOWED = 90
TEXTS = (
    "id control system resource owner reason compensating_control ticket requester approver first_day last_day".split()
)


def waiver_of(fixture: Fixture, **changes: Any) -> dict[str, Any]:
    """A waiver of what the fixture's control says first, with these changes."""
    said = [
        *fixture.answer["findings"].get(fixture.control, []),
        *fixture.answer["undetermined"].get(fixture.control, []),
    ]
    waiver = {
        "id": "W-1",
        "control": fixture.control,
        "system": SYSTEM,
        "resource": said[0]["resource"],
        "owner": "Risk",
        "reason": "It moves.",
        "compensating_control": "One subnet only.",
        "ticket": "RISK-7",
        "requester": "sam",
        "approver": "kim",
        "first_day": "2026-11-01",
        "last_day": "2026-11-30",
        "self_approved": False,
        "source": {"path": "waivers.yaml", "sha256": "", "trusted": True},
    }
    return {**waiver, **changes}


def waived(document: Mapping[str, Any], waivers: Any) -> dict[str, Any]:
    """The document of an established system, with these waivers, under a profile that allows some days."""
    return {
        **document,
        "system": {**document["system"], "id": SYSTEM, "established": True},
        "waivers": waivers,
        "profile": {**document["profile"], "waivers": dict.fromkeys(("critical", "high", "medium", "low"), ALLOWED)},
    }


def accepted(document: Mapping[str, Any], catalog: Catalog, control: str, entry: Finding | Undetermined) -> bool:
    """Whether one of the document's waivers names this entry of a control, and holds."""
    listed = document["waivers"]
    if entry.get("code") in ("evaluation_error", "misshapen") or not isinstance(listed, list):
        return False
    severity = catalog["controls"][control]["severity"]
    return any(
        _whole(waiver) and _holds(waiver, document, severity) and _names(waiver, control, entry) for waiver in listed
    )


def _whole(waiver: Any) -> bool:
    if not isinstance(waiver, dict) or waiver.get("self_approved") is not False:
        return False
    texts = [waiver.get(key) for key in TEXTS] + [waiver.get("code", "any")]
    if not all(isinstance(text, str) and text.strip() for text in texts):
        return False
    pieces = waiver["resource"].split("*")
    return "?" not in waiver["resource"] and any(sum(map(str.isalnum, piece)) >= 3 for piece in pieces)


def _holds(waiver: Mapping[str, Any], document: Mapping[str, Any], severity: str) -> bool:
    try:
        first, last = date.fromisoformat(waiver["first_day"]), date.fromisoformat(waiver["last_day"])
        today = date.fromisoformat(document["as_of"])
    except ValueError:
        return False
    system = document["system"]
    if not isinstance(system, dict) or system.get("established") is not True or system.get("id") != waiver["system"]:
        return False
    strangers = waiver["approver"].strip().lower() != waiver["requester"].strip().lower()
    allowed = document["profile"]["waivers"]
    days = allowed.get(severity) if isinstance(allowed, dict) else 0
    return strangers and first <= today <= last and type(days) is int and (last - first).days < days


def _names(waiver: Mapping[str, Any], control: str, entry: Finding | Undetermined) -> bool:
    pattern = ".*".join(map(re.escape, waiver["resource"].split("*")))
    fits = re.fullmatch(pattern, entry["resource"], re.DOTALL) is not None
    return waiver["control"] == control and fits and waiver.get("code", entry.get("code")) == entry.get("code")


def unlike(document: Mapping[str, Any], catalog: Catalog, without: Answer, answer: Answer) -> str:
    """Where waivers did to an answer what they may not, in words; empty where they did not. `without` is the answer without them."""
    for what in ("findings", "undetermined"):
        if _bare(answer, what) != _bare(without, what):
            return f"{what} changed"
        for control, entry in _entries(answer, what):
            hidden = what == "undetermined" and any(entry.get("code") == gap["code"] for gap in document["gaps"])
            if "waiver" in entry and (hidden or not accepted(document, catalog, control, entry)):
                return f"{control} was waived at {entry['resource']}, {entry.get('code', 'undetermined')}"
    expected = _outcome(answer)
    return "" if answer["outcome"] == expected else f"the outcome is {answer['outcome']} where {expected} is due"


def _outcome(answer: Answer) -> str:
    """Every control here denies where it fails; what it cannot tell warns, unless evaluating failed."""
    left = {what: [e for _, e in _entries(answer, what) if "waiver" not in e] for what in ("findings", "undetermined")}
    broken = [e for e in left["undetermined"] if e.get("code") in ("evaluation_error", "misshapen")]
    if left["findings"] or broken:
        return "deny"
    return "warn" if left["undetermined"] else "allow"


def _entries(answer: Any, what: str) -> Iterator[tuple[str, Any]]:
    for control, entries in answer[what].items():
        for entry in entries:
            yield control, entry


def _bare(answer: Any, what: str) -> list[str]:
    """What an answer says, without the names of waivers."""
    return sorted(
        f"{control} {sorted((key, str(value)) for key, value in entry.items() if key != 'waiver')}"
        for control, entry in _entries(answer, what)
    )
