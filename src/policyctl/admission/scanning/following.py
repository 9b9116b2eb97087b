"""Keeps a scan true: after the first look, what changes in the cluster is decided as it changes.

An object is decided again when it changes, when an object that it is related to changes, when its namespace chooses another profile, and
when the day does: a waiver may be over then, and a clause may bind.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from queue import SimpleQueue

from policyctl.admission.cluster.api import Api, ApiError
from policyctl.admission.cluster.discovery import MISSHAPEN
from policyctl.admission.scanning.reading import Found, Place, Reading
from policyctl.admission.scanning.scan import Scan
from policyctl.admission.scanning.scanned import Row
from policyctl.admission.scanning.watching import Changed, Hearing, Lost
from policyctl.admission.subjects import state_of
from policyctl.context import Context
from policyctl.progress import say

_SETTLE = 1.0
"""Seconds in which changes are taken together."""
_AGAIN, _SELDOM = 15.0, 300.0
"""Seconds until what could not be listed is tried again; until a kind that cannot be watched is listed again, and the kinds themselves."""
_BRINGS_KINDS = ("APIService", "CustomResourceDefinition")

Change = tuple[str, Row | None]
"""The path of an object, and what is known of it now; None where it is gone."""


class Following:
    """One cluster's. `rows` has what is known of each object, by path."""

    def __init__(
        self, scan: Scan, reading: Reading, api: Api, related: SimpleQueue[str], context: Callable[[], Context]
    ) -> None:
        """`api` is for watches alone, and closed with them. `related` tells namespaces in which what others are related to has changed,
        "" for all of them; `context` the day.
        """
        self.rows: dict[str, Row] = {}
        self._scan, self._reading, self._related, self._context = scan, reading, related, context
        self._hearing = Hearing(api)
        self._due: dict[Place, float] = {}
        self._begin(context())
        self._kinds_due = 0.0
        self._paths: dict[Place, set[str]] = {}
        self._choices: Mapping[str, str] = {}
        self._said: set[str] = set()
        self._listed_at: dict[Place, float] = {}

    @property
    def kinds(self) -> int:
        """How many kinds are looked at."""
        return len({one.kind for one, _ in self._due})

    def close(self) -> None:
        """Hears no more."""
        self._hearing.close()

    def first(self) -> None:
        """Looks at everything. Raises PolicyctlError where nothing can be read, decided or recorded."""
        self._changed_around()  # it is known before anything is decided
        self._take_kinds()
        self._choices = self._reading.choices()
        for _ in self._listed():
            pass

    def changes(self) -> Iterator[Change]:
        """Waits a moment, and gives what is not as it was. Raises PolicyctlError where something cannot be decided or recorded."""
        changed: dict[Place, list[Changed]] = {}
        for one in self._hearing.heard(_SETTLE):
            if isinstance(one, Changed):
                changed.setdefault(one.place, []).append(one)
            else:
                self._lost(one)
        for place, ones in changed.items():
            yield from self._taken(place, ones)
        if time.monotonic() >= self._kinds_due:
            yield from self._kinds()
        if (context := self._context()).today != self._day:
            self._begin(context)
        yield from self._related_anew()
        yield from self._listed()

    def _begin(self, context: Context) -> None:
        """Another day: no answer of the day before is one of today, so that each is recorded again."""
        self._day = context.today
        self._scan.begin(context)
        self.rows = {path: replace(row, answer="") for path, row in self.rows.items()}
        self._due = dict.fromkeys(self._due, 0.0)

    def _lost(self, lost: Lost) -> None:
        """Lists again, at once or, where that was a moment ago, after a while: a watch may never be allowed."""
        self._due[lost.place] = self._listed_at.get(lost.place, 0.0) + _AGAIN if lost.reason else 0.0
        told = f"{lost.place[0].kind.plural} cannot be watched, and are listed again, each {_AGAIN:g} s at most: {lost.reason}"
        if lost.reason and told not in self._said:
            self._said.add(told)
            say(f"policyctl: {told}")

    def _taken(self, place: Place, changed: Sequence[Changed]) -> Iterator[Change]:
        """What became of objects of one kind: of several changes of one, the last counts."""
        if place[0].kind.kind in _BRINGS_KINDS:
            self._kinds_due = 0.0
        last: dict[str, tuple[Found, bool]] = {}
        for one in changed:
            try:
                if found := self._reading.found(place[0], one.value):
                    last[found.path] = found, one.deleted
            except MISSHAPEN:
                self._due[place] = 0.0  # the list says what is wrong
        yield from self._gone(place, [path for path, (_, deleted) in last.items() if deleted])
        page = [found for found, deleted in last.values() if not deleted]
        yield from self._decided(place, [found for found in page if not self._is_as_it_was(found)])

    def _is_as_it_was(self, found: Found) -> bool:
        row = self.rows.get(found.path)
        return row is not None and row.state == (found.uid, state_of(found.value))

    def _decided(self, place: Place, page: Sequence[Found]) -> Iterator[Change]:
        for row in self._scan.rows(page, self.rows) if page else ():
            before = self.rows.get(row.path)
            self.rows[row.path] = row
            self._paths.setdefault(place, set()).add(row.path)
            if before is None or _told(before) != _told(row):
                yield row.path, row

    def _gone(self, place: Place, paths: Sequence[str]) -> Iterator[Change]:
        for path in paths:
            self._paths.get(place, set()).discard(path)
            if self.rows.pop(path, None):
                yield path, None

    def _listed(self) -> Iterator[Change]:
        """Lists what is due, and follows it from there on."""
        now = time.monotonic()
        for place in [place for place, due in self._due.items() if due <= now]:
            self._listed_at[place] = now
            seen: set[str] = set()
            for page in self._reading.pages(place):
                seen.update(found.path for found in page)
                yield from self._decided(place, page)
            version = self._reading.versions.get(place)
            if version is None:
                self._due[place] = now + _AGAIN
                continue
            yield from self._gone(place, sorted(self._paths.get(place, set()) - seen))
            if version and place[0].watchable:
                self._due[place] = math.inf
                self._hearing.follow(place, version)
            else:
                self._due[place] = now + _SELDOM

    def _related_anew(self) -> Iterator[Change]:
        """Decides again where something changed that says something of others, or that chooses what decides."""
        namespaces = self._changed_around()
        choices, before = self._reading.choices(), self._choices
        namespaces |= {name for name, choice in choices.items() if name in before and before[name] != choice}
        self._choices = choices
        if "" in namespaces:
            self._due = dict.fromkeys(self._due, 0.0)
            return
        for place, paths in list(self._paths.items()):
            for namespace in sorted(namespaces & {self.rows[path].namespace for path in paths if path in self.rows}):
                part = place[0], namespace
                for page in self._reading.pages(part):
                    yield from self._decided(place, page)
                if part not in self._reading.versions:
                    self._due[place] = 0.0

    def _changed_around(self) -> set[str]:
        """Where what others are related to has changed since the last time."""
        return {self._related.get() for _ in range(self._related.qsize())}

    def _kinds(self) -> Iterator[Change]:
        """Kinds come and go."""
        try:
            self._take_kinds()
        except ApiError as error:
            say(f"policyctl: the kinds of the cluster cannot be read: {error.message}")
            self._kinds_due = time.monotonic() + _AGAIN
        for place in self._paths.keys() - self._due.keys():
            self._hearing.leave(place)
            yield from self._gone(place, sorted(self._paths.pop(place)))

    def _take_kinds(self) -> None:
        self._due = {place: self._due.get(place, 0.0) for place in self._reading.places()}
        self._kinds_due = time.monotonic() + _SELDOM


def _told(row: Row) -> object:
    """What people are told of an object."""
    return row.state, row.outcome, row.said, row.problem
