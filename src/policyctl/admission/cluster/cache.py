"""The objects of a cluster at hand, and how far they can be believed."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from policyctl.admission.cluster.kinds import WATCHED, Watched
from policyctl.collectors.kubernetes.relations import Known, Run
from policyctl.model.document import Gap

STALE = 120.0
"""Seconds without a sign of life of a watch, until what it told is no longer taken for what is. An API server gives one each minute."""
GAP = "cluster"
"""The code of the gap that hides what nobody can vouch for."""
_NOT_READ = "not read yet"
_HIDES = [["facts", "relations"], ["facts", "inference", "monitors"]]

Name = tuple[str | None, str]


@dataclass(slots=True)
class _Kind:
    """The objects of one kind, and when its watch last gave a sign of life (`time.monotonic()`), or why it never did."""

    objects: dict[Name, Known] = field(default_factory=dict)
    seen: float | None = None
    reason: str = _NOT_READ


class Cache:
    """Takes what watches tell, from their threads, and gives what a decision may look at."""

    def __init__(
        self,
        watched: Iterable[Watched] = WATCHED,
        clock: Callable[[], float] = time.monotonic,
        changed: Callable[[str], None] = lambda _: None,
    ) -> None:
        """`changed` is told the namespace in which what others are related to has changed; empty for all of them."""
        self._clock, self._changed = clock, changed
        self._lock = threading.Lock()
        self._kinds = {one.kind: _Kind() for one in watched}
        self._run: Run | None = None

    def replaced(self, kind: str, objects: Iterable[Mapping[str, Any]]) -> None:
        """A kind was listed: these are all that there are."""
        found = dict(map(_known, objects))
        with self._lock:
            before = self._kinds[kind]
            self._kinds[kind] = _Kind(found, self._clock(), "")
            self._run = None
        if before.reason or _all_said(before.objects) != _all_said(found):
            self._changed("")

    def changed(self, kind: str, value: Mapping[str, Any], *, deleted: bool = False) -> None:
        """One object was added, changed or deleted."""
        name, known = _known(value)
        with self._lock:
            held = self._kinds[kind]
            held.seen, held.reason = self._clock(), ""
            before = held.objects.pop(name, None)
            if not deleted:
                held.objects[name] = known
            self._run = None
        if deleted or before is None or _said(before) != _said(known):
            self._changed(known.namespace or "")

    def alive(self, kind: str) -> None:
        """The watch of a kind gave a sign of life."""
        with self._lock:
            self._kinds[kind].seen = self._clock()

    def failed(self, kind: str, reason: str) -> None:
        """A kind cannot be read. What was read before counts until it is stale."""
        with self._lock:
            self._kinds[kind].reason = reason

    @property
    def is_settled(self) -> bool:
        """Whether each kind has been read once, or could not be."""
        with self._lock:
            return all(held.seen is not None or held.reason != _NOT_READ for held in self._kinds.values())

    def run(self) -> tuple[Run, list[Gap]]:
        """The objects as the collector relates others to them, and a gap for each kind that nobody can vouch for now."""
        with self._lock:
            now = self._clock()
            gaps = [_gap(kind, held.reason) for kind, held in self._kinds.items() if self._is_stale(held, now)]
            if self._run is None:
                self._run = _related(self._kinds)
            return Run(self._run.count, 0, self._run.kinds, self._run.near), gaps

    def believed(self, kind: str) -> list[Mapping[str, Any]] | None:
        """The objects of a kind; None where nobody can vouch for them now."""
        with self._lock:
            held = self._kinds[kind]
            if self._is_stale(held, self._clock()):
                return None
            return [known.value for known in held.objects.values()]

    @staticmethod
    def _is_stale(held: _Kind, now: float) -> bool:
        return held.seen is None or now - held.seen > STALE


def _known(value: Mapping[str, Any]) -> tuple[Name, Known]:
    metadata = value["metadata"]
    namespace, name = metadata.get("namespace"), metadata["name"]
    return (namespace, name), Known(namespace, name, value["apiVersion"], value)


def _all_said(objects: Mapping[Name, Known]) -> dict[Name, object]:
    return {name: _said(known) for name, known in objects.items()}


def _said(known: Known) -> object:
    """What of an object others can be related by: not what a cluster writes down of its state."""
    metadata = known.value["metadata"]
    kept = {key: value for key, value in known.value.items() if key not in ("metadata", "status")}
    return kept, metadata.get("labels"), metadata.get("annotations")


def _related(kinds: Mapping[str, _Kind]) -> Run:
    """A kind that was read and has no objects is there all the same: that there is none is known."""
    by_kind: defaultdict[str, list[Known]] = defaultdict(list)
    near: defaultdict[tuple[str, str | None], list[Known]] = defaultdict(list)
    for kind, held in kinds.items():
        if held.seen is not None:
            by_kind[kind] = list(held.objects.values())
        for known in held.objects.values():
            near[kind, known.namespace].append(known)
    return Run(sum(len(held.objects) for held in kinds.values()), 0, by_kind, near)


def _gap(kind: str, reason: str) -> Gap:
    said = f"the cluster's objects of kind {kind} are not known{f': {reason}' if reason else ' any more'}"
    return {"code": GAP, "reason": said, "paths": _HIDES}
