"""`policyctl waiver`: what has been accepted for a time, and whether it still has effect."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from policyctl.cli import options
from policyctl.cli.output import emit, emit_json, emit_rows, one_of

app = typer.Typer(help="Failures that somebody has accepted for a time.", no_args_is_help=True)


@app.command("list", epilog="Example: policyctl waiver list --as-of 2027-01-01 --output json")
def list_waivers(
    profile: options.Profile = None,
    as_of: options.AsOf = None,
    output: options.TextOrJson = "table",
    trusted_config: options.TrustedConfig = None,
) -> None:
    """List the waivers that the configuration grants, each with its state on this day. What they meet, check says."""
    one_of(output, "table", "json")
    from policyctl import waiver_access
    from policyctl.model.printable import printable

    listed = waiver_access.listed({"profile": profile, "trusted_config": trusted_config}, options.day(as_of))
    for note in listed.notes:
        typer.echo(f"note: {printable(note)}", err=True)
    if output == "json":
        emit_json({"as_of": listed.as_of, "waivers": [{**told.waiver, "state": told.state} for told in listed.waivers]})
        return
    emit_rows(
        ("ID", "STATE", "FIRST DAY", "LAST DAY", "CONTROL", "SYSTEM", "RESOURCE", "APPROVER", "TICKET"),
        [
            (
                w["id"],
                told.state,
                w["first_day"],
                w["last_day"],
                w["control"],
                w["system"],
                w["resource"],
                w["approver"],
                w["ticket"],
            )
            for told in listed.waivers
            for w in (told.waiver,)
        ],
    )


@app.command("lint", epilog="Example: policyctl waiver lint waivers.yaml")
def lint(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE]...", help="Files of waivers. [default: those of the configuration]"),
    ] = None,
    profile: options.Profile = None,
    as_of: options.AsOf = None,
    output: options.TextOrJson = "table",
    trusted_config: options.TrustedConfig = None,
) -> None:
    """Say what is wrong in files of waivers. Exit code 2 for a file that no check would take, 1 for waivers that cannot have effect."""
    one_of(output, "table", "json")
    from policyctl import waiver_access
    from policyctl.model.errors import ALLOWED, DENIED, USAGE

    found = waiver_access.lint(files or (), {"profile": profile, "trusted_config": trusted_config}, options.day(as_of))
    if output == "json":
        emit_json({"unusable": found.unusable, "without_effect": found.without_effect})
    else:
        emit(
            "\n".join((*found.unusable, *found.without_effect))
            or f"{found.number} waivers, each in its shape and in time"
        )
    raise typer.Exit(USAGE if found.unusable else DENIED if found.without_effect else ALLOWED)
