"""`policyctl release`: the records that people keep of versions of models."""

from __future__ import annotations

from typing import Annotated

import typer

from policyctl.cli.output import emit
from policyctl.model.printable import printable

app = typer.Typer(help="Release records of models.", no_args_is_help=True)


@app.command("init", epilog="Example: policyctl release init mlflow:biopsies@candidate --system biopsy-triage")
def init(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...", help="A registry's name for one version, the folder of its files, saved answers."
        ),
    ],
    out: Annotated[str, typer.Option("--out", help="The record's file. Nothing is overwritten.")] = "release.yaml",
    system: Annotated[
        str | None,
        typer.Option("--system", help="The AI system's id. [default: what the configuration or the registry says]"),
    ] = None,
) -> None:
    """Write a first release record: the version, its digest, its datasets and base models, as SOURCE tells them.

    What people have to say is left open, each with the control that asks for it: until they write it, those deny as before.

    Exit code: 0 written, 2 something cannot be read, or is there already.
    """
    from pathlib import Path

    from policyctl import context, settings
    from policyctl.drafting import draft
    from policyctl.registries import Registries
    from policyctl.scaffold import require_absent, write

    require_absent(Path.cwd(), [out])
    loaded = settings.load({})
    drafted = draft(sources, out, system, loaded, Registries.of(loaded, context.current()))
    write(Path.cwd(), {out: drafted.text})
    emit(f"written: {printable(out)}, about {printable(drafted.model)}")
    for reason in drafted.unknown:
        emit(f"not known: {printable(reason)}")
    emit(f"next: write what stands behind a #, then policyctl check {printable(out)}")
