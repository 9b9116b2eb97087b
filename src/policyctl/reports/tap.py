"""`--output tap`: the Test Anything Protocol, version 14. A test point for each control in each file.

Source: testanything.org, "TAP 14 specification".
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from policyctl.model.printable import printable
from policyctl.model.report import Report
from policyctl.reports.cases import Case, cases
from policyctl.reports.notices import verdict

_DIRECTIVE = {"warn": "TODO", "audit": "TODO", "skipped": "SKIP"}
"""A finding that only warns is "not ok" and still to do, which no harness may take for a failure."""


def render(report: Report, width: int = 0, colour: bool = False) -> str:
    """Version, plan, points. There is always a point: a plan of none would say that skipping everything was meant."""
    listed = cases(report)
    lines = ["TAP version 14", f"1..{len(listed)}", f"# {_escaped(verdict(report))}"]
    for number, case in enumerate(listed, start=1):
        lines += _point(number, case)
    return "\n".join(lines) + "\n"


def _point(number: int, case: Case) -> Iterator[str]:
    ok = "ok" if case.verdict in ("passed", "skipped") else "not ok"
    line = f"{ok} {number} - {_escaped(f'{case.suite}: {case.name}')}"
    if directive := _DIRECTIVE.get(case.verdict):
        line += f" # {directive} {case.verdict}: {_escaped(case.message)}"
    yield line
    if case.lines:
        yield "  ---"
        yield f"  severity: {case.verdict}"
        yield f"  message: {_quoted(case.message)}"
        yield "  told: |"
        yield from (f"    {printable(told)}" for told in case.lines)
        yield "  ..."


def _escaped(text: str) -> str:
    """Without any "#": version 14 has an escape for it, but readers of version 13 see a directive behind it all the same."""
    return printable(text).replace("#", "\\x23").replace("\\", "\\\\")


def _quoted(text: str) -> str:
    """A YAML scalar in double quotes, which JSON strings are."""
    return json.dumps(printable(text), ensure_ascii=False)
