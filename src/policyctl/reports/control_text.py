"""One control in words, for `control show` and `explain`."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from policyctl.model.catalog import Control, basis_of
from policyctl.model.report import ClauseFacts

_WIDTH = 100


def render(control: Control, clauses: Sequence[ClauseFacts], reads: Sequence[Sequence[str]]) -> str:
    """The control as paragraphs."""
    lines = [
        f"{control['id']}  {control['title']}",
        f"{control['family']}/{control['name']} · severity {control['severity']} · {basis_of(control)} · {', '.join(control['kinds'])}",
        "",
        *paragraph("Objective", control["objective"]),
        *paragraph("Why", control["rationale"]),
        *(paragraph("What a named person attests", control["statement"]) if "statement" in control else ()),
        *paragraph("Evidence", control["evidence"]),
        "How to put it right",
        *indented(control["remediation"]),
        "",
        *clause_lines(clauses),
    ]
    if control["parameters"]:
        lines.append("Parameters")
        for name, parameter in control["parameters"].items():
            lines += paragraph(
                f"  {name}", f"{parameter['description']} ({parameter['type']}, default {parameter['default']})"
            )
    lines += ["Reads", *indented("\n".join(".".join(path) for path in reads))]
    return "\n".join(lines) + "\n"


def clause_lines(clauses: Sequence[ClauseFacts]) -> list[str]:
    """The clauses that a control serves, how far, and why."""
    if not clauses:
        return []
    lines = ["Clauses"]
    for clause in clauses:
        lines.append(f"  {clause['framework']} {clause['clause']} ({clause['covers']})")
        lines += textwrap.wrap(clause["title"], _WIDTH, initial_indent="    ", subsequent_indent="    ")
        lines += textwrap.wrap(clause["because"], _WIDTH, initial_indent="    because: ", subsequent_indent="    ")
        if "link" in clause:
            lines.append(f"    {clause['link']}")
    return [*lines, ""]


def paragraph(head: str, text: str) -> list[str]:
    """A heading and its text on the lines below."""
    return [head, *textwrap.wrap(" ".join(text.split()), _WIDTH, initial_indent="  ", subsequent_indent="  "), ""]


def indented(text: str) -> list[str]:
    """Lines as they are, moved to the right."""
    return [f"  {line}".rstrip() for line in text.strip().splitlines()]
