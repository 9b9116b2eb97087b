"""`policyctl bundle`: the archive of rules and catalog, for an OPA that somebody else runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from policyctl.cli import options
from policyctl.cli.output import emit
from policyctl.model.errors import UsageError

app = typer.Typer(help="The bundle that decides.", no_args_is_help=True)


@app.command("build", epilog="Example: policyctl bundle build policyctl.tar.gz && opa run --server -b policyctl.tar.gz")
def build(
    file: Annotated[Path, typer.Argument(help="Where to write the archive.")],
    trusted_config: options.TrustedConfig = None,
) -> None:
    """Write the bundle of rules and catalog, and print its revision. The same content gives the same bytes."""
    from policyctl import library, opening, settings

    loaded = settings.load({"trusted_config": trusted_config})
    bundle = library.load((library.own_root(), *loaded.content), opening.opa_path, from_cache=False).bundle
    try:
        file.write_bytes(bundle.archive)
    except OSError as error:
        raise UsageError(f"{file}: cannot be written: {error.strerror}", hint="name another file") from error
    emit(f"{file}: revision {bundle.identity.revision}")
