"""What a file of results tells, and how its values are read: what is of another type than documented is as absent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from math import isfinite
from typing import Any, Final, cast

from policyctl.collectors.moments import moment
from policyctl.model.facts.model import DataCheck, Evaluation

_EARLIEST: Final = timezone(timedelta(hours=14))


@dataclass(frozen=True, slots=True)
class Told:
    """What one file tells. `untold` are, in words, what could not be measured and what cannot be read.

    The evaluations are bound to nothing: a file says what was measured, and not on which files of a model.
    """

    evaluations: tuple[Evaluation, ...] = ()
    data_checks: tuple[DataCheck, ...] = ()
    untold: tuple[str, ...] = ()


def evaluation(metric: str, tool: str, aspect: str, **more: Any) -> Evaluation:
    """An evaluation. Of the other keys, those that are None or empty are left out."""
    known = {key: value for key, value in more.items() if value is not None and value != ""}
    return cast("Evaluation", {"metric": metric.lower(), "tool": tool, "bound": "nothing", "aspect": aspect, **known})


def number(value: Any) -> float | None:
    """A finite number."""
    known = isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value)
    return value if known else None


def count(value: Any) -> int | None:
    """A whole number from zero."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def text(value: Any) -> str | None:
    """A text that is not empty."""
    return value if isinstance(value, str) and value else None


def mapping(value: Any, *keys: str) -> Mapping[str, Any]:
    """The mapping below the keys; an empty one where there is none."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def mappings(value: Any) -> list[Mapping[str, Any]]:
    """The mappings in a list."""
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, (list, tuple)) else []


def at(written: Any) -> str | None:
    """The moment of a time in ISO 8601, or in seconds since 1970. One without a zone is taken for the earliest moment that it may be, so
    that nothing seems younger than it is.
    """
    try:
        if (seconds := number(written)) is not None:
            return moment(datetime.fromtimestamp(seconds, UTC)) if seconds > 0 else None
        time = datetime.fromisoformat(written) if isinstance(written, str) else None
        return moment(time if time.tzinfo else time.replace(tzinfo=_EARLIEST)) if time else None
    except (ValueError, OverflowError, OSError):
        return None
