"""`policyctl admission break-glass`: letting through what is denied, for some hours and on record."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import typer

from policyctl.cli import options
from policyctl.cli.clusters import Cluster, api_of
from policyctl.cli.output import emit, emit_json, emit_rows, one_of
from policyctl.model.errors import UsageError

app = typer.Typer(help="Let through what is denied, for some hours and on record.", no_args_is_help=True)
_START = "Example: policyctl admission break-glass start --namespace ml --for 2h --approved-by alex --reason INC-4711"
_HOURS = re.compile(r"([1-9][0-9]{0,3})([hm])")

Where = Annotated[
    str, typer.Option("--in", metavar="NAMESPACE", help="policyctl's own namespace, where they are kept.")
]


@app.command("start", epilog=_START)
def start(
    approved_by: Annotated[str, typer.Option("--approved-by", metavar="NAME", help="Who answers for it.")],
    reason: Annotated[str, typer.Option("--reason", help="Why: the incident, and what has to be done.")],
    duration: Annotated[str, typer.Option("--for", metavar="TIME", help="How long: 30m, 2h; 24h at most.")],
    namespace: Annotated[
        list[str], typer.Option("--namespace", help="Where; may be repeated. - for what is in no namespace.")
    ],
    user: Annotated[
        list[str] | None,
        typer.Option("--user", help="Only for this user of the cluster; may be repeated. [default: anybody]"),
    ] = None,
    where: Where = "policyctl",
    cluster: Cluster = "",
) -> None:
    """Let through what is denied in some namespaces. Decisions stay denials on record, and name the break-glass."""
    until = datetime.now(UTC) + _duration(duration)
    with closing(api_of(cluster)) as api:
        from policyctl.admission import break_glass as shape
        from policyctl.admission.cluster import break_glasses

        said = (approved_by.strip(), reason.strip(), until, namespace, user or [])
        value = break_glasses.config_map(where, shape.data_of(*said, started_by=break_glasses.whoami(api)))
        _refused(shape.read(_made_now(value)))
        made = _refused(break_glasses.start(api, value))
    emit(f"{made.name}: {', '.join(made.namespaces)} until {shape.stamp(made.until)}")


@app.command("list", epilog="Example: policyctl admission break-glass list --output json")
def listed(where: Where = "policyctl", cluster: Cluster = "", output: options.TextOrJson = "table") -> None:
    """List break-glasses: those in force, those that are over, and those that have no effect, with the reason."""
    one_of(output, "table", "json")
    with closing(api_of(cluster)) as api:
        from policyctl.admission.break_glass import BreakGlass, stamp
        from policyctl.admission.cluster import break_glasses

        found = break_glasses.listed(api, where)
    states = [break_glasses.state(one, datetime.now(UTC)) for one in found]
    if output == "json":
        told = [one.told() if isinstance(one, BreakGlass) else {"name": one.name, "why": one.why} for one in found]
        emit_json({"break_glasses": [{**one, "state": state} for one, state in zip(told, states, strict=True)]})
        return
    rows = [
        (one.name, state, stamp(one.until), ",".join(one.namespaces), one.approved_by, one.reason)
        if isinstance(one, BreakGlass)
        else (one.name, state, "-", "-", "-", one.why)
        for one, state in zip(found, states, strict=True)
    ]
    emit_rows(("NAME", "STATE", "UNTIL", "NAMESPACES", "APPROVED BY", "REASON"), rows)


@app.command("end", epilog="Example: policyctl admission break-glass end break-glass-1f0c9a2e")
def end(
    name: Annotated[str, typer.Argument(metavar="NAME", help="As list shows it.")],
    where: Where = "policyctl",
    cluster: Cluster = "",
) -> None:
    """End a break-glass at once. What it let through stays in the cluster."""
    with closing(api_of(cluster)) as api:
        from policyctl.admission.cluster import break_glasses

        if not break_glasses.end(api, where, name):
            raise UsageError(
                f"no break-glass {name!r} in namespace {where}", hint="see policyctl admission break-glass list"
            )
    emit(f"{name}: ended")


def _duration(text: str) -> timedelta:
    if read := _HOURS.fullmatch(text):
        return timedelta(**{"hours" if read[2] == "h" else "minutes": int(read[1])})
    raise UsageError(f"--for: {text!r} is no time", hint="write it as 30m or 2h")


def _made_now(value: dict[str, Any]) -> dict[str, Any]:
    """As the API server would date it."""
    from policyctl.admission.break_glass import stamp

    return {**value, "metadata": {**value["metadata"], "creationTimestamp": stamp(datetime.now(UTC))}}


def _refused(one: Any) -> Any:
    """The break-glass. Raises UsageError where it has no effect."""
    from policyctl.admission.break_glass import Refused

    if isinstance(one, Refused):
        raise UsageError(f"this break-glass would have no effect: {one.why}", hint=_START)
    return one
