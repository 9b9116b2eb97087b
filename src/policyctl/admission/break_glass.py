"""A break-glass: a ConfigMap by which administrators let through, for some hours, what is denied: who approved it, why, and where.

What is not said as it should be has no effect: a key that is misspelt could else have been the one that limits it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from policyctl.admission.review import Request
from policyctl.model.printable import printable

LABEL = ("policyctl.dev/break-glass", "true")
"""Of the ConfigMaps that are break-glasses."""
SELECTOR = "=".join(LABEL)
LONGEST = timedelta(hours=24)
_CLOCKS = timedelta(minutes=5)
"""That the clock of the API server, which dates a ConfigMap, may differ from others."""
_NEEDED, _MORE = ("approved_by", "reason", "until", "namespaces"), ("users", "started_by")
_SHOWN = 200
_NAMESPACE = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
NO_NAMESPACE = "-"
"""Among `namespaces`, stands for objects that are in none."""


@dataclass(frozen=True, slots=True)
class BreakGlass:
    """One that is in its shape. `users`: nobody else, where some are named. `uid` is the API server's, so that its audit log says who
    made it.
    """

    name: str
    uid: str
    approved_by: str
    reason: str
    until: datetime
    namespaces: tuple[str, ...]
    users: tuple[str, ...] = ()
    started_by: str = ""

    def covers(self, request: Request, now: datetime) -> bool:
        """Whether it lets through what is denied to this request."""
        inside = (request.namespace or NO_NAMESPACE) in self.namespaces
        return inside and now < self.until and (not self.users or request.userInfo.username in self.users)

    def told(self) -> dict[str, Any]:
        """As it is recorded."""
        return {
            "name": self.name,
            "uid": self.uid,
            "approved_by": self.approved_by,
            "reason": self.reason,
            "until": stamp(self.until),
            "namespaces": list(self.namespaces),
            "users": list(self.users),
            "started_by": self.started_by,
        }

    def answered(self) -> str:
        """What is said where it lets something through."""
        by = f"approved by {self.approved_by} until {stamp(self.until)}"
        return printable(f"allowed: break-glass {self.name}, {by}: {self.reason}", _SHOWN)


@dataclass(frozen=True, slots=True)
class Refused:
    """One without effect, and why."""

    name: str
    uid: str
    why: str


def data_of(
    approved_by: str, reason: str, until: datetime, namespaces: Sequence[str], users: Sequence[str], started_by: str
) -> dict[str, str]:
    """The data of a ConfigMap that says this."""
    told = {
        "approved_by": approved_by,
        "reason": reason,
        "until": stamp(until),
        "namespaces": "\n".join(namespaces),
        "users": "\n".join(users),
        "started_by": started_by,
    }
    return {key: value for key, value in told.items() if value or key in _NEEDED}


def read(value: Mapping[str, Any]) -> BreakGlass | Refused:
    """What a ConfigMap says, as an API server gives it."""
    name, uid = str(value["metadata"]["name"]), str(value["metadata"].get("uid", ""))
    try:
        return _read(value, name, uid)
    except ValueError as error:
        return Refused(name, uid, printable(str(error), _SHOWN))


def stamp(moment: datetime) -> str:
    """As people and programs read it: 2026-11-22T14:00:00Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _read(value: Mapping[str, Any], name: str, uid: str) -> BreakGlass:
    data = {key: str(text).strip() for key, text in (value.get("data") or {}).items()}
    if unknown := sorted({*data, *(value.get("binaryData") or {})} - {*_NEEDED, *_MORE}):
        raise ValueError(f"{unknown[0]} is none of {', '.join((*_NEEDED, *_MORE))}")
    if missing := [key for key in _NEEDED if not data.get(key)]:
        raise ValueError(f"{missing[0]} is not said")
    if value.get("immutable") is not True:
        raise ValueError("it is not immutable: what it says could change while it is in force")
    until, began = _moment("until", data["until"]), _moment("its creation", value["metadata"]["creationTimestamp"])
    if until <= began:
        raise ValueError(f"until {stamp(until)} was over when it was made")
    if until > began + LONGEST + _CLOCKS:
        raise ValueError(f"until {stamp(until)} is more than {LONGEST // timedelta(hours=1)} hours after its creation")
    namespaces = _listed("namespaces", data["namespaces"])
    users = _listed("users", data["users"]) if "users" in data else ()
    if wrong := next((one for one in namespaces if one != NO_NAMESPACE and not _NAMESPACE.fullmatch(one)), None):
        raise ValueError(f"namespaces: {wrong} is no namespace: name each on a line of its own")
    return BreakGlass(
        name, uid, data["approved_by"], data["reason"], until, namespaces, users, data.get("started_by", "")
    )


def _moment(what: str, text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        utc = moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{what} is no moment: write it as 2026-11-22T14:00:00Z") from error
    if moment.tzinfo is None:
        raise ValueError(f"{what} has no zone: write it as 2026-11-22T14:00:00Z")
    return utc


def _listed(what: str, text: str) -> tuple[str, ...]:
    """A name on each line: a user's may hold commas."""
    words = tuple(filter(None, (line.strip() for line in text.splitlines())))
    if not words:
        raise ValueError(f"{what}: a name on each line")
    return words
