"""`policyctl bundle export`: a bundle in the formats of other tools."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policyctl.cli import options
from policyctl.cli.output import emit, emit_rows

if TYPE_CHECKING:
    from policyctl.bundles.build import Bundle
    from policyctl.settings import Settings

app = typer.Typer(
    help="The bundle in the formats of other tools.",
    epilog="Example: policyctl bundle export oscal oscal/",
    no_args_is_help=True,
)
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


@app.command(
    "oscal", epilog="Example: policyctl bundle export oscal oscal/ --profile eu-ai-act-high-risk --as-of 2026-11-21"
)
def oscal(
    folder: Folder,
    profile: options.Profile = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="The day told as the last change. [default: today, UTC]"),
    ] = None,
    force: Force = False,
    trusted_config: options.TrustedConfig = None,
    bundle: options.Bundle = None,
    bundle_key: options.BundleKey = None,
) -> None:
    """Write the controls as an OSCAL catalog, the profile's selection, and a component definition with the clauses they serve."""
    from policyctl import context
    from policyctl.bundles.export.folder import write
    from policyctl.bundles.export.oscal import exported
    from policyctl.profiles import chosen_profile

    taken, loaded = _bundle(trusted_config, bundle, bundle_key, profile)
    chosen = chosen_profile(loaded, taken.catalog)
    files = exported(taken, chosen, options.day(as_of) or context.current().today)
    write(folder, files, force=force)
    emit(f"{folder}: {', '.join(files)}: profile {chosen['id']} of revision {taken.identity.revision[:12]}")


@app.command(
    "gatekeeper",
    epilog="Example: policyctl bundle export gatekeeper gatekeeper/ && kubectl apply -f gatekeeper/templates/",
)
def gatekeeper(
    folder: Folder,
    profile: options.Profile = None,
    force: Force = False,
    trusted_config: options.TrustedConfig = None,
    bundle: options.Bundle = None,
    bundle_key: options.BundleKey = None,
) -> None:
    """Write ConstraintTemplates and Constraints of the controls that need nothing but the object, and list the others."""
    import json

    from policyctl.bundles.export.folder import write
    from policyctl.bundles.export.gatekeeper import LEFT_OUT, exported
    from policyctl.profiles import chosen_profile

    taken, loaded = _bundle(trusted_config, bundle, bundle_key, profile)
    chosen = chosen_profile(loaded, taken.catalog)
    files = exported(taken, chosen)
    write(folder, files, force=force)
    made = [path.partition("/")[0] for path in files]
    emit(
        f"{folder}: {made.count('templates')} templates and {made.count('constraints')} constraints: "
        f"profile {chosen['id']} of revision {taken.identity.revision[:12]}"
    )
    if left_out := json.loads(files[LEFT_OUT]):
        emit("")
        emit_rows(("LEFT OUT", "BECAUSE"), list(left_out.items()))


def _bundle(
    trusted_config: str | None, bundle: str | None, bundle_key: str | None, profile: str | None = None
) -> tuple[Bundle, Settings]:
    """The bundle that decides here, verified where a key is configured, and the settings that name it."""
    from policyctl import bundle_access, opening, settings

    loaded = settings.load(
        {"profile": profile, "trusted_config": trusted_config, "bundle": bundle, "bundle_key": bundle_key}
    )
    return bundle_access.load(loaded, opening.opa_path).bundle, loaded
