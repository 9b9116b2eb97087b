"""`policyctl bundle export`: a bundle in the formats of other tools."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policyctl.cli import options
from policyctl.cli.output import emit

if TYPE_CHECKING:
    from policyctl.bundles.build import Bundle
    from policyctl.settings import Settings

app = typer.Typer(help="The bundle in the formats of other tools.", no_args_is_help=True)
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="Where to write: an empty folder, or one to be made.")]
Force = Annotated[bool, typer.Option("--force", help="Write into a folder that holds something already.")]


@app.command(
    "conftest",
    epilog="Example: policyctl bundle export conftest policy/ && policyctl gather --list k8s/ | conftest test --parser json -",
)
def conftest(
    folder: Folder,
    force: Force = False,
    trusted_config: options.TrustedConfig = None,
    bundle: options.Bundle = None,
    bundle_key: options.BundleKey = None,
) -> None:
    """Write a policy directory with which plain Conftest judges input documents, as `policyctl gather --list` prints them."""
    from policyctl.bundles.export.conftest import exported
    from policyctl.bundles.export.folder import write

    taken, _ = _bundle(trusted_config, bundle, bundle_key)
    write(folder, exported(taken), force=force)
    emit(f"{folder}: {len(taken.catalog['controls'])} controls of revision {taken.identity.revision[:12]}")
    emit(f"policyctl gather --list FILE | conftest test --policy {folder} --parser json --show-builtin-errors -")


def _bundle(trusted_config: str | None, bundle: str | None, bundle_key: str | None) -> tuple[Bundle, Settings]:
    """The bundle that decides here, verified where a key is configured, and the settings that name it."""
    from policyctl import bundle_access, opening, settings

    loaded = settings.load({"trusted_config": trusted_config, "bundle": bundle, "bundle_key": bundle_key})
    return bundle_access.load(loaded, opening.opa_path).bundle, loaded
