"""`policyctl engine`: the OPA that decides."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from policyctl.cli import options
from policyctl.cli.output import emit, emit_json, one_of
from policyctl.model.errors import UsageError

if TYPE_CHECKING:
    from policyctl.engines.shared import Status

app = typer.Typer(help="The OPA that decides.", no_args_is_help=True)


@app.command("install", epilog="Example: policyctl engine install")
def install(
    version: Annotated[
        str | None,
        typer.Option("--version", help="Another version of the tested range; Go builds it, beside the pinned one."),
    ] = None,
) -> None:
    """Get an OPA: one on PATH in the tested range, the cached one, the official binary (digest checked), or one built by Go."""
    from policyctl.engines.binary import in_tested_range
    from policyctl.engines.install import install as installed
    from policyctl.engines.pinned import VERSION
    from policyctl.progress import say

    if version and not in_tested_range(version):
        raise UsageError(
            f"OPA {version} is not in the tested range", hint="name a release from 1.4 to 1.22, such as 1.22.0"
        )
    found = installed(say, version=version or VERSION)
    emit(f"OPA {found.version} at {found.path}, SHA-256 {found.sha256}")


@app.command("status", epilog="Example: policyctl engine status --output json")
def status(output: options.TextOrJson = "table") -> None:
    """Say which OPA would decide, and whether one is left running. Exit code 4 when there is none."""
    one_of(output, "table", "json")
    from policyctl.engines.binary import find
    from policyctl.engines.shared import status as shared_status

    found, shared = find(os.environ), shared_status()
    if output == "json":
        binary = {"path": found.path, "version": found.version, "sha256": found.sha256} if found else None
        emit_json({"binary": binary, "shared": _plain(shared)})
    else:
        emit(f"OPA {found.version} at {found.path}" if found else "no OPA here: run policyctl engine install")
        emit(shared.message)
    raise typer.Exit(0 if found else 4)


@app.command("start", epilog="Example: policyctl engine start")
def start(
    trusted_config: options.TrustedConfig = None,
    bundle: options.Bundle = None,
    bundle_key: options.BundleKey = None,
) -> None:
    """Leave an OPA running for this user, with the bundle loaded, that later commands reuse."""
    from functools import partial

    from policyctl import bundle_access, opening, settings
    from policyctl.bundles.parts import whole
    from policyctl.engines.install import install as installed
    from policyctl.engines.shared import start as start_shared
    from policyctl.progress import say

    flags = {"trusted_config": trusted_config, "bundle": bundle, "bundle_key": bundle_key}
    loaded = bundle_access.load(settings.load(flags), opening.opa_path)
    content = partial(whole, loaded.bundle) if loaded.given else None
    emit(start_shared(installed(say), loaded.archive, loaded.bundle.identity, part=content).message)


@app.command("stop", epilog="Example: policyctl engine stop")
def stop() -> None:
    """End the OPA that `engine start` left running."""
    from policyctl.engines.shared import stop as stop_shared

    emit(stop_shared().message)


def _plain(shared: Status) -> dict[str, object]:
    state = shared.state
    told = {"pid": state.pid, "revision": state.revision, "version": state.version} if state else {}
    return {"running": shared.running, "message": shared.message, **told}
