"""`policyctl ledger ingest`: decisions of OPAs that others run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from policyctl.cli import options
from policyctl.cli.clusters import require
from policyctl.cli.output import emit
from policyctl.model.errors import NOT_CHECKED, USAGE, UsageError
from policyctl.progress import say

EXAMPLE = "Example: policyctl ledger ingest --listen 0.0.0.0:8182 --cert tls.crt --key tls.key --token-file token"


def ingest(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE]...", help="Decision logs: JSON lines or arrays, gzip or not.")
    ] = None,
    listen: Annotated[
        str | None,
        typer.Option("--listen", metavar="HOST:PORT", help="Serve OPA's decision log API here instead: POST /logs."),
    ] = None,
    cert: Annotated[Path | None, typer.Option("--cert", help="The server's certificate, with its chain (PEM).")] = None,
    key: Annotated[Path | None, typer.Option("--key", help="Its key (PEM), without a password.")] = None,
    client_ca: Annotated[
        Path | None, typer.Option("--client-ca", help="Only clients with a certificate of this CA (PEM) are heard.")
    ] = None,
    token_file: Annotated[
        Path | None, typer.Option("--token-file", help="Only clients that show the token in this file are heard.")
    ] = None,
    revision: Annotated[
        list[str] | None,
        typer.Option("--revision", help="Another revision of the bundle that OPAs may still have. Repeatable."),
    ] = None,
    ledger: options.Ledger = None,
    trusted_config: options.TrustedConfig = None,
    bundle: options.Bundle = None,
    bundle_key: options.BundleKey = None,
) -> None:
    """Record what OPAs with this bundle say that they decided as a webhook, each decision once, masked again.

    These entries are of kind `ingested`: they are not derived here and cannot be replayed. What does not show a decision by this bundle
    is recorded as unknown, never as an allow. Exit code of files: 2 where some events could not be taken, 3 where there was none.
    """
    from policyctl import bundle_access, opening, recording, settings
    from policyctl.admission.ingesting.filing import take_files
    from policyctl.admission.ingesting.objections import Ours
    from policyctl.admission.ingesting.taking import Taking
    from policyctl.reports.grouping import many

    if bool(files) == bool(listen):
        raise UsageError("name files of decision logs, or --listen for OPAs to send theirs", hint=EXAMPLE)
    if bool(cert) != bool(key) or (files and (cert or client_ca or token_file)):
        raise UsageError("--cert and --key go together, and with --listen", hint=EXAMPLE)
    flags = {"ledger": ledger, "trusted_config": trusted_config, "bundle": bundle, "bundle_key": bundle_key}
    loaded = settings.load(flags)
    identity = bundle_access.load(loaded, opening.opa_path).bundle.identity
    taking = Taking(recording.address(loaded), Ours(identity.name, {identity.revision, *(revision or ())}))
    try:
        if listen:
            with require():
                from policyctl.admission.ingesting.serving import Where, serve
            files_of_tls = (cert, key) if cert and key else None
            serve(Where(options.address("--listen", listen), files_of_tls, client_ca, _token(token_file)), taking)
            return
        taken = take_files(files or (), taking)
    finally:
        taking.close()
    emit(
        f"{many(taken.recorded, 'event')} recorded, {taken.duplicates} on record already, {len(taken.refused)} refused"
    )
    for reason in taken.refused[:20]:
        say(f"policyctl: refused: {reason}")
    if taken.refused:
        raise typer.Exit(USAGE)
    if not taken.recorded + taken.duplicates:
        say("policyctl: these files hold no event: nothing was taken")
        raise typer.Exit(NOT_CHECKED)


def _token(file: Path | None) -> str:
    if file is None:
        return ""
    try:
        token = file.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{file}: the token cannot be read: {error}", hint="name a file with the token in it"
        ) from error
    if len(token) < 16:
        raise UsageError(f"{file}: the token is too short to be one", hint="openssl rand -hex 32 makes one")
    return token
