"""One finding in words, for `explain`."""

from __future__ import annotations

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
        "Decided",
        f"  entry {found.entry} of {found.time}",
        f"  by the rule at {found.rule}",
        f"  again, from the record: policyctl ledger replay {found.entry}",
    ]
    return "\n".join(lines) + "\n"
