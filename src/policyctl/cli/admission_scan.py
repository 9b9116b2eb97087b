"""`policyctl admission scan`: what runs already."""

from __future__ import annotations

import signal
import sys
from threading import Event
from typing import TYPE_CHECKING, Annotated

import typer

from policyctl.cli import options
from policyctl.cli.clusters import Cluster, NamespaceProfile, require
from policyctl.cli.output import as_json_line, emit, emit_json, emit_rows, one_of

if TYPE_CHECKING:
    from policyctl.admission.scanning.following import Change
    from policyctl.admission.scanning.running import Done

EXAMPLE = "Example: policyctl admission scan --profile eu-ai-act-high-risk --would-deny"


def scan(
    cluster: Cluster = "",
    namespace: Annotated[
        list[str] | None, typer.Option("--namespace", "-n", help="Only this namespace; may be repeated.")
    ] = None,
    untouched: Annotated[
        list[str] | None,
        typer.Option("--except", metavar="NAMESPACE", help="A namespace that is left out; may be repeated."),
    ] = None,
    would_deny: Annotated[
        bool,
        typer.Option("--would-deny", help="Name each object that a control would deny, if the profile had it deny."),
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on after that: decide what changes, as it changes. Ends on SIGTERM.")
    ] = False,
    no_reports: Annotated[
        bool, typer.Option("--no-reports", help="Write no PolicyReports, though the cluster has their CRD.")
    ] = False,
    no_record: Annotated[bool, typer.Option("--no-record", help="Do not record the decisions.")] = False,
    output: options.TextOrJson = "table",
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
    """Decide about all that a cluster runs already, as `check` and the webhook do, and record it.

    Says what was admitted without a decision or has changed since, and what each control would deny if it did. System namespaces are
    left out unless they are named. The exit codes are those of `check`. With --watch, a line for each object that is not as it was.
    """
    one_of(output, "table", "json")
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
    with require():
        from policyctl.admission.scanning.running import Told, running
    told = Told(
        cluster, namespace or (), untouched or (), not no_record, not no_reports, system, namespace_profile or ()
    )
    with running(settings.load(flags), told) as ready:
        if not watch:
            _tell(done := ready.once(), output, would_deny)
            raise typer.Exit(done.scanned.exit_code)
        from policyctl.admission.scanning.keeping_on import keep_on

        code = keep_on(
            ready,
            lambda done: _tell(done, output, would_deny, in_lines=True),
            lambda one: _tell_change(one, output),
            _ended(),
        )
    raise typer.Exit(code)


def _ended() -> Event:
    """Set by SIGTERM or SIGINT."""
    ended = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    return ended


def _tell_change(change: Change, output: str) -> None:
    from policyctl.admission.scanning import telling

    emit(telling.change_line(change) if output != "json" else as_json_line(telling.plain_change(change)))
    sys.stdout.flush()


def _tell(done: Done, output: str, would_deny: bool, *, in_lines: bool = False) -> None:
    """`in_lines`: more JSON follows, so that each value stands on a line."""
    from policyctl.admission.scanning import telling
    from policyctl.progress import say

    if output == "json" and in_lines:
        emit(as_json_line(telling.plain(done)))
        sys.stdout.flush()
    elif output == "json":
        emit_json(telling.plain(done))
    else:
        for header, rows in telling.tables(done, would_deny=would_deny):
            emit_rows(header, rows)
            emit("")
        for sentence in telling.sentences(done):
            emit(sentence)
    for note in (*done.notes, *done.written):
        say(f"policyctl: {note}")
