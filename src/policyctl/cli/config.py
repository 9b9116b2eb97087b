"""`policyctl config`: every setting, and where its value comes from."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from policyctl.cli import options
from policyctl.cli.output import emit, emit_json, emit_rows, one_of

if TYPE_CHECKING:
    from policyctl.settings import Settings

app = typer.Typer(help="The settings of a run.", no_args_is_help=True)

_VARIABLES = {
    "profile": "POLICYCTL_PROFILE",
    "ledger": "POLICYCTL_LEDGER",
    "opa": "POLICYCTL_OPA_SERVER",
    "waiver_key": "POLICYCTL_WAIVER_KEY",
    "bundle": "POLICYCTL_BUNDLE",
    "bundle_key": "POLICYCTL_BUNDLE_KEY",
    "bundle_sequence_min": "POLICYCTL_BUNDLE_SEQUENCE_MIN",
}
_PATHS = ("POLICYCTL_OPA", "POLICYCTL_CACHE", "POLICYCTL_OPA_CA", "POLICYCTL_OPA_CERT", "POLICYCTL_OPA_KEY")
_SECRETS = ("POLICYCTL_OPA_TOKEN",)
_OTHER = {"root", "local_key", "trusted", "notes", "file", "stated"}


@app.command("show", epilog="Example: policyctl config show --trusted-config ../policy")
def show(
    profile: options.Profile = None,
    ledger: options.Ledger = None,
    opa: options.Opa = None,
    trusted_config: options.TrustedConfig = None,
    bundle: options.Bundle = None,
    bundle_key: options.BundleKey = None,
    output: options.TextOrJson = "table",
) -> None:
    """Show every setting of a run with these options, its value, and where that comes from. Secrets are not shown."""
    one_of(output, "table", "json")
    from policyctl import settings

    flags = {
        "profile": profile,
        "ledger": ledger,
        "opa": opa,
        "trusted_config": trusted_config,
        "bundle": bundle,
        "bundle_key": bundle_key,
    }
    loaded = settings.load(flags)
    rows = [*_of_settings(loaded, flags), *_of_environment()]
    if output == "json":
        keys = ("setting", "value", "source")
        emit_json({"settings": [dict(zip(keys, row, strict=True)) for row in rows], "notes": list(loaded.notes)})
        return
    emit_rows(("SETTING", "VALUE", "FROM"), [(name, _text(value), source) for name, value, source in rows])
    for note in loaded.notes:
        emit(f"note: {note}")


def _of_settings(loaded: Settings, flags: Mapping[str, str | None]) -> Iterator[tuple[str, Any, str]]:
    from policyctl.bundles.keys import is_text
    from policyctl.ledger.address import masked
    from policyctl.recording import address

    trusted = flags["trusted_config"] or os.environ.get("POLICYCTL_TRUSTED_CONFIG") or ""
    yield "trusted_config", trusted, _source("trusted_config", "POLICYCTL_TRUSTED_CONFIG", loaded, flags)
    for name in (field.name for field in fields(loaded) if field.name not in _OTHER):
        value = getattr(loaded, name)
        if name in ("ledger", "opa"):
            value = masked(address(loaded) if name == "ledger" else value)
        if name == "bundle_key" and is_text(value):
            value = "(a key's text, not shown)"
        yield name, _plain(value), _source(name, _VARIABLES.get(name, ""), loaded, flags)


def _of_environment() -> Iterator[tuple[str, Any, str]]:
    for name in (*_PATHS, *_SECRETS):
        if value := os.environ.get(name):
            yield name, "(set, not shown)" if name in _SECRETS else value, "environment"


def _source(name: str, variable: str, loaded: Settings, flags: Mapping[str, str | None]) -> str:
    """The last place that says something: a flag, a variable, the file, else nobody."""
    if flags.get(name):
        return "--" + name.replace("_", "-")
    if variable and os.environ.get(variable):
        return variable
    return str(loaded.file) if name in loaded.stated else "default"


def _plain(value: Any) -> Any:
    if not isinstance(value, tuple):
        return value
    return [
        str(item) if isinstance(item, Path) else {"file": str(item.file), "paths": list(item.paths)} for item in value
    ]


def _text(value: Any) -> str:
    if not isinstance(value, list):
        return str(value) or "-"
    return ", ".join(item if isinstance(item, str) else item["file"] for item in value) or "-"
