"""What MLflow's answers hold, read by type: what is of another type than documented is as absent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from math import isfinite
from typing import Any

from policyctl.collectors.json_values import parse_json
from policyctl.collectors.moments import moment
from policyctl.model.errors import InputError


def texts(entry: Mapping[str, Any], /, **names: str) -> dict[str, str]:
    """Those keys of `entry` that hold a text and are not empty, under the names of our facts: `texts(run, user="user_id")`."""
    return {ours: value for ours, theirs in names.items() if isinstance(value := entry.get(theirs), str) and value}


def moments(entry: Mapping[str, Any], /, **names: str) -> dict[str, str]:
    """Those keys that hold milliseconds since 1970, as moments."""
    return {ours: found for ours, theirs in names.items() if (found := _moment(entry.get(theirs)))}


def pairs(value: Any) -> dict[str, str]:
    """A list of {key, value}, as MLflow gives tags and parameters; or a mapping, as its exports do."""
    if isinstance(value, dict):
        return {key: one for key, one in value.items() if isinstance(one, str)}
    entries = value if isinstance(value, list) else []
    return {
        entry["key"]: entry["value"]
        for entry in entries
        if isinstance(entry, dict) and isinstance(entry.get("key"), str) and isinstance(entry.get("value"), str)
    }


def mappings(value: Any) -> list[dict[str, Any]]:
    """The mappings in a list."""
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def number(value: Any) -> float | None:
    """A finite number. MLflow writes others as the texts "NaN" and "Infinity"."""
    known = isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value)
    return value if known else None


def inner_json(text: Any) -> Any:
    """The JSON in a text, as MLflow packs schemas and sources; None where it holds none."""
    try:
        return parse_json(text, "") if isinstance(text, str) else None
    except InputError:
        return None


def _moment(value: Any) -> str:
    """MLflow gives 64-bit numbers as numbers, some of its relatives as text."""
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value)
    milliseconds = number(value)
    if not milliseconds or milliseconds < 0:
        return ""
    try:
        return moment(datetime.fromtimestamp(milliseconds / 1000, UTC))
    except (OverflowError, ValueError, OSError):
        return ""
