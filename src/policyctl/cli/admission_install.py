"""`policyctl admission install`, `status` and `uninstall`: the webhook in a cluster."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated

import typer

from policyctl.cli import options
from policyctl.cli.clusters import Cluster, Controller, NamespaceProfile, api_of
from policyctl.cli.output import emit, emit_json, one_of
from policyctl.model.errors import NOT_CHECKED

INSTALL = (
    "Example: policyctl admission install --image registry.example.org/policyctl@sha256:… --profile eu-ai-act-high-risk"
)
STATUS = "Example: policyctl admission status --output json"
UNINSTALL = "Example: policyctl admission uninstall"


def install(
    image: Annotated[
        str, typer.Option("--image", help="policyctl's image, built with LOCK=admission; best by its digest.")
    ],
    profile: options.Profile = None,
    namespace_profile: NamespaceProfile = None,
    controller: Controller = None,
    ledger: options.Ledger = None,
    untouched: Annotated[
        list[str] | None,
        typer.Option("--except", metavar="NAMESPACE", help="A namespace that is never asked about; may be repeated."),
    ] = None,
    timeout: Annotated[int, typer.Option("--timeout", min=1, max=30, help="Seconds that the API server waits.")] = 5,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Let the API server say what it would do.")] = False,
    cluster: Cluster = "",
) -> None:
    """Put the webhook into namespace policyctl of a cluster, or bring it to this version.

    Namespaces fail closed once they are labelled: kubectl label namespace NAME policyctl.dev/ai-systems=true
    """
    arguments = [f"--{name}={value}" for name, value in (("profile", profile), ("ledger", ledger)) if value]
    arguments += [f"--controller={account}" for account in controller or ()]
    with closing(api_of(cluster)) as api:
        from policyctl.admission.installing import Wanted, install

        for line in install(
            api, Wanted(image, arguments, untouched or (), timeout, namespace_profile or ()), dry_run=dry_run
        ):
            emit(line)


def status(cluster: Cluster = "", output: options.TextOrJson = "table") -> None:
    """Say what of the webhook is there, and which namespaces fail closed. Exit code 3 where something keeps it from deciding."""
    one_of(output, "table", "json")
    with closing(api_of(cluster)) as api:
        from policyctl.admission.installing import status

        found = status(api)
    if output == "json":
        emit_json({"objects": found.objects, "problems": found.problems, "closed": found.closed})
    else:
        for name, there in found.objects.items():
            emit(f"{'there ' if there else 'absent'}  {name}")
        emit(f"fail closed: {', '.join(found.closed) or 'no namespace is labelled policyctl.dev/ai-systems=true'}")
        for problem in found.problems:
            emit(f"problem: {problem}")
    raise typer.Exit(NOT_CHECKED if found.problems else 0)


def uninstall(cluster: Cluster = "") -> None:
    """Take the webhook out of a cluster. Its namespace and the volume with the ledger are left."""
    with closing(api_of(cluster)) as api:
        from policyctl.admission.installing import uninstall

        for line in uninstall(api):
            emit(line)
