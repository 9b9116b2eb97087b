"""`policyctl system`: what an AI system is under the Act, from the answers in its description."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from policyctl.cli import options
from policyctl.cli.output import emit, emit_json, one_of
from policyctl.model.errors import ALLOWED, NOT_CHECKED

app = typer.Typer(help="AI systems and their classes under the AI Act.", no_args_is_help=True)


@app.command("classify", epilog="Example: policyctl system classify system.yaml --as-of 2026-12-02")
def classify(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A system.yaml with answers; - for stdin.")],
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="Say what applies on this UTC day. [default: today]")
    ] = None,
    opa: options.Opa = None,
    output: options.TextOrJson = "table",
) -> None:
    """Show the classes and roles that the answers give, each with reasons and clauses, what is still needed, and what to review.

    A missing answer leaves undetermined, and a lower class needs evidence. Nothing is recorded.

    Exit code: 0 every class and role is determined, 3 one is not, 2 the file cannot be understood, 4 the engine failed.
    """
    one_of(output, "table", "json")
    day = options.day(as_of)
    from policyctl import classifying, context, settings
    from policyctl.opening import open_classifying
    from policyctl.reports.classification_text import render

    with open_classifying(settings.load({"opa": opa})) as run:
        found = classifying.classify(file, run, context.current(), day)
    if output == "json":
        emit_json({"system": found.id, "path": found.path, **found.classified})
    else:
        emit(render(found.id, found.classified))
    raise typer.Exit(ALLOWED if found.classified["decided"] else NOT_CHECKED)


@app.command("init", epilog="Example: policyctl system init system.yaml --id credit-scoring")
def init(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write. It must not be there yet.")],
    id: Annotated[str, typer.Option("--id", help="The id of the AI system.")] = "my-system",
) -> None:
    """Write a description with every question, each under a comment with its clause and meaning, and answered unknown."""
    from policyctl import catalog_access
    from policyctl.questions import description
    from policyctl.scaffold import require_id, write

    catalog, _ = catalog_access.catalog_and_profile({})
    write(file.parent, {file.name: description(require_id(id), catalog["classification"])})
    emit(f"written: {file}")
    emit(f"next: answer, then policyctl system classify {file}")


@app.command("schema", epilog="Example: policyctl system schema > system.schema.json")
def schema() -> None:
    """Print the JSON Schema of a system's description, for editors."""
    from policyctl import catalog_access
    from policyctl.questions import schema as schema_of

    catalog, _ = catalog_access.catalog_and_profile({})
    emit_json(schema_of(catalog["classification"]))
