"""`policyctl control try`: one control against one file, and what its rules saw."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from policyctl.cli import options
from policyctl.cli.output import emit, emit_json, one_of
from policyctl.model.errors import PolicyctlError
from policyctl.model.printable import printable


def try_control(
    id: Annotated[str, typer.Argument(metavar="CONTROL")],
    file: Annotated[str, typer.Argument(metavar="FILE", help="A plan, manifest, card, … of the control's kind.")],
    watch: Annotated[bool, typer.Option("--watch", help="Try again whenever the file or the content changes.")] = False,
    as_of: options.AsOf = None,
    output: options.TextOrJson = "table",
) -> None:
    """Ask one control about one file. Shows each line of its rules that was evaluated, how often it held, and the values it saw.

    Nothing is recorded, and the exit code says nothing about the file: that is what check is for.
    """
    one_of(output, "table", "json")
    from policyctl import context, settings
    from policyctl.workbench import testing, trying

    loaded, day = settings.load({}), options.day(as_of)

    def once() -> None:
        attempt = trying.attempt(loaded, id, file, context.current(), day)
        if output == "json":
            emit_json(trying.plain(attempt))
        else:
            emit("\n".join(map(printable, trying.told(attempt))))

    if not watch:
        once()
        return
    for _ in testing.changes(loaded, (Path(file),)):
        try:
            once()
        except PolicyctlError as error:  # a rule in the middle of being written
            emit(f"{error.message}\n{error.hint}" if error.hint else error.message)
