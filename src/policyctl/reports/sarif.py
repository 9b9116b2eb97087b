"""`--output sarif`: SARIF 2.1.0 for code scanning services. A rule for each control that has something to say, a result for each place.

Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from policyctl import __version__
from policyctl.model.printable import quiet_json
from policyctl.model.report import ControlFacts, Decided, Located, Report, Result
from policyctl.model.waiver import Waiver
from policyctl.reports.grouping import effect, sentence, waiver_lines
from policyctl.reports.notices import Trouble, troubles

_LEVEL = {"deny": "error", "warn": "warning", "audit": "note"}
_SECURITY_SEVERITY = {"critical": "9.5", "high": "8.0", "medium": "5.5", "low": "2.0"}
"""The numbers by which code scanning services sort; the middle of each band."""


def render(report: Report, width: int = 0, colour: bool = False) -> str:
    """The report as one SARIF log with one run."""
    told = [(decision, result) for decision in report.decisions for result in decision.results if _places(result)]
    controls = {result.control["id"]: result.control for _, result in told}
    index = {id: position for position, id in enumerate(sorted(controls))}
    results = [entry for decision, result in told for entry in _results(decision, result, index)]
    if waivers := {told.waiver["id"]: told.waiver for told in report.summary.waivers}:
        # SARIF 3.27.23: all results of a run tell whether they are suppressed, or none does.
        results = [{**entry, "suppressions": _suppressions(entry, waivers)} for entry in results]
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "policyctl",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [_rule(controls[id]) for id in index],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"WORKDIR": {"description": {"text": "The folder in which policyctl ran."}}},
        "invocations": [_invocation(report)],
        "results": results,
        "properties": {
            "profile": report.summary.profile,
            "asOf": report.summary.as_of,
            "revision": report.summary.revision,
        },
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return quiet_json(json.dumps(log, indent=2, ensure_ascii=False)) + "\n"


def _places(result: Result) -> tuple[Located, ...]:
    return (*result.findings, *result.undetermined)


def _rule(control: ControlFacts) -> dict[str, Any]:
    clauses = [f"{clause['framework']} {clause['clause']}" for clause in control["clauses"]]
    return {
        "id": control["id"],
        "name": "".join(word.title() for word in control["name"].split("_")),
        "shortDescription": {"text": control["title"]},
        "fullDescription": {"text": control["objective"]},
        "help": {
            "text": f"{control['rationale']}\n\n{control['remediation']}",
            "markdown": f"{control['rationale']}\n\n**Clauses**: {', '.join(clauses)}\n\n```\n{control['remediation'].strip()}\n```",
        },
        "properties": {
            "tags": ["ai-compliance", control["family"], *clauses],
            "security-severity": _SECURITY_SEVERITY[control["severity"]],
        },
    }


def _results(decision: Decided, result: Result, index: dict[str, int]) -> Iterator[dict[str, Any]]:
    """A finding is a "fail" at the level of its enforcement, and so is what could not be told where that denies: services show
    nothing else. Otherwise what could not be told is "open", whose level SARIF fixes at "none".
    """
    for place in _places(result):
        entry = place.entry
        waiver = {"waiver": entry["waiver"]} if "waiver" in entry else {}
        is_finding = place in result.findings
        action = effect(place, result.enforcement if is_finding else result.when_untold)
        is_fail = is_finding or action == "deny"
        identity = entry.get("id") or "/".join(
            map(str, (decision.body["subject"]["id"], entry["resource"], *entry.get("path", ())))
        )
        yield {
            "ruleId": result.control["id"],
            "ruleIndex": index[result.control["id"]],
            "kind": "fail" if is_fail else "open",
            "level": _LEVEL[action] if is_fail else "none",
            "message": {"text": sentence(place, decision.path)},
            "locations": [_location(decision, place)],
            "partialFingerprints": {"policyctlFinding/v1": str(identity)},
            "properties": {
                "enforcement": effect(place, result.enforcement),
                "status": result.status,
                "code": entry.get("code", ""),
                **waiver,
            },
        }


def _suppressions(entry: Mapping[str, Any], waivers: Mapping[str, Waiver]) -> list[dict[str, Any]]:
    """Who accepted a result, why and for how long; empty for one that nobody did."""
    waiver = waivers.get(entry["properties"].get("waiver", ""))
    if waiver is None:
        return []
    justification = (
        f"{waiver['id']}: {waiver['reason']} Compensating control: {waiver['compensating_control']} "
        f"({waiver['ticket']}; approved by {waiver['approver']}; until {waiver['last_day']})"
    )
    return [{"kind": "external", "status": "accepted", "justification": justification}]


def _location(decision: Decided, place: Located) -> dict[str, Any]:
    file = place.location.file if place.location else decision.path
    line = (place.location.line if place.location else None) or 1
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(file), "uriBaseId": "WORKDIR"},
            "region": {"startLine": max(line, 1)},
        },
        "logicalLocations": [{"fullyQualifiedName": place.entry["resource"]}],
    }


def _invocation(report: Report) -> dict[str, Any]:
    found = troubles(report)
    return {
        "executionSuccessful": not found,
        "exitCode": report.summary.exit_code,
        "toolExecutionNotifications": [_notification(trouble) for trouble in found],
        "toolConfigurationNotifications": [
            {"level": "warning", "message": {"text": line}}
            for line, told in zip(waiver_lines(report), report.summary.waivers, strict=True)
            if told.state != "applied"
        ],
    }


def _notification(trouble: Trouble) -> dict[str, Any]:
    told: dict[str, Any] = {"level": "error", "message": {"text": f"{trouble.title}: {trouble.text}"}}
    if trouble.file:
        location = {"artifactLocation": {"uri": quote(trouble.file), "uriBaseId": "WORKDIR"}}
        told["locations"] = [{"physicalLocation": location}]
    return told
