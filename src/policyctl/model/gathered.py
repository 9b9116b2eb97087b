"""What several sources say of one version of a model: facts, where each came from, what disagrees, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from policyctl.model.digests import is_strong, same_data
from policyctl.model.document import Collected, Gap, Locate, Location, Path, Source
from policyctl.model.errors import PolicyctlError
from policyctl.model.facts.model import Conflict, Dataset, Stated


class Stamp(NamedTuple):
    """What tells which answer or file a fact came from: the SHA-256 of its bytes, and, of an answer, when it came (UTC)."""

    sha256: str
    time: str = ""


_ADDING_UP: Final = ("data_checks", "evaluations")


class Gathered:
    """Sources are given in the order of their precedence: of a fact that two of them tell, the first one counts; results of
    evaluations and of checks of data add up, and so do datasets.

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
            elif name == "datasets" and name in self._told:
                told += self._more_datasets(value, source)
            elif path := self._one(self.facts, name, value, name, source):
                told.append(path)
        return told

    def _more(self, name: str, listed: Sequence[Mapping[str, Any]], source: str) -> list[str]:
        """Adds what no source before this one has told."""
        known = {_measurement(one) for one in self.facts[name]}
        return self._append(name, [one for one in listed if _measurement(one) not in known], source)

    def _append(self, name: str, added: Sequence[Mapping[str, Any]], source: str) -> list[str]:
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
            self._disagree(path, facts[key], self._told[path], value, source)
        return ""

    def _more_datasets(self, listed: Sequence[Dataset], source: str) -> list[str]:
        """Adds the datasets that no source before this one has told. One of which they told other data is a conflict."""
        added = []
        for one in listed:
            alike = {place: other for place, other in enumerate(self.facts["datasets"]) if _may_be_one(one, other)}
            digests = {place: other["digest"] for place, other in alike.items() if "digest" in other}
            digest = one.get("digest")
            if alike and (not digest or not digests or "yes" in {same_data(digest, told) for told in digests.values()}):
                continue
            place = next((place for place, told in digests.items() if _are_others(digest, told)), None)
            if place is None:
                added.append(one)
            else:
                first = self._told.get(f"datasets.{place}", self._told["datasets"])
                self._disagree(f"datasets.{one['name']}.digest", digests[place], first, digest, source)
        return self._append("datasets", added, source)

    def _disagree(self, fact: str, counts: object, first: str, value: object, source: str) -> None:
        stated = [Stated(value=str(counts), source=first), Stated(value=str(value), source=source)]
        self.conflicts.append(Conflict(fact=fact, stated=stated))


def _may_be_one(one: Dataset, other: Dataset) -> bool:
    """Whether two sources may speak of one dataset. Where both say what it was used for, they say the same."""
    uses = {used["context"].lower() for used in (one, other) if "context" in used}
    return one["name"] == other["name"] and len(uses) < 2


def _are_others(digest: Any, other: Any) -> bool:
    """Whether the data are surely not the same: short digests of the same data differ by the reader that made them."""
    return is_strong(digest) and is_strong(other) and same_data(digest, other) == "no"


def _measurement(one: Mapping[str, Any]) -> tuple[Any, ...]:
    """What tells that two sources speak of one measurement: a run repeats what its model's own record says in more detail."""
    return tuple(one.get(key) for key in ("metric", "suite", "value", "at", "run", "slice", "file"))
