"""`policyctl admission`: deciding inside Kubernetes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from policyctl.cli import admission_break_glass, admission_install, admission_scan, admission_serve
from policyctl.cli.clusters import NamespaceProfile
from policyctl.cli.output import emit
from policyctl.model.errors import UsageError

app = typer.Typer(help="Decide inside Kubernetes.", no_args_is_help=True)
app.command("install", epilog=admission_install.INSTALL)(admission_install.install)
app.command("status", epilog=admission_install.STATUS)(admission_install.status)
app.command("uninstall", epilog=admission_install.UNINSTALL)(admission_install.uninstall)
app.command("scan", epilog=admission_scan.EXAMPLE)(admission_scan.scan)
app.command("serve", epilog=admission_serve.EXAMPLE)(admission_serve.serve)

app.add_typer(admission_break_glass.app, name="break-glass")

_WEBHOOK = "Example: policyctl admission webhook --service policyctl/policyctl --ca ca.crt | kubectl apply -f -"


@app.command("webhook", epilog=_WEBHOOK)
def webhook(
    ca: Annotated[
        Path | None,
        typer.Option("--ca", help="The CA (PEM) of the server's certificate. Without, the server writes its own in."),
    ] = None,
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
    namespace_profile: NamespaceProfile = None,
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
    built = made.configuration(
        client,
        _pem(ca) if ca else b"",
        untouched=[*own, *(untouched or [])],
        seconds=timeout,
        profiles=namespace_profile or (),
    )
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
    return text.rstrip("/").removesuffix("/v1/admit")


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
