"""`policyctl lineage`: how a version of a model came to be."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from policyctl.cli import options
from policyctl.cli.output import coloured, emit, emit_json, one_of
from policyctl.model.errors import ALLOWED, USAGE

app = typer.Typer(help="How a version of a model came to be.", no_args_is_help=True)


@app.command("show", epilog="Example: policyctl lineage show release.yaml --output mermaid")
def show(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE|PATH...", help="A registry's name for a model, a release record, manifests."),
    ],
    profile: options.Profile = None,
    system: options.System = None,
    as_of: options.AsOf = None,
    opa: options.Opa = None,
    trusted_config: options.TrustedConfig = None,
    bundle: options.Bundle = None,
    bundle_key: options.BundleKey = None,
    output: Annotated[str, typer.Option("--output", "-o", help="tree, mermaid, svg or json.")] = "tree",
) -> None:
    """Draw system, version, files, card, run, code, datasets, evaluations, approvals and deployments, each marked with what the
    profile's controls say of it. Nothing is recorded, and nothing is allowed by it.

    Exit code: 0 drawn, 2 something cannot be read, 4 the engine failed.
    """
    one_of(output, "tree", "mermaid", "svg", "json")
    from policyctl import context, opening, pipeline, settings
    from policyctl.lineage import mermaid, svg, tree
    from policyctl.lineages import of_report
    from policyctl.progress import say

    flags = {
        "profile": profile,
        "opa": opa,
        "trusted_config": trusted_config,
        "bundle": bundle,
        "bundle_key": bundle_key,
    }
    with opening.open_run(settings.load(flags), frozenset()) as run:
        told = pipeline.Options(system=system, as_of=options.day(as_of), record=False)
        report = pipeline.check(paths, run, told, context.current())
        roots = of_report(report, run.loaded.bundle.catalog)
    if output == "json":
        emit_json({"lineages": [asdict(root) for root in roots]})
    else:
        emit(
            tree.render(roots, coloured())
            if output == "tree"
            else {"mermaid": mermaid, "svg": svg}[output].render(roots)
        )
    wrong = [entry for entry in report.inputs if entry.status == "error"]
    for entry in wrong:
        say(f"{entry.message}\n  fix: {entry.hint}")
    raise typer.Exit(USAGE if wrong else ALLOWED)
