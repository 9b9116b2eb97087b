"""`policyctl control docs`: a site with a page for each control."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from policyctl.cli import options
from policyctl.cli.output import emit


def docs(
    site: Annotated[Path, typer.Argument(metavar="DIR", help="Where the site is written. What is there is replaced.")],
    scores: Annotated[
        Path | None, typer.Option("--scores", metavar="FILE", help="What policyctl control mutate --output json wrote.")
    ] = None,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Write the pages and mkdocs.yml only, for a site of one's own.")
    ] = False,
    as_of: options.AsOf = None,
    trusted_config: options.TrustedConfig = None,
) -> None:
    """Make a site of the controls: what each is for, its clauses, its examples with what it says of them, its tests and history.

    With a matrix for each framework, and a search. Nothing in it is fetched from elsewhere.
    """
    from policyctl import context, library, settings
    from policyctl.handbook.building import build, write
    from policyctl.strengths import measured

    loaded = settings.load({"trusted_config": trusted_config})
    known = measured(scores, library.roots(loaded.content))
    day = options.day(as_of) or context.current().today
    if markdown:
        write(loaded, known, day, site)
        emit(f"written: {site / 'mkdocs.yml'} and {site / 'docs'}")
        return
    with tempfile.TemporaryDirectory(prefix="policyctl-") as folder:
        write(loaded, known, day, Path(folder))
        build(Path(folder), site)
    emit(f"written: {site / 'index.html'}")
