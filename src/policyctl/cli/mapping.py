"""`policyctl mapping`: which clause is served by which control, how far, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policyctl.cli import completing
from policyctl.cli.output import emit, emit_csv, emit_json, emit_markdown, emit_rows, one_of
from policyctl.model.errors import UsageError

if TYPE_CHECKING:
    from policyctl.catalog.coverage import Row
    from policyctl.strengths import Standing

_FORMATS = {"table": emit_rows, "csv": emit_csv, "markdown": emit_markdown}

Output = Annotated[
    str,
    typer.Option("--output", "-o", help="table, csv, markdown or json.", autocompletion=completing.tables),
]
Framework = Annotated[str | None, typer.Option("--framework", help="Only this framework.")]

app = typer.Typer(help="Clauses of laws and standards, and the controls that serve them.", no_args_is_help=True)


@app.command("show", epilog="Example: policyctl mapping show --framework eu_ai_act")
def show(framework: Framework = None, output: Output = "table") -> None:
    """Show every edge: clause, control, covers (full, part or supports), and because."""
    one_of(output, *_FORMATS, "json")
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
    _FORMATS[output](
        ("FRAMEWORK", "CLAUSE", "CONTROL", "COVERS", "BECAUSE"),
        [(e["framework"], e["clause"], e["control"], e["covers"], e["because"]) for e in edges],
    )


@app.command("gaps", epilog="Example: policyctl mapping gaps --framework nist_ai_rmf_1_0")
def gaps(
    framework: Framework = None,
    out_of_scope: Annotated[
        bool, typer.Option("--out-of-scope", help="Those that are out of scope instead, with the reason.")
    ] = False,
    output: Output = "table",
) -> None:
    """List the clauses that no control serves. Those that are out of scope are counted apart; JSON has both, with the reasons."""
    one_of(output, *_FORMATS, "json")
    rows = [row for row in _rows(framework) if not row.controls]
    open_, out = [row for row in rows if not row.reason], [row for row in rows if row.reason]
    if output == "json":
        listed = [{"framework": row.framework, "clause": row.clause} for row in open_]
        reasons = [{"framework": row.framework, "clause": row.clause, "reason": row.reason} for row in out]
        emit_json({"gaps": listed, "out_of_scope": reasons})
        return
    if out_of_scope:
        _FORMATS[output](("FRAMEWORK", "CLAUSE", "REASON"), [(row.framework, row.clause, row.reason) for row in out])
        return
    _FORMATS[output](("FRAMEWORK", "CLAUSE", "WHAT IT ASKS"), [(row.framework, row.clause, row.title) for row in open_])
    if output == "table":
        emit(f"\n{len(open_)} clauses without a control; {len(out)} more are out of scope")


@app.command("coverage", epilog="Example: policyctl mapping coverage --scores scores.json --output csv > coverage.csv")
def coverage(
    framework: Framework = None,
    scores: Annotated[
        Path | None, typer.Option("--scores", metavar="FILE", help="What policyctl control mutate --output json wrote.")
    ] = None,
    output: Output = "table",
) -> None:
    """Show each clause with the controls that serve it, and how well these controls stand.

    Of a clause: full, part or supports, the strongest that a control claims, or nothing. Of a control: whether evidence of its kind is
    gathered, and whether its tests notice changes to its rules.
    """
    one_of(output, *_FORMATS, "json")
    from policyctl.catalog.coverage import counts

    rows = [row for row in _rows(framework) if row.controls or not row.reason]
    standings = _standings(scores, {control for row in rows for control, _ in row.controls})
    known = {one.control: one.score for one in standings if one.score is not None}
    header, cells = ("FRAMEWORK", "CLAUSE", "COVERS", "CONTROLS", "WHAT IT ASKS"), [row.cells(known) for row in rows]
    if output == "json":
        emit_json({"clauses": [row.told() for row in rows], "controls": [one.told() for one in standings]})
    elif output != "table":
        _FORMATS[output](header, cells)
    else:
        emit_rows(header[:4], [row[:4] for row in cells])
        emit("")
        emit_rows(("FRAMEWORK", "CLAUSES", "FULL", "PART", "SUPPORTS", "NONE"), counts(rows))
        emit("")
        _emit_standings(standings)


def _standings(file: Path | None, mapped: set[str]) -> list[Standing]:
    from policyctl import catalog_access, plugins
    from policyctl.strengths import measured, standings

    catalog, _ = catalog_access.catalog_and_profile({})
    scores = measured(file, catalog_access.roots())
    gathered = {collector.kind for collector in plugins.collectors()}
    return [one for one in standings(catalog, gathered, scores) if one.control in mapped]


def _emit_standings(standings: list[Standing]) -> None:
    """How many controls are in each state, and those whose state somebody should mend."""
    from policyctl.strengths import STATES

    emit_rows(
        ("CONTROLS", *(state.upper() for state in STATES)),
        [(str(len(standings)), *(str(sum(one.state == state for one in standings)) for state in STATES))],
    )
    if wanting := [one for one in standings if one.state in ("no evidence kind", "weak tests")]:
        emit("")
        emit_rows(
            ("CONTROL", "STATE", "SCORE"),
            [(one.control, one.state, "-" if one.score is None else f"{one.score:.1f} %") for one in wanting],
        )


def _rows(framework: str | None) -> list[Row]:
    from policyctl import catalog_access
    from policyctl.catalog.coverage import coverage

    catalog, _ = catalog_access.catalog_and_profile({})
    rows = coverage(catalog_access.roots(), catalog["edges"])
    known = {row.framework for row in rows}
    if framework is not None and framework not in known:
        raise UsageError(f"no framework {framework!r}", hint=f"one of {', '.join(sorted(known))}")
    return [row for row in rows if framework in (None, row.framework)]
