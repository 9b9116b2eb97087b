"""The options that several commands share, each with its one wording."""

from __future__ import annotations

from typing import Annotated

import typer

from policyctl.cli import completing
from policyctl.model.errors import UsageError

Profile = Annotated[
    str | None,
    typer.Option(
        "--profile",
        "-p",
        help="Profile id, or a profile's YAML file. [default: baseline]",
        autocompletion=completing.profiles,
    ),
]
Ledger = Annotated[
    str | None, typer.Option("--ledger", help="The ledger's file or URL. [default: in the user's state folder]")
]
Opa = Annotated[
    str | None, typer.Option("--opa", help="URL of an OPA that serves the bundle, or container:IMAGE to start one.")
]
TrustedConfig = Annotated[
    str | None,
    typer.Option(
        "--trusted-config",
        help="Folder outside the tree, or git:refs/remotes/origin/main, whose policyctl.yaml alone has effect.",
    ),
]
WaiverKey = Annotated[
    str | None,
    typer.Option("--waiver-key", help="Public key (PEM) outside the tree: waivers that it has signed have effect."),
]
Bundle = Annotated[
    str | None, typer.Option("--bundle", help="Archive of the bundle that decides, in place of the content folders.")
]
BundleKey = Annotated[
    str | None, typer.Option("--bundle-key", help="Public key (PEM) outside the tree: it must have signed the bundle.")
]
Kind = Annotated[
    str | None,
    typer.Option(
        "--kind",
        help="What the named files are, instead of telling it from their content.",
        autocompletion=completing.kinds,
    ),
]
System = Annotated[
    str | None, typer.Option("--system", help="The AI system: a system.yaml, or an id of policyctl.yaml.")
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Decide as on this UTC day; other than today it is a simulation."),
]
TextOrJson = Annotated[
    str, typer.Option("--output", "-o", help="table or json.", autocompletion=completing.text_or_json)
]


def day(text: str | None) -> str:
    """An ISO day, empty for None. Raises UsageError for anything else."""
    from datetime import date

    if text is None:
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise UsageError(f"--as-of: {text!r} is no day", hint="write it as 2027-12-02") from error


def address(option: str, text: str) -> tuple[str, int]:
    """Host and port of "HOST:PORT". Raises UsageError, which names the option."""
    host, _, port = text.rpartition(":")
    if not host or not (port.isascii() and port.isdigit()) or int(port) > 65535:
        raise UsageError(f"{option}: {text!r} is no address", hint="write it as 0.0.0.0:8443 or [::]:8443")
    return host.removeprefix("[").removesuffix("]"), int(port)
