"""What the commands about a cluster share: which one is meant, and what only some installations have."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from policyctl.model.errors import UsageError

if TYPE_CHECKING:
    from policyctl.admission.cluster.api import Api

Cluster = Annotated[
    str, typer.Option("--cluster", metavar="KUBECONFIG", help="The cluster. [default: as kubectl]", show_default=False)
]

NamespaceProfile = Annotated[
    list[str] | None,
    typer.Option(
        "--namespace-profile",
        metavar="PROFILE",
        help="One that a namespace may choose by its label policyctl.dev/profile; may be repeated.",
    ),
]

Controller = Annotated[
    list[str] | None,
    typer.Option(
        "--controller",
        metavar="ACCOUNT",
        help="Also this account makes pods, ReplicaSets and Jobs for their owners; may be repeated.",
    ),
]


@contextmanager
def require() -> Iterator[None]:
    """Around the import of what only some installations have. Raises UsageError where it is missing."""
    try:
        yield
    except ImportError as error:
        raise UsageError(
            f"this needs {error.name}, which is not installed", hint="pip install 'policyctl[admission]'"
        ) from error


def api_of(cluster: str) -> Api:
    """The API server of a cluster. Raises UsageError where the kubeconfig does not serve."""
    with require():
        from policyctl.admission.cluster.api import Api
    return Api(cluster)
