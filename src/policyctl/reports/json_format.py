"""`--output json`: every decision with its catalog facts joined, every input, the summary. Schema: `schema()`."""

from __future__ import annotations

import json
from typing import Any

from policyctl.model.document import Input, Location
from policyctl.model.printable import quiet_json
from policyctl.model.report import Decided, Located, Report, Result


def render(report: Report, width: int = 0, colour: bool = False) -> str:
    """The report as one JSON object, indented."""
    return quiet_json(json.dumps(plain(report), indent=2, ensure_ascii=False)) + "\n"


def plain(report: Report) -> dict[str, Any]:
    """The report as plain JSON values."""
    summary = report.summary
    return {
        "decisions": [_decision(decision) for decision in report.decisions],
        "inputs": [_input(entry) for entry in report.inputs],
        "waivers": [{**told.waiver, "state": told.state, "covered": told.covered} for told in summary.waivers],
        "summary": {
            "outcome": summary.outcome,
            "exit_code": summary.exit_code,
            "profile": summary.profile,
            "as_of": summary.as_of,
            "simulated": summary.simulated,
            "decisions": len(report.decisions),
            "resources": summary.resources,
            "statuses": statuses(report),
            "waived": summary.waived,
            "duration_ms": round(summary.duration * 1000, 1),
            "revision": summary.revision,
            "ledger": summary.recorded,
            "notes": list(summary.notes),
            "not_checked": dict(summary.not_checked),
        },
    }


def statuses(report: Report) -> dict[str, int]:
    """How many results have each status."""
    counted = {"pass": 0, "fail": 0, "undetermined": 0, "not_applicable": 0}
    for decision in report.decisions:
        for result in decision.results:
            counted[result.status] += 1
    return counted


def _decision(decision: Decided) -> dict[str, Any]:
    answer = decision.answer
    body = {key: value for key, value in decision.body.items() if key not in ("answer", "locations")}
    return {
        "id": decision.id or None,
        **body,
        "outcome": answer["outcome"],
        "assumed": answer.get("assumed", []),
        "waivers": answer.get("waivers", {}),
        "looked_at": decision.looked_at,
        "notes": list(decision.notes),
        "results": [_result(result) for result in decision.results],
    }


def _result(result: Result) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "control": result.control,
        "status": result.status,
        "enforcement": result.enforcement,
        "when_untold": result.when_untold,
        "resources": result.resources,
        "findings": [_located(one) for one in result.findings],
        "undetermined": [_located(one) for one in result.undetermined],
    }
    if result.binding is not None:
        plain["binding"] = result.binding
    return plain


def _located(one: Located) -> dict[str, Any]:
    return {**one.entry, "location": _location(one.location)}


def _location(location: Location | None) -> dict[str, Any] | None:
    return {"file": location.file, "line": location.line} if location else None


def _input(entry: Input) -> dict[str, Any]:
    return {"path": entry.path, "kind": entry.kind, "status": entry.status, "message": entry.message}
