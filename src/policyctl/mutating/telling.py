"""What became of the mutants, for people and for programs."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any, Final

from policyctl.mutating.judging import Judged, percent
from policyctl.mutating.mutant import Mutant, Operator

_MISSING: Final[dict[Operator, str]] = {
    "comparison swapped": "a test where the two sides are equal, and one a step to either side",
    "operator swapped": "a test that sees what this operation gives",
    "constant changed": "a test that sees this value: the whole finding or entry, or a document that holds it",
    "expression dropped": "a test where all else holds and this does not",
    "negation removed": "a test where what is negated holds, and one where it does not",
    "negation added": "a test where this holds, and one where it does not",
    "some to every": "a test with two, of which one fits and one does not",
    "every to some": "a test with two, of which one fits and one does not",
    "literal emptied": "a test that needs what is in here",
    "element removed": "a test that needs this member",
    "branch dropped": "a test that comes to this branch, and sees what it gives",
    "rule dropped": "a test that needs this rule",
}


def control(judged: Judged, least: float) -> str:
    """A line about a control, then each survivor as a diff, with the test that is missing."""
    mark = "pass" if judged.score >= least else "WEAK"
    listed = f"  {judged.equivalent} equivalent" if judged.equivalent else ""
    counts = f"{judged.mutants:4} mutants  {judged.killed:4} noticed  {judged.score:5.1f} %{listed}"
    lines = [f"{mark}  {judged.subject.id}  {counts}"]
    lines += [f"      {problem}" for problem in judged.problems]
    for mutant in judged.survivors:
        lines.append(f"      {_place(judged, mutant)}  {mutant.operator} in {mutant.rule}")
        lines += [f"        {line}" for line in diff(mutant, judged.text)]
        lines.append(f"        missing: {_MISSING[mutant.operator]}")
    return "\n".join(lines)


def total(results: Sequence[Judged], least: float) -> str:
    """A last line with the sum."""
    mutants, killed = _sums(results)
    weak = [judged.subject.id for judged in results if judged.score < least]
    told = f"below {least:g} %: {', '.join(weak)}" if weak else f"none below {least:g} %"
    controls = f"{len(results)} control{'' if len(results) == 1 else 's'}"
    return f"{controls}, {mutants} mutants, {killed} noticed: {percent(killed, mutants):.1f} %; {told}"


def plain(results: Sequence[Judged]) -> dict[str, Any]:
    """{summary: {mutants, killed, score}, controls: [{id, mutants, killed, score, equivalent, problems, survivors: [...], sha256}]}.

    `sha256` is of the rules and tests that were judged, so that a score is not taken for that of others.
    """
    mutants, killed = _sums(results)
    return {
        "summary": {"mutants": mutants, "killed": killed, "score": percent(killed, mutants)},
        "controls": [
            {
                "id": judged.subject.id,
                "mutants": judged.mutants,
                "killed": judged.killed,
                "score": judged.score,
                "equivalent": judged.equivalent,
                "problems": list(judged.problems),
                "survivors": [_survivor(judged, mutant) for mutant in judged.survivors],
                "sha256": judged.subject.sha256,
            }
            for judged in results
        ],
    }


def _survivor(judged: Judged, mutant: Mutant) -> dict[str, Any]:
    return {
        "operator": mutant.operator,
        "rule": mutant.rule,
        "file": _file(judged),
        "line": mutant.row,
        "was": mutant.was,
        "becomes": mutant.becomes,
        "diff": "\n".join(diff(mutant, judged.text)),
        "missing": _MISSING[mutant.operator],
    }


def diff(mutant: Mutant, text: str) -> Iterator[str]:
    """The lines that change, with - and +."""
    first = text.rfind("\n", 0, mutant.start) + 1
    last = text.find("\n", mutant.end)
    last = last if last >= 0 else len(text)
    changed = text[first : mutant.start] + mutant.text + text[mutant.end : last]
    yield from (f"- {line}".expandtabs(4) for line in text[first:last].split("\n"))
    yield from (f"+ {line}".expandtabs(4) for line in changed.split("\n") if line.strip())


def _sums(results: Sequence[Judged]) -> tuple[int, int]:
    return sum(judged.mutants for judged in results), sum(judged.killed for judged in results)


def _place(judged: Judged, mutant: Mutant) -> str:
    return f"{_file(judged)}:{mutant.row}"


def _file(judged: Judged) -> str:
    near = os.path.relpath(judged.subject.rules)
    return str(judged.subject.rules) if near.startswith(os.pardir) else near
