"""Which decision let an object into the cluster as it is now, if any did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from policyctl import recording
from policyctl.ledger.entry import Entry
from policyctl.ledger.interface import Ledger

_PAGE = 500
_SKEW = timedelta(minutes=5)
"""By how much the clocks of a cluster and of whoever recorded may differ."""
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Admission:
    """How an object came to be as it is. `entry`: the one that let it in so, by a decision about it or its owner; else `since`: the last
    that let it in otherwise, and it has changed since without being decided about. Neither: no entry has let it in at all.
    """

    entry: str = ""
    since: str = ""


class Admissions:
    """Reads a ledger backwards, no further than it must: no decision about an object is older than the object.

    What an earlier scan has found of an object in the same state is taken from it.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._states: dict[str, dict[str, Admission]] = {}
        self._last: dict[str, str] = {}
        self._newest = self._oldest = ledger.head()
        self._reached = datetime.now(UTC)
        if self._newest:
            self._take(self._newest)

    def of(self, uid: str, state: str, created: str) -> Admission:
        """That of the object with this UID and state (`subjects.state_of`), made at that time (RFC 3339). Raises LedgerError."""
        self._read_on()
        while state not in self._states.get(uid, {}) and self._oldest and self._reached > _moment(created) - _SKEW:
            self._read_back()
        known = self._states.get(uid, {}).get(state)
        return known or Admission(since=self._last.get(uid, ""))

    def _read_on(self) -> None:
        """What was recorded meanwhile: it may be about what is being asked for."""
        while entries := list(self._ledger.entries(after=self._newest, limit=_PAGE)):
            for entry in entries:
                self._take(entry, is_newer=True)
            self._newest = entries[-1]

    def _read_back(self) -> None:
        entries = list(self._ledger.entries(before=self._oldest, limit=_PAGE, newest_first=True))
        for entry in entries:
            self._take(entry)
        self._oldest = entries[-1] if entries else None
        self._reached = _moment(entries[-1].time) if entries else self._reached

    def _take(self, entry: Entry, *, is_newer: bool = False) -> None:
        if entry.kind not in (recording.KIND, recording.ADMISSION):
            return
        body = recording.told(self._ledger, entry)
        context: Mapping[str, Any] = body.get("context") or {}
        uid, state = context.get("uid"), context.get("state")
        if not uid or not state or context.get("object") == "before":
            return
        if "scan" in context:
            found = Admission(context.get("admitted", ""), context.get("changed_since", ""))
        elif not _let_in(entry, body, context):
            return
        else:
            found = Admission(entry.id)
            if is_newer or uid not in self._last:
                self._last[uid] = entry.id
        states = self._states.setdefault(uid, {})
        if is_newer or state not in states:
            states[state] = found


def _let_in(entry: Entry, body: Mapping[str, Any], context: Mapping[str, Any]) -> bool:
    if entry.kind == recording.ADMISSION:
        return "made_by" in context
    return body.get("outcome") != "deny" or bool(context.get("answered"))


def _moment(text: str) -> datetime:
    """A time of RFC 3339; one before all that is on record where there is none: objects of an aggregated API need not say when they were
    made.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return _BEGINNING
    return moment if moment.tzinfo else _BEGINNING
