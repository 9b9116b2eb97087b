"""What several sources say of one version of a model: facts, where each came from, what disagrees, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from policyctl.model.document import Collected, Gap, Locate, Location, Path, Source
from policyctl.model.errors import PolicyctlError
from policyctl.model.facts.model import Conflict, Stated


class Stamp(NamedTuple):
    """What tells which answer or file a fact came from: the SHA-256 of its bytes, and, of an answer, when it came (UTC)."""

    sha256: str
    time: str = ""


_ADDING_UP: Final = ("data_checks", "datasets", "evaluations")


class Gathered:
    """Sources are given in the order of their precedence: of a fact that two of them tell, the first one counts; results of
    evaluations and of checks of data add up, and so do datasets, by their names.

    Where they tell different things, that is a fact of its own, `conflicts`.
    """

    def __init__(self, facts: Mapping[str, Any]) -> None:
        """`facts` are those that need no source: how the subject is named."""
        self.facts: dict[str, Any] = {"aliases": [], "tags": {}, "evaluations": [], "data_checks": [], **facts}
        self.sources: list[Source] = []
        self.gaps: list[Gap] = []
        self.conflicts: list[Conflict] = []
        self.masked: list[str] = []
        self._told: dict[str, str] = {}
        self._looked: dict[str, str] = {}
        self._places: dict[str, Locate] = {}

    def add(self, source: str, stamp: Stamp, facts: Mapping[str, Any], looked: Sequence[str] = ()) -> None:
        """What a source tells. `looked` are facts that it would have told: where they are absent, that is their place."""
        told = self._tell(source, facts)
        for name in (*facts, *looked):
            self._looked.setdefault(name, source)
        stamped: Source = {"path": source, "sha256": stamp.sha256, "facts": told}
        self.sources.append({**stamped, "time": stamp.time} if stamp.time else stamped)

    def take(self, other: Collected) -> None:
        """What was collected about the same version elsewhere, with its own sources, gaps and places."""
        for source in other.sources:
            facts: dict[str, Any] = {}
            for path in source.get("facts", []):
                name, _, key = path.partition(".")
                facts[name] = {**facts.get(name, {}), key: other.facts[name][key]} if key else other.facts[name]
            told = self._tell(source["path"], facts)
            for path in told:
                self._places.setdefault(path, other.locate)
            self.sources.append({**source, "facts": told})
        self.gaps += other.gaps
        self.conflicts += other.facts.get("conflicts", [])
        self.masked += other.masked

    def missed(self, source: str, error: PolicyctlError, facts: Sequence[str]) -> None:
        """A source that could not be read, and the facts that it would have told."""
        self.gap("unreadable_source", f"{source}: {error.message}", facts, source)

    def gap(self, code: str, reason: str, facts: Sequence[str], source: str) -> None:
        """What is not known of these facts, and why."""
        self.gaps.append(Gap(code=code, reason=reason, paths=[["facts", *name.split(".")] for name in facts]))
        for name in facts:
            self._looked.setdefault(name.split(".")[0], source)

    def collected(self, id: str, path: str, system: str | None) -> Collected:
        """All of it, as one subject."""
        return Collected(
            kind="model",
            subject={"id": id, "path": path},
            facts={**self.facts, "conflicts": self.conflicts},
            sources=tuple(self.sources),
            gaps=tuple(self.gaps),
            masked=tuple(self.masked),
            locate=self.locate,
            system_id=system,
            notes=tuple(dict.fromkeys(gap["reason"] for gap in self.gaps)),
        )

    @property
    def locate(self) -> Locate:
        """Finds the source of a fact: its own, else that of what it is part of, else where it was looked for."""
        told, looked, places = dict(self._told), dict(self._looked), dict(self._places)

        def place(resource: str, path: Path) -> Location | None:
            steps = [str(step) for step in path]
            for name in (".".join(steps[:length]) for length in range(len(steps), 0, -1)):
                if name in places and (found := places[name](resource, path)):
                    return found
                if name in told:
                    return Location(told[name])
            return Location(looked[steps[0]]) if steps and steps[0] in looked else None

        return place

    def _tell(self, source: str, facts: Mapping[str, Any]) -> list[str]:
        """Takes the facts that nobody has told yet, and gives their paths."""
        told: list[str] = []
        for name, value in facts.items():
            if isinstance(value, Mapping) and not value and name not in self.facts:
                continue  # it says nothing
            if isinstance(value, Mapping):
                of = self.facts.setdefault(name, {})
                told += [
                    path for key, one in value.items() if (path := self._one(of, key, one, f"{name}.{key}", source))
                ]
            elif name in _ADDING_UP and name in self._told:
                told += self._more(name, value, source)
            elif path := self._one(self.facts, name, value, name, source):
                told.append(path)
        return told

    def _more(self, name: str, listed: Sequence[Mapping[str, Any]], source: str) -> list[str]:
        """Adds what no source before this one has told."""
        known = {_identity(name, one) for one in self.facts[name]}
        added = [one for one in listed if _identity(name, one) not in known]
        for index in range(len(self.facts[name]), len(self.facts[name]) + len(added)):
            self._told[f"{name}.{index}"] = source
        self.facts[name] = [*self.facts[name], *added]
        return [name] if added else []

    def _one(self, facts: dict[str, Any], key: str, value: Any, path: str, source: str) -> str:
        """The fact's path, where this source is the one that counts."""
        if path not in self._told and facts.get(key) in (None, [], {}):
            facts[key] = value
            self._told[path] = source
            return path
        if facts[key] != value and path in self._told and not isinstance(value, (list, dict)):
            first = Stated(value=str(facts[key]), source=self._told[path])
            self.conflicts.append(Conflict(fact=path, stated=[first, Stated(value=str(value), source=source)]))
        return ""


def _identity(name: str, one: Mapping[str, Any]) -> tuple[Any, ...]:
    """What tells that two sources speak of one dataset, or of one measurement: a run repeats what its model's own record says."""
    keys = ("name",) if name == "datasets" else ("metric", "suite", "value", "at", "run", "slice", "file")
    return tuple(one.get(key) for key in keys)
