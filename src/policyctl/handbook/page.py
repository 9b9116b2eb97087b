"""The page of one control: all that its files say, and what it says of its examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from policyctl.handbook.markup import code, fence, paragraphs, plain, table
from policyctl.handbook.showing import Shown
from policyctl.model.catalog import Control, Framework, basis_of
from policyctl.model.report import ClauseFacts


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of one control. `score` is its mutation score in percent, None where nobody measured it.

    `enforcement`: what each profile does with a failure, of those that select it. `claims`: the names of its unit tests.
    """

    control: Control
    clauses: Sequence[ClauseFacts]
    frameworks: Mapping[str, Framework]
    reads: Sequence[Sequence[str]]
    enforcement: Sequence[tuple[str, str]]
    examples: Sequence[Shown]
    claims: Sequence[str]
    score: float | None
    history: Sequence[tuple[str, str]]


def page(facts: Facts) -> str:
    """The page in Markdown."""
    return "\n".join(_parts(facts))


def _parts(facts: Facts) -> Iterator[str]:
    control = facts.control
    yield f"# {control['id']} {plain(control['title'])}\n"
    yield f"{control['severity']} · {basis_of(control)} · {', '.join(map(code, control['kinds']))}\n"
    yield f"## Objective\n\n{plain(control['objective'])}\n"
    yield f"## Why\n\n{plain(control['rationale'])}\n"
    if "statement" in control:
        yield f"## What a named person attests\n\n{plain(control['statement'])}\n"
    yield "## Clauses\n\n" + _clauses(facts)
    yield "## What it reads\n\n" + "".join(f"- {code('.'.join(path))}\n" for path in facts.reads)
    yield f"Evidence that a decision keeps: {plain(control['evidence'])}\n"
    if control["parameters"]:
        yield "## Parameters\n\n" + table(
            ("Name", "Type", "Default", "What it is"),
            [
                (code(n), p["type"], code(str(p["default"])), plain(p["description"]))
                for n, p in control["parameters"].items()
            ],
        )
    yield "## What a failure does\n\n" + (
        table(("Profile", "Enforcement"), [(code(id), word) for id, word in facts.enforcement])
        if facts.enforcement
        else "No profile of the bundle selects it.\n"
    )
    yield f"## How to put it right\n\n{paragraphs(control['remediation'])}"
    yield "## Examples\n\n" + ("".join(map(_example, facts.examples)) or "None yet.\n")
    yield "## Tests\n\n" + _tests(facts)
    if facts.history:
        yield "## History\n\n" + table(("Day", "Change"), [(day, plain(subject)) for day, subject in facts.history])


def _clauses(facts: Facts) -> str:
    if not facts.clauses:
        return "It serves no clause of a law or standard.\n"
    parts = []
    for framework, listed in groupby(facts.clauses, lambda clause: clause["framework"]):
        rows = [(plain(c["clause"]), c["covers"], plain(c["title"]), plain(c["because"])) for c in listed]
        parts.append(f"### [{plain(facts.frameworks[framework]['title'])}](../frameworks/{framework}.md)\n\n")
        parts.append(table(("Clause", "Covers", "What it asks", "Because"), rows) + "\n")
    return "".join(parts)


def _example(shown: Shown) -> str:
    example = shown.example
    expected = f"{example.status} ({', '.join(sorted(example.codes))})" if example.codes else example.status
    files = "".join(f"{code(name)}\n\n{fence(text, name)}\n" for name, text in shown.files)
    return f"### {plain(expected.replace('_', ' ') if not example.codes else expected)}\n\n{files}What it says:\n\n{fence(shown.said)}\n"


def _tests(facts: Facts) -> str:
    score = "nobody measured it" if facts.score is None else f"{facts.score:.1f} %"
    claims = "".join(f"- {plain(name.removeprefix('test_').replace('_', ' '))}\n" for name in facts.claims)
    return f"Small changes to its rules that its tests notice (mutation score): {score}.\n\n{claims}"
