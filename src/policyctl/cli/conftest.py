"""The options of `check` for policies written for Conftest, named as Conftest names them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from policyctl.model.errors import UsageError

if TYPE_CHECKING:
    from policyctl.configurations import Configurations
    from policyctl.policies import Policies

_PANEL = "Policies written for Conftest"

Policy = Annotated[
    list[str] | None,
    typer.Option("--policy", metavar="DIR", help="Rego for Conftest; repeated.", rich_help_panel=_PANEL),
]
Namespace = Annotated[
    list[str] | None,
    typer.Option(
        "--namespace",
        "-n",
        help="Package whose rules are asked, with * and ?; repeated. [default: main]",
        rich_help_panel=_PANEL,
    ),
]
AllNamespaces = Annotated[
    bool, typer.Option("--all-namespaces", help="Ask the rules of every package.", rich_help_panel=_PANEL)
]
Data = Annotated[
    list[str] | None,
    typer.Option("--data", "-d", metavar="PATH", help="JSON or YAML for `data`; repeated.", rich_help_panel=_PANEL),
]
Combine = Annotated[
    bool, typer.Option("--combine", help="Judge all files together: [{path, contents}].", rich_help_panel=_PANEL)
]
Parser = Annotated[
    str | None,
    typer.Option("--parser", metavar="FORMAT", help="What the named files are: yaml, hcl2 …", rich_help_panel=_PANEL),
]
RegoVersion = Annotated[
    str | None, typer.Option("--rego-version", help="v0 or v1. [default: v1]", rich_help_panel=_PANEL)
]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The policies that decide, and how the files that they decide about are read."""

    policies: Policies
    configurations: Configurations


def chosen(
    policy: Sequence[str] | None,
    namespace: Sequence[str] | None,
    all_namespaces: bool,
    data: Sequence[str] | None,
    combine: bool,
    parser: str | None,
    rego_version: str | None,
    profile: str | None,
) -> Chosen | None:
    """What these options say; None where they name no policies. Raises UsageError for options that do not go together."""
    if not policy:
        given = {
            "--namespace": namespace,
            "--all-namespaces": all_namespaces,
            "--data": data,
            "--combine": combine,
            "--parser": parser,
            "--rego-version": rego_version,
        }
        if lonely := [option for option, value in given.items() if value]:
            raise UsageError(f"{', '.join(lonely)}: only with --policy", hint="name the folder of the policies")
        return None
    from policyctl.configurations import Configurations
    from policyctl.policies import Policies

    if profile is not None:
        raise UsageError(
            "--profile goes without --policy: it selects controls of the library",
            hint="of policies written for Conftest, deny and violation deny, warn warns",
        )
    if namespace and all_namespaces:
        raise UsageError("--namespace and --all-namespaces exclude each other", hint="leave out one of them")
    namespaces = () if all_namespaces else _words(namespace) or ("main",)
    return Chosen(
        Policies(_words(policy), namespaces, _words(data), _version(rego_version)),
        Configurations(parser or "", combine),
    )


def _words(given: Sequence[str] | None) -> tuple[str, ...]:
    """Conftest takes several at once, with commas between them."""
    return tuple(word for text in given or () for word in text.split(",") if word)


def _version(given: str | None) -> Literal["v0", "v1"]:
    match (given or "v1").lower():
        case "v1":
            return "v1"
        case "v0":
            return "v0"
    raise UsageError(f"--rego-version: {given} is none", hint="v0 or v1")
