"""How a model of MLflow is named: `mlflow:wine/3`, `mlflow:wine@champion`, `mlflow:wine` (every version), `mlflow:` (every model)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policyctl.model.errors import InputError
from policyctl.model.printable import printable

SCHEME = "mlflow"
_NAMED = re.compile(r"(?P<name>[^/@:]+)(/(?P<version>[1-9][0-9]*)|@(?P<alias>[^/@:]+))?")


@dataclass(frozen=True, slots=True)
class Reference:
    """What is asked for. All empty: every version of every model; `name` alone: every version of this one.

    Source: MLflow, names hold neither "/" nor ":"; versions are whole numbers from 1.
    """

    name: str = ""
    version: str = ""
    alias: str = ""


def parse_reference(text: str) -> Reference:
    """From what stands behind "mlflow:". MLflow's own form, with a slash before the name, is understood. Raises InputError."""
    named = text.lstrip("/")
    if not named:
        return Reference()
    if found := _NAMED.fullmatch(named):
        return Reference(found["name"], found["version"] or "", found["alias"] or "")
    raise InputError(
        f"{SCHEME}:{printable(text)} names no model of MLflow",
        hint="write mlflow:NAME/VERSION, mlflow:NAME@ALIAS, mlflow:NAME for every version, or mlflow: for every model",
    )
