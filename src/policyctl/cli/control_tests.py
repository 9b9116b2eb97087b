"""`policyctl control test`: the tests and examples of controls."""

from __future__ import annotations

from typing import Annotated

import typer

from policyctl.cli import options
from policyctl.cli.output import emit, emit_json, one_of
from policyctl.model.errors import PolicyctlError


def run_tests(
    selectors: Annotated[
        list[str] | None,
        typer.Argument(metavar="[CONTROL|FAMILY|FAMILY/NAME]...", help="Which controls. [default: all]"),
    ] = None,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Also the part of each control's lines that its own tests reach.")
    ] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Test again whenever a file of the content changes.")] = False,
    as_of: options.AsOf = None,
    output: Annotated[str, typer.Option("--output", "-o", help="table, json or junit.")] = "table",
    trusted_config: options.TrustedConfig = None,
) -> None:
    """Run the tests beside the rules, and see that each example shows what its folder says. Exit code 1 where one does not, or
    where a control has no unit test."""
    one_of(output, "table", "json", "junit")
    from policyctl import context, settings
    from policyctl.workbench import telling, testing

    loaded, day = settings.load({"trusted_config": trusted_config}), options.day(as_of)

    def once() -> bool:
        results = testing.run(loaded, selectors or [], context.current(), as_of=day, cover=coverage)
        if output == "json":
            emit_json(telling.plain(results.tests, results.covered))
        else:
            emit(telling.junit(results.tests) if output == "junit" else telling.table(results.tests, results.covered))
        return results.failed

    if not watch:
        raise typer.Exit(1 if once() else 0)
    for _ in testing.changes(loaded):
        try:
            once()
        except PolicyctlError as error:  # a rule in the middle of being written
            emit(f"{error.message}\n{error.hint}" if error.hint else error.message)


def erode(
    selectors: Annotated[
        list[str] | None,
        typer.Argument(metavar="[CONTROL|FAMILY|FAMILY/NAME]...", help="Which controls. [default: all]"),
    ] = None,
    as_of: options.AsOf = None,
    output: options.TextOrJson = "table",
    trusted_config: options.TrustedConfig = None,
) -> None:
    """Take each failing example apart, fact by fact: removed, null, empty, of another type, nested. Exit code 1 where a finding is
    forgotten on the way, 3 where there is no failing example."""
    one_of(output, "table", "json")
    from policyctl import context, settings
    from policyctl.workbench import eroding, telling

    loaded = settings.load({"trusted_config": trusted_config})
    eroded = eroding.erode(loaded, selectors or [], context.current(), options.day(as_of))
    if output == "json":
        emit_json(telling.eroded_plain(eroded))
    else:
        emit(telling.eroded_table(eroded))
    if any(one.lost for one in eroded):
        raise typer.Exit(1)
    if not any(one.documents for one in eroded):
        raise typer.Exit(3)
