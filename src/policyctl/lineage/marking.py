"""What the controls say of each part of a version's history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from policyctl.lineage.graph import Part, Stage
from policyctl.model.document import Path
from policyctl.model.report import Located, Result

State = Literal["held", "failed", "untold", "missing", "unseen"]


@dataclass(frozen=True, slots=True)
class Marked:
    """A part, with its state and what is said of it ("REL-003: the repository is not known …").

    held: controls looked at it, and none found fault; failed: one did; untold: one could not tell; missing: the facts do not name it;
    unseen: no selected control looks at it.
    """

    stage: Stage
    name: str
    about: str
    state: State
    said: tuple[str, ...]
    parts: tuple[Marked, ...]


def marked(part: Part, results: Sequence[Result], seen: Iterable[Sequence[str]]) -> Marked:
    """The graph, marked. `seen` are the fact paths, below `facts`, that the selected controls read.

    What a control says stands at the part that stands for most of its path; what is about no other part, at the version.
    """
    said: dict[int, list[tuple[bool, str]]] = {}
    parts = list(_all(part))
    for result in results:
        for fails, listed in ((True, result.findings), (False, result.undetermined)):
            for one in listed:
                for owner in _owners(parts, tuple(one.entry.get("path", ()))):
                    said.setdefault(id(owner), []).append((fails, f"{result.control['id']}: {_words(one)}"))
    return _marked(part, said, [tuple(path) for path in seen])


def _marked(part: Part, said: dict[int, list[tuple[bool, str]]], seen: Sequence[Path]) -> Marked:
    told = said.get(id(part), [])
    parts = tuple(_marked(one, said, seen) for one in part.parts)
    return Marked(
        part.stage,
        part.name,
        part.about,
        _state(part, told, seen),
        tuple(dict.fromkeys(text for _, text in told)),
        parts,
    )


def _state(part: Part, told: Sequence[tuple[bool, str]], seen: Sequence[Path]) -> State:
    if not part.name:
        return "missing"
    if told:
        return "failed" if any(fails for fails, _ in told) else "untold"
    looked = any(_meets(path, fact) for path in seen for fact in part.facts)
    return "held" if looked else "unseen"


def _owners(parts: Sequence[Part], path: Path) -> list[Part]:
    """The parts that stand for the longest beginning of a path."""
    lengths = [
        (max((len(fact) for fact in part.facts if path[: len(fact)] == fact), default=-1), part) for part in parts
    ]
    longest = max(length for length, _ in lengths)
    return [part for length, part in lengths if length == longest]


def _meets(read: Path, fact: Path) -> bool:
    """Whether a control that reads the one looks at the other; positions in lists are not told apart by what is read."""
    plain = tuple(step for step in fact if isinstance(step, str))
    shared = min(len(read), len(plain))
    return read[:shared] == plain[:shared]


def _all(part: Part) -> Iterable[Part]:
    yield part
    for one in part.parts:
        yield from _all(one)


def _words(located: Located) -> str:
    entry = located.entry
    waived = f" (waived: {entry['waiver']})" if entry.get("waiver") else ""
    return f"{entry.get('message') or entry.get('reason') or 'cannot be told'}{waived}"
