"""The break-glasses of a server: which are in force, what they let through, and a record of when they begin and end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from policyctl import __version__, recording
from policyctl.admission.break_glass import BreakGlass, Refused, read
from policyctl.admission.cluster.cache import Cache
from policyctl.admission.cluster.kinds import CONFIG_MAP
from policyctl.admission.review import Request
from policyctl.documents.building import canonical
from policyctl.ledger.entry import NewEntry
from policyctl.model.errors import LedgerError
from policyctl.progress import say

_LOOK = 2.0
"""Seconds between two looks."""
_BEGINS, _ENDS, _REFUSED = "break-glass begins", "break-glass ends", "break-glass refused"


def utc_now() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


class BreakGlasses:
    """Those that a watch tells of. What it has not told yet, or not confirmed for long, lets nothing through."""

    def __init__(self, cache: Cache, clock: Callable[[], datetime] = utc_now) -> None:
        self._cache, self._clock = cache, clock
        self._known: dict[str, BreakGlass | Refused] = {}

    def over(self, request: Request) -> BreakGlass | None:
        """The one that lets through what is denied to this request: of several, that which ends last."""
        now = self._clock()
        found = [one for one in self._read() if isinstance(one, BreakGlass) and one.covers(request, now)]
        return max(found, key=lambda one: (one.until, one.name), default=None)

    async def look(
        self, namespace: str, append: Callable[[Sequence[NewEntry]], Any], in_force: Callable[[int], None]
    ) -> None:
        """Says and records what begins, ends and is refused, until cancelled; tells how many are in force."""
        while True:
            await asyncio.to_thread(self._look, namespace, append)
            in_force(sum(isinstance(one, BreakGlass) for one in self._known.values()))
            await asyncio.sleep(_LOOK)

    def _look(self, namespace: str, append: Callable[[Sequence[NewEntry]], Any]) -> None:
        now = self._clock()
        there = {one.uid: one for one in self._read() if isinstance(one, Refused) or now < one.until}
        changes = [
            *(
                (_BEGINS if isinstance(one, BreakGlass) else _REFUSED, one)
                for uid, one in there.items()
                if self._known.get(uid) != one
            ),
            *((_ENDS, one) for uid, one in self._known.items() if uid not in there and isinstance(one, BreakGlass)),
        ]
        if not changes:
            self._known = there
            return
        try:
            append([_entry(namespace, what, one) for what, one in changes])
        except LedgerError as error:
            say(f"policyctl: {len(changes)} changes of break-glasses are not on record yet: {error.message}")
            return  # and tried again at the next look
        self._known = there
        for what, one in changes:
            said = one.why if isinstance(one, Refused) else f"{', '.join(one.namespaces)}; {one.answered()}"
            say(f"policyctl: {what}: {one.name}: {said}")

    def _read(self) -> list[BreakGlass | Refused]:
        return [read(value) for value in self._cache.believed(CONFIG_MAP) or ()]


def _entry(namespace: str, what: str, one: BreakGlass | Refused) -> NewEntry:
    """What is recorded of a change."""
    told: Mapping[str, Any] = one.told() if isinstance(one, BreakGlass) else {"name": one.name, "uid": one.uid}
    body = {
        "v": 1,
        "subject": {"id": f"ConfigMap.v1/{namespace}/{one.name}", "path": f"cluster/{namespace}/ConfigMap/{one.name}"},
        "outcome": what,
        "reason": one.why if isinstance(one, Refused) else one.reason,
        "break_glass": told,
        "policyctl": __version__,
        "actor": one.approved_by if isinstance(one, BreakGlass) else "unknown",
        "context": {},
    }
    return NewEntry(recording.ADMISSION, canonical(body))
