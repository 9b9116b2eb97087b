"""`policyctl control mutate`: how many small changes to a control's rules its tests notice."""

from __future__ import annotations

from typing import Annotated

import typer

from policyctl.cli import options
from policyctl.cli.output import emit, emit_json, one_of
from policyctl.model.errors import UsageError


def mutate(
    selectors: Annotated[
        list[str] | None,
        typer.Argument(metavar="[CONTROL|FAMILY|FAMILY/NAME]...", help="Which controls. [default: all]"),
    ] = None,
    all_controls: Annotated[bool, typer.Option("--all", help="Every control, as without a selector.")] = False,
    least: Annotated[
        float, typer.Option("--min", metavar="PERCENT", min=0, max=100, help="The least score of each control.")
    ] = 90,
    output: options.TextOrJson = "table",
    trusted_config: options.TrustedConfig = None,
) -> None:
    """Change a control's rules in small ways, and show each change that the tests beside them do not notice.

    A score is the part of the changes that some test notices, in percent. Changes that make no difference may be listed in
    equivalent.yaml beside the rules, with the reason. Exit code 1 where a score is below --min, or that list names what is not there.
    """
    one_of(output, "table", "json")
    if all_controls and selectors:
        raise UsageError("--all and a selector are given", hint="give one of them")
    from policyctl import library, opening, settings
    from policyctl.mutating import running, telling

    roots = library.roots(settings.load({"trusted_config": trusted_config}).content)
    results = []
    for judged in running.run(roots, selectors or [], opening.opa_path()):
        results.append(judged)
        if output == "table":
            emit(telling.control(judged, least))
    if output == "json":
        emit_json(telling.plain(results))
    else:
        emit(telling.total(results, least))
    raise typer.Exit(1 if any(judged.score < least or judged.problems for judged in results) else 0)
