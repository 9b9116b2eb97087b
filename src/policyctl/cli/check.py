"""`policyctl check`: judge files, record, report."""

from __future__ import annotations

from typing import Annotated

import typer

from policyctl.cli import completing, conftest, options

OUTPUTS = (
    "table, json, jsonl, sarif, junit, github, gitlab, azure, tap, markdown or html; may be repeated, each with a file of "
    "its own: -o table -o sarif=out.sarif. [default: table]"
)
EXAMPLE = "Example: policyctl check plan.json k8s/ MODEL_CARD.md --profile eu-ai-act-high-risk"


def check(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH|-]...", help="Files, folders, globs, - for stdin.")
    ] = None,
    profile: options.Profile = None,
    output: Annotated[
        list[str] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FORMAT[=FILE]",
            help=OUTPUTS,
            show_default=False,
            autocompletion=completing.formats,
        ),
    ] = None,
    output_file: Annotated[str | None, typer.Option("--output-file", help="Write the one report there.")] = None,
    kind: options.Kind = None,
    system: options.System = None,
    as_of: options.AsOf = None,
    simulate: Annotated[bool, typer.Option("--simulate", help="Let a simulation's exit code count.")] = False,
    no_record: Annotated[bool, typer.Option("--no-record", help="Do not record the decisions.")] = False,
    ledger: options.Ledger = None,
    opa: options.Opa = None,
    trusted_config: options.TrustedConfig = None,
    bundle: options.Bundle = None,
    bundle_key: options.BundleKey = None,
    waiver_key: options.WaiverKey = None,
    policy: conftest.Policy = None,
    namespace: conftest.Namespace = None,
    all_namespaces: conftest.AllNamespaces = False,
    data: conftest.Data = None,
    combine: conftest.Combine = False,
    parser: conftest.Parser = None,
    rego_version: conftest.RegoVersion = None,
) -> None:
    """Gather facts from PATHs (default: this folder), decide with OPA, record every decision, and report.

    A file that cannot be read is named and makes the exit code 2; the others are still decided.

    With --policy, rules written for Conftest decide about configuration files, in place of the library's controls.
    """
    from policyctl import ahead, opening, settings

    flags = {
        "profile": profile,
        "ledger": ledger,
        "opa": opa,
        "trusted_config": trusted_config,
        "waiver_key": waiver_key,
        "bundle": bundle,
        "bundle_key": bundle_key,
    }
    loaded = settings.load(flags)
    judged = paths or ["."]
    own = conftest.chosen(policy, namespace, all_namespaces, data, combine, parser, rego_version, profile)
    kinds = opening.likely_kinds(judged, kind)
    opened = (
        opening.open_policies(loaded, own.policies, judged)
        if own
        else ahead.taken(loaded, kinds) or opening.open_run(loaded, kinds)
    )
    with opened as run:
        # Only now, while OPA compiles the bundle.
        from policyctl import context, pipeline
        from policyctl.cli.destinations import destinations, write

        reports = destinations(output or [], output_file)
        told = pipeline.Options(
            kind,
            system,
            as_of=options.day(as_of),
            simulate=simulate,
            record=not no_record,
            gather=own.configurations.gather if own else None,
        )
        report = pipeline.check(judged, run, told, context.current())
    write(report, reports)
    raise typer.Exit(report.summary.exit_code)
