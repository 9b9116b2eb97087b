"""`policyctl doctor`: is everything there that a run needs."""

from __future__ import annotations

from dataclasses import asdict

import typer

from policyctl.cli import options
from policyctl.cli.output import emit, emit_json, one_of
from policyctl.model.errors import first_exit_code
from policyctl.model.printable import printable

EXAMPLE = "Example: policyctl doctor --profile eu-ai-act-high-risk"


def doctor(
    profile: options.Profile = None,
    ledger: options.Ledger = None,
    opa: options.Opa = None,
    trusted_config: options.TrustedConfig = None,
    bundle: options.Bundle = None,
    bundle_key: options.BundleKey = None,
    output: options.TextOrJson = "table",
) -> None:
    """Try everything that a run needs: configuration, content, profile, systems, OPA and ledger. Say what is wrong and what mends it.

    The exit code is the one that a run would end with.
    """
    one_of(output, "table", "json")
    from policyctl import settings
    from policyctl.doctor import checks

    flags = {
        "profile": profile,
        "ledger": ledger,
        "opa": opa,
        "trusted_config": trusted_config,
        "bundle": bundle,
        "bundle_key": bundle_key,
    }
    found = []
    for check in checks(lambda: settings.load(flags)):
        found.append(check)
        if output == "table":
            emit(f"{check.state:5}  {check.name:13}  {printable(check.said)}")
            if check.fix:
                emit(f"{'':22}fix: {printable(check.fix)}")
    if output == "json":
        emit_json({"checks": [asdict(check) for check in found]})
    raise typer.Exit(first_exit_code({check.exit_code for check in found}))
