"""`policyctl explain`: a control, or a finding of the ledger, in full."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from policyctl.cli import options
from policyctl.cli.output import emit, emit_json, one_of

EXAMPLE = "Example: policyctl explain SEC-001    or, with the id of a finding: policyctl explain 4b5bc71f436c"


def explain(
    what: Annotated[str, typer.Argument(metavar="CONTROL|FINDING", help="A control's id, or a finding's 12 digits.")],
    ledger: options.Ledger = None,
    output: options.TextOrJson = "table",
) -> None:
    """Explain a control: why, which clauses, how to put it right. Or a finding: where, what stands there, and the same."""
    one_of(output, "table", "json")
    from policyctl import catalog_access, explaining, joining
    from policyctl.reports import control_text, finding_text

    if re.fullmatch(r"[0-9a-f]{12}", what):
        found = explaining.finding(ledger, what)
        emit_json(found.plain()) if output == "json" else emit(finding_text.render(found))
        return
    catalog, _ = catalog_access.catalog_and_profile({})
    control = catalog_access.control(catalog, what)
    clauses = joining.clauses_of(catalog, control["id"])
    if output == "json":
        emit_json({**control, "clauses": clauses, "reads": catalog["reads"][control["id"]]})
        return
    emit(control_text.render(control, clauses, catalog["reads"][control["id"]]))
