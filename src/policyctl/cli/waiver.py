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
    waiver_key: options.WaiverKey = None,
) -> None:
    """List the waivers that the configuration grants, each with its state on this day. What they meet, check says."""
    one_of(output, "table", "json")
    from policyctl import waiver_access
    from policyctl.model.printable import printable

    flags = {"profile": profile, "trusted_config": trusted_config, "waiver_key": waiver_key}
    listed = waiver_access.listed(flags, options.day(as_of))
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


@app.command("sign", epilog="Example: policyctl waiver sign waivers.yaml --key private.pem")
def sign(
    file: Annotated[Path, typer.Argument(help="A file of waivers.")],
    key: Annotated[Path, typer.Option("--key", help="Ed25519 private key (PEM) of whoever grants waivers.")],
    generate_key: Annotated[
        bool, typer.Option("--generate-key", help="Make the key first, with its public half in KEY.pub.")
    ] = False,
) -> None:
    """Sign a file of waivers: FILE.sig. A check with --waiver-key KEY.pub takes them also from the tree that it judges."""
    from policyctl import settings, signing
    from policyctl.ledger.keys import generate_key as generated
    from policyctl.waivers import read_file

    read_file(file.resolve(), settings.load({}))  # what no check would take is not signed
    if generate_key:
        generated(key, key.with_name(key.name + ".pub"))
    beside, name = signing.sign(file, key)
    emit(f"{beside}: signed by {name}")
