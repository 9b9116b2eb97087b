"""`policyctl control facts`: which facts controls read, and how many of them people state."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from policyctl.cli import completing, options
from policyctl.cli.output import emit, emit_json, emit_rows, one_of
from policyctl.model.errors import NOT_CHECKED


def facts(
    selectors: Annotated[
        list[str] | None,
        typer.Argument(metavar="[CONTROL|FAMILY|FAMILY/NAME]...", help="Which controls. [default: all]"),
    ] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", help="Only documents of this kind.", autocompletion=completing.kinds)
    ] = None,
    sources: Annotated[
        list[str] | None,
        typer.Option(
            "--source", metavar="SOURCE|PATH", help="Count in its documents, not in the controls' own examples."
        ),
    ] = None,
    as_of: options.AsOf = None,
    output: options.TextOrJson = "table",
    trusted_config: options.TrustedConfig = None,
) -> None:
    """Count the facts that controls read: derived from artefacts, or stated by people. A fact is read where breaking it changes what a
    control says.

    Exit code: 0 counted, 2 something cannot be read, 3 no fact is read at all.
    """
    one_of(output, "table", "json")
    from policyctl import context, settings
    from policyctl.workbench.facts_read import facts_read

    loaded = settings.load({"trusted_config": trusted_config})
    read = facts_read(loaded, selectors or [], kind, sources or [], context.current(), options.day(as_of))
    attested = sum(one.basis == "attested" for one in read)
    derived = len(read) - attested
    if output == "json":
        emit_json({"summary": {"derived": derived, "attested": attested}, "facts": [asdict(one) for one in read]})
    else:
        emit_rows(
            ("KIND", "FACT", "BASIS", "CONTROLS"),
            [(one.kind, one.path, one.basis, ", ".join(one.controls)) for one in read],
        )
        share = f", {100 * derived / len(read):.0f} % derived" if read else ""
        emit(f"{len(read)} facts: {derived} derived from artefacts, {attested} stated by people{share}")
    raise typer.Exit(0 if read else NOT_CHECKED)
