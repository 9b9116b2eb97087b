"""`policyctl admission serve`: the webhook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from policyctl.cli import options
from policyctl.cli.clusters import Controller, NamespaceProfile, require
from policyctl.model.errors import UsageError

EXAMPLE = "Example: policyctl admission serve --cert tls.crt --key tls.key --profile eu-ai-act-high-risk"


def serve(
    cert: Annotated[
        Path | None, typer.Option("--cert", help="The server's certificate, with its chain (PEM).", show_default=False)
    ] = None,
    key: Annotated[Path | None, typer.Option("--key", help="Its key (PEM), without a password.")] = None,
    secret: Annotated[
        str | None,
        typer.Option(
            "--own-certificate",
            metavar="NAMESPACE/NAME",
            help="Make and renew a certificate instead, kept in this Secret, its CA in the webhook configuration.",
        ),
    ] = None,
    host: Annotated[
        list[str] | None, typer.Option("--host", help="A name or address for that certificate; may be repeated.")
    ] = None,
    client_ca: Annotated[
        Path | None, typer.Option("--client-ca", help="Only clients with a certificate of this CA (PEM) are answered.")
    ] = None,
    listen: Annotated[
        str, typer.Option("--listen", metavar="HOST:PORT", help="Where to answer, over TLS.")
    ] = "127.0.0.1:8443",
    status_listen: Annotated[
        str | None,
        typer.Option(
            "--status-listen",
            metavar="HOST:PORT",
            help="Where to answer /healthz, /readyz and /metrics in plain HTTP as well.",
        ),
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster",
            metavar="KUBECONFIG",
            help="Watch this cluster for what is around an object: in-cluster as a pod, or a kubeconfig.",
        ),
    ] = None,
    spool: Annotated[
        Path | None,
        typer.Option(
            "--spool",
            metavar="FOLDER",
            help="Keep decisions here while the ledger cannot be written, and hand them over.",
        ),
    ] = None,
    break_glass: Annotated[
        str | None,
        typer.Option(
            "--break-glass",
            metavar="NAMESPACE",
            help="Take break-glasses: ConfigMaps of this namespace, as admission break-glass makes them.",
        ),
    ] = None,
    events: Annotated[
        str | None,
        typer.Option(
            "--events",
            metavar="NAMESPACE/POD/UID",
            help="Write Events about this pod, the server's own, while OPA or the ledger fails.",
        ),
    ] = None,
    controller: Controller = None,
    profile: options.Profile = None,
    namespace_profile: NamespaceProfile = None,
    system: options.System = None,
    ledger: options.Ledger = None,
    opa: options.Opa = None,
    trusted_config: options.TrustedConfig = None,
    bundle: options.Bundle = None,
    bundle_key: options.BundleKey = None,
    waiver_key: options.WaiverKey = None,
) -> None:
    """Answer AdmissionReviews at /v1/admit: decided as `check` does, recorded before they are answered.

    What cannot be decided or recorded is an HTTP error, never an allow: the webhook's failurePolicy says what follows.
    Ends on SIGTERM, once every request in flight has its answer.
    """
    from policyctl import settings

    flags = {
        "profile": profile,
        "ledger": ledger,
        "opa": opa,
        "trusted_config": trusted_config,
        "waiver_key": waiver_key,
        "bundle": bundle,
        "bundle_key": bundle_key,
    }
    files = (cert, key) if cert and key else None
    if bool(files) == bool(secret) or bool(cert) != bool(key):
        raise UsageError("the server needs a certificate: --cert and --key, or --own-certificate", hint=EXAMPLE)
    if secret and not (cluster and host):
        raise UsageError(
            "--own-certificate goes with --cluster, where it is kept, and --host, what the server is called by",
            hint="--own-certificate policyctl/policyctl-tls --host policyctl.policyctl.svc --cluster in-cluster",
        )
    if break_glass and not cluster:
        raise UsageError("--break-glass goes with --cluster, where they are kept", hint="--cluster in-cluster")
    if events and not cluster:
        raise UsageError("--events goes with --cluster, where they are written", hint="--cluster in-cluster")
    if controller and not cluster:
        raise UsageError("--controller goes with --cluster, where owners are read", hint="--cluster in-cluster")
    pod = _pod(events) if events else None
    where = options.address("--listen", listen)
    status = options.address("--status-listen", status_listen) if status_listen else None
    with require():
        from policyctl.admission import running
    kept = _named(secret) if secret else ("", "")
    told = running.Told(
        listen=where,
        status=status,
        files=files,
        clients=client_ca,
        cluster=cluster or "",
        secret=kept,
        hosts=host or (),
        spool=spool,
        system=system,
        namespace_profiles=namespace_profile or (),
        break_glass=break_glass or "",
        pod=pod,
        controllers=controller or (),
    )
    running.run(settings.load(flags), told)


def _named(text: str) -> tuple[str, str]:
    namespace, _, name = text.partition("/")
    if not namespace or not name or "/" in name:
        raise UsageError(f"--own-certificate: {text!r} names no Secret", hint="write it as policyctl/policyctl-tls")
    return namespace, name


def _pod(text: str) -> tuple[str, str, str]:
    namespace, name, uid = (*text.split("/"), "", "")[:3]
    if not namespace or not name or text.count("/") > 2:
        raise UsageError(f"--events: {text!r} names no pod", hint="write it as NAMESPACE/POD/UID")
    return namespace, name, uid
