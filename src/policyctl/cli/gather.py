"""`policyctl gather`: the input document, exactly as OPA would see it."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from policyctl.cli import options
from policyctl.cli.output import emit_json
from policyctl.model.errors import ALLOWED, USAGE, InputError, UsageError
from policyctl.model.printable import printable

EXAMPLE = "Example: policyctl gather plan.json | jq '.facts.resources | keys'"


def gather(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH|-]...", help="Files, folders, globs, - for stdin.")
    ] = None,
    profile: options.Profile = None,
    kind: options.Kind = None,
    system: options.System = None,
    as_of: options.AsOf = None,
    schema: Annotated[
        str | None,
        typer.Option("--schema", metavar="KIND", help="Print the JSON Schema of this kind's documents instead."),
    ] = None,
    as_list: Annotated[
        bool, typer.Option("--list", help="One JSON list of all documents, as Conftest and jq take them.")
    ] = False,
    trusted_config: options.TrustedConfig = None,
    bundle: options.Bundle = None,
    bundle_key: options.BundleKey = None,
) -> None:
    """Print the input document of every subject, one JSON value after the other. Nothing is decided and nothing recorded."""
    if schema is not None:
        from policyctl.documents.schemas import schema_of

        emit_json(schema_of(schema))
        return
    if not paths:
        raise UsageError("no PATH to gather facts from", hint=EXAMPLE)
    from policyctl import context, pipeline, settings
    from policyctl.cli.options import day

    loaded = settings.load(
        {"profile": profile, "trusted_config": trusted_config, "bundle": bundle, "bundle_key": bundle_key}
    )
    documents, inputs = pipeline.gathered(
        paths, loaded, pipeline.Options(kind, system, as_of=day(as_of)), context.current()
    )
    # Never an empty list: whoever tests each of its entries would find nothing wrong.
    for told in [documents] if as_list and documents else documents:
        emit_json(told)
    wrong = [entry for entry in inputs if entry.status == "error"]
    for entry in wrong:
        sys.stderr.write(f"{printable(entry.message)}\n  fix: {printable(entry.hint)}\n")
    if not documents and not wrong:
        raise InputError("nothing here is of a kind that is understood", hint="name a plan, a manifest or a model card")
    raise typer.Exit(USAGE if wrong else ALLOWED)
