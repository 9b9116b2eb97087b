"""One finding in words, for `explain`."""

from __future__ import annotations

import json

from policyctl.model.printable import printable
from policyctl.model.report import Explained
from policyctl.reports.control_text import clause_lines, indented, paragraph


def render(found: Explained) -> str:
    """The finding as paragraphs."""
    finding, control = found.finding, found.control
    parameters = ", ".join(f"{name} = {value}" for name, value in found.parameters.items())
    where = ".".join(map(str, finding.get("path", [])))
    lines = [
        f"{control['id']}  {control['title']}  ({control['severity']}, {found.enforcement})",
        "",
        *paragraph(
            "What is wrong", f"{printable(finding['resource'])}: {printable(finding['message'])} [{finding['code']}]"
        ),
        "Where",
        f"  {printable(found.place)}  {printable(where)}",
        f"  there stands: {printable(found.actual) or 'nothing'}",
        "",
        *paragraph("What is required", control["objective"] + (f" Parameters: {parameters}." if parameters else "")),
        *paragraph("Why", control["rationale"]),
        "How to put it right",
        *indented(control["remediation"]),
        "",
        *clause_lines(control["clauses"]),
        *_waiver(found),
        "Decided",
        f"  entry {found.entry} of {found.time}",
        f"  by the rule at {found.rule}",
        f"  again, from the record: policyctl ledger replay {found.entry}",
    ]
    return "\n".join(lines) + "\n"


def _waiver(found: Explained) -> list[str]:
    """Under which waiver the finding is accepted; else how to ask for one."""
    if waiver := found.waiver:
        return [
            f"Waived ({waiver['id']}, {waiver['ticket']})",
            *indented(
                f"from {waiver['first_day']} to {waiver['last_day']}, approved by {printable(waiver['approver'])}\n"
                f"because: {printable(waiver['reason'])}\n"
                f"instead: {printable(waiver['compensating_control'])}"
            ),
            "",
        ]
    resource = json.dumps(found.finding["resource"], ensure_ascii=False)
    system = found.system or "SYSTEM  # say first which system this belongs to: systems in policyctl.yaml"
    return [
        "How to ask for a waiver",
        "  Fix it if you can. Else propose this to whoever keeps the trusted configuration, filled in, for its list of waivers",
        "  (policyctl waiver lint says what is missing; docs/waivers.md what it does):",
        f"    - id: W-{found.finding['id']}",
        f"      control: {found.control['id']}",
        f"      system: {system}",
        f"      resource: {printable(resource)}",
        f"      code: {found.finding['code']}",
        "      owner: who answers for the risk",
        "      reason: why it cannot be put right now",
        "      compensating_control: what keeps the harm away until then",
        "      ticket: where it is tracked",
        "      requester: you",
        "      approver: somebody else",
        "      first_day: a day such as 2027-01-31, in UTC",
        f"      last_day: the last day on which it holds, {found.longest_waiver} days in all at most",
        "",
    ]
