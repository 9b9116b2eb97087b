"""`policyctl check`: judge files, record, report."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from policyctl.cli import options
from policyctl.cli.output import coloured, emit, width
from policyctl.model.errors import UsageError

EXAMPLE = "Example: policyctl check plan.json k8s/ MODEL_CARD.md --profile eu-ai-act-high-risk"


def check(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH|-]...", help="Files, folders, globs, - for stdin.")
    ] = None,
    profile: options.Profile = None,
    output: Annotated[str, typer.Option("--output", "-o", help="table, json, sarif or markdown.")] = "table",
    output_file: Annotated[str | None, typer.Option("--output-file", help="Write the report there.")] = None,
    kind: options.Kind = None,
    system: options.System = None,
    as_of: options.AsOf = None,
    simulate: Annotated[bool, typer.Option("--simulate", help="Let a simulation's exit code count.")] = False,
    no_record: Annotated[bool, typer.Option("--no-record", help="Do not record the decisions.")] = False,
    ledger: options.Ledger = None,
    opa: options.Opa = None,
    trusted_config: options.TrustedConfig = None,
) -> None:
    """Gather facts from PATHs (default: this folder), decide with OPA, record every decision, and report.

    A file that cannot be read is named and makes the exit code 2; the others are still decided.
    """
    from policyctl import opening, settings

    loaded = settings.load({"profile": profile, "ledger": ledger, "opa": opa, "trusted_config": trusted_config})
    with opening.open_run(loaded, opening.likely_kinds(paths or ["."], kind)) as run:
        # Only now, while OPA compiles the bundle.
        from policyctl import context, pipeline, plugins

        render = plugins.report(output).load()
        told = pipeline.Options(kind, system, as_of=options.day(as_of), simulate=simulate, record=not no_record)
        report = pipeline.check(paths or ["."], run, told, context.current())
    if output_file is None:
        emit(render(report, width=width(), colour=coloured()))
    else:
        _write(output_file, render(report, width=100, colour=False))
        outcome, code = report.summary.outcome, report.summary.exit_code
        sys.stderr.write(f"{outcome}: {len(report.decisions)} decisions, exit code {code}, report in {output_file}\n")
    raise typer.Exit(report.summary.exit_code)


def _write(path: str, text: str) -> None:
    try:
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise UsageError(
            f"{path}: the report cannot be written: {error.strerror}", hint="name another --output-file"
        ) from error
