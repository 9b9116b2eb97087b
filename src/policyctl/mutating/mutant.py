"""A small change to a rule, and how it is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Operator = Literal[
    "comparison swapped",
    "operator swapped",
    "constant changed",
    "expression dropped",
    "negation removed",
    "negation added",
    "some to every",
    "every to some",
    "literal emptied",
    "element removed",
    "branch dropped",
    "rule dropped",
]


@dataclass(frozen=True, slots=True)
class Mutant:
    """`text` in place of what stands from `start` to `end` (offsets in characters) of a file.

    `clause` counts the file's rules in their order; `rule` is that one's name. `row` (from 1) is the first line that changes. `was`
    and `becomes` are the lines that change, joined to one: with the rule they are the mutant's name, wherever in the file it moves.
    """

    operator: Operator
    clause: int
    rule: str
    start: int
    end: int
    text: str
    row: int
    was: str
    becomes: str

    @property
    def name(self) -> tuple[str, str, str]:
        """What it is called in a list of equivalent mutants. Two may share it, where two clauses of a rule hold the same line."""
        return self.rule, self.was, self.becomes


@dataclass(frozen=True, slots=True)
class Change:
    """What an operator makes of one place: `text` in place of what stands from `start` to `end`."""

    operator: Operator
    start: int
    end: int
    text: str


def named(change: Change, source: str, clause: int, rule: str) -> Mutant:
    """The change as a mutant of the file."""
    first = source.rfind("\n", 0, change.start) + 1
    last = source.find("\n", change.end)
    lines = source[first : last if last >= 0 else len(source)]
    changed = source[first : change.start] + change.text + source[change.end : first + len(lines)]
    row = source.count("\n", 0, change.start) + 1
    was, becomes = (" ".join(text.split()) for text in (lines, changed))
    return Mutant(change.operator, clause, rule, change.start, change.end, change.text, row, was, becomes)
