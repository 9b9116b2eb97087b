"""`policyctl admission`: deciding inside Kubernetes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from policyctl.cli import options
from policyctl.cli.output import emit
from policyctl.model.errors import UsageError

app = typer.Typer(help="Decide inside Kubernetes.", no_args_is_help=True)

_WEBHOOK = "Example: policyctl admission webhook --service policyctl/policyctl --ca ca.crt | kubectl apply -f -"
_SERVE = "Example: policyctl admission serve --cert tls.crt --key tls.key --profile eu-ai-act-high-risk"


@app.command("serve", epilog=_SERVE)
def serve(
    cert: Annotated[Path, typer.Option("--cert", help="The server's certificate, with its chain (PEM).")],
    key: Annotated[Path, typer.Option("--key", help="Its key (PEM), without a password.")],
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
    profile: options.Profile = None,
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
    from policyctl import context, opening, settings

    flags = {
        "profile": profile,
        "ledger": ledger,
        "opa": opa,
        "trusted_config": trusted_config,
        "waiver_key": waiver_key,
        "bundle": bundle,
        "bundle_key": bundle_key,
    }
    where = _address("--listen", listen)
    status = _address("--status-listen", status_listen) if status_listen else None
    try:
        from policyctl.admission import serving
        from policyctl.admission.cluster.api import Api
        from policyctl.admission.cluster.cache import Cache
        from policyctl.admission.cluster.watching import Watches
        from policyctl.admission.metrics import Metrics
    except ImportError as error:
        raise UsageError(
            f"the server needs {error.name}, which is not installed", hint="pip install 'policyctl[admission]'"
        ) from error
    from policyctl.admission.certificates import Certificate
    from policyctl.admission.judging import Judging
    from policyctl.admission.subjects import nothing_known
    from policyctl.pipeline import Standing

    with opening.open_run(settings.load(flags), ["kubernetes_object"], timeout=4) as run:
        standing = Standing.of(run, system, context.current())
        for note in (*run.settings.notes, *standing.systems.notes, *standing.waivers.notes):
            typer.echo(f"policyctl: {note}", err=True)
        metrics = Metrics()
        cache = Cache() if cluster else None
        watches = Watches(Api(cluster), cache) if cluster and cache else None
        around = cache.run if cache else nothing_known
        judging = Judging(standing, context.current, timeout=3, seen=metrics.decided, around=around)
        try:
            serving.serve(serving.Where(where, Certificate(cert, key, client_ca), status), judging, metrics)
        finally:
            judging.close()
            if watches:
                watches.close()


@app.command("webhook", epilog=_WEBHOOK)
def webhook(
    ca: Annotated[Path, typer.Option("--ca", help="The CA (PEM) that the server's certificate comes from.")],
    url: Annotated[
        str | None, typer.Option("--url", help="Where the API server reaches policyctl outside of the cluster.")
    ] = None,
    service: Annotated[
        str | None, typer.Option("--service", metavar="NAMESPACE/NAME[:PORT]", help="The service inside of it.")
    ] = None,
    untouched: Annotated[
        list[str] | None,
        typer.Option("--except", metavar="NAMESPACE", help="A namespace that is never asked about; may be repeated."),
    ] = None,
    timeout: Annotated[int, typer.Option("--timeout", min=1, max=30, help="Seconds that the API server waits.")] = 5,
) -> None:
    """Print the webhook configuration that has an API server ask policyctl; apply it with kubectl.

    Namespaces labelled policyctl.dev/ai-systems=true fail closed, all others fail open; the system's own are never asked about.
    """
    import yaml

    from policyctl.admission import webhook as made

    if bool(url) == bool(service):
        raise UsageError("the webhook is reached by one of --url and --service", hint=_WEBHOOK)
    own: list[str] = []
    if service:
        namespace, name, port = _service(service)
        client, own = made.by_service(namespace, name, port), [namespace]
    else:
        client = {"url": _url(str(url))}
    built = made.configuration(client, _pem(ca), untouched=[*own, *(untouched or [])], seconds=timeout)
    emit(yaml.safe_dump(built, sort_keys=False, width=120).rstrip())


def _service(text: str) -> tuple[str, str, int]:
    namespace, _, rest = text.partition("/")
    name, colon, port = rest.partition(":")
    if not namespace or not name or (colon and not (port.isascii() and port.isdigit() and 0 < int(port) < 65536)):
        raise UsageError(f"--service: {text!r} names no service", hint="write it as policyctl/policyctl:443")
    return namespace, name, int(port or 443)


def _url(text: str) -> str:
    if not text.startswith("https://"):
        raise UsageError(f"--url: {text!r}: an API server asks over https only", hint="write https://HOST:PORT")
    return f"{text.rstrip('/').removesuffix('/v1/admit')}/v1/admit"


def _pem(file: Path) -> bytes:
    from cryptography import x509

    try:
        content = file.read_bytes()
        x509.load_pem_x509_certificates(content)
    except OSError as error:
        raise UsageError(f"--ca: {file}: {error.strerror}", hint="give the PEM file of the CA") from error
    except ValueError as error:
        raise UsageError(f"--ca: {file} holds no certificate", hint="give the PEM file of the CA") from error
    return content


def _address(option: str, text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not (port.isascii() and port.isdigit()) or int(port) > 65535:
        raise UsageError(f"{option}: {text!r} is no address", hint="write it as 0.0.0.0:8443 or [::]:8443")
    return host.removeprefix("[").removesuffix("]"), int(port)
