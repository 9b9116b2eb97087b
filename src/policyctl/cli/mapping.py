"""`policyctl mapping`: which clause is served by which control, how far, and why."""

from __future__ import annotations

from typing import Annotated

import typer

from policyctl.cli import options
from policyctl.cli.output import emit_json, emit_rows, one_of
from policyctl.model.errors import UsageError

app = typer.Typer(help="Clauses of laws and standards, and the controls that serve them.", no_args_is_help=True)


@app.command("show", epilog="Example: policyctl mapping show --framework eu_ai_act")
def show(
    framework: Annotated[str | None, typer.Option("--framework", help="Only this framework.")] = None,
    output: options.TextOrJson = "table",
) -> None:
    """Show every edge: clause, control, covers (full, part or supports), and because."""
    one_of(output, "table", "json")
    from policyctl import catalog_access

    catalog, _ = catalog_access.catalog_and_profile({})
    if framework is not None and framework not in catalog["edges"]:
        raise UsageError(f"no framework {framework!r}", hint=f"one of {', '.join(sorted(catalog['edges']))}")
    edges = [
        {
            "framework": name,
            "clause": edge["clause"],
            "clause_title": catalog["clauses"][name][edge["clause"]]["title"],
            "control": id,
            "control_title": catalog["controls"][id]["title"],
            "covers": edge["covers"],
            "because": edge["because"],
        }
        for name, by_control in sorted(catalog["edges"].items())
        if framework in (None, name)
        for id, listed in by_control.items()
        for edge in listed
    ]
    edges.sort(key=lambda e: (e["framework"], catalog_access.clause_order(e["clause"]), e["control"]))
    if output == "json":
        emit_json({"edges": edges})
        return
    emit_rows(
        ("FRAMEWORK", "CLAUSE", "CONTROL", "COVERS", "BECAUSE"),
        [(e["framework"], e["clause"], e["control"], e["covers"], e["because"]) for e in edges],
    )
