"""Moments as facts give them: in UTC, 2026-11-22T18:00:18.000Z, so that texts compare as times do."""

from __future__ import annotations

from datetime import UTC, datetime


def moment(time: datetime) -> str:
    """A time that has a zone, as a moment."""
    return time.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
