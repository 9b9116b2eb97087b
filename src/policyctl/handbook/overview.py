"""The pages about many controls: the list of all, and a matrix for each framework."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final

from policyctl.catalog.coverage import Row
from policyctl.handbook.markup import plain, table
from policyctl.model.catalog import Control, Framework, basis_of

_LEGEND: Final = (
    "`full`: a fail proves the clause breached, and a pass shows all that it asks. `part`: one named element of it. "
    "`supports`: evidence only. A percentage is the part of small changes to the control's rules that its tests notice.\n"
)


def index(title: str, controls: Iterable[Control], scores: Mapping[str, float]) -> str:
    """Every control, by family."""
    ordered = sorted(controls, key=lambda control: (control["family"], control["id"]))
    parts = [
        f"# {plain(title)}\n",
        f"{len(ordered)} controls. Of each: what it is for, which clauses it serves, what it says of examples.\n",
    ]
    for family, listed in groupby(ordered, lambda control: control["family"]):
        rows = [
            (
                f"[{c['id']}](controls/{c['id']}.md)",
                plain(c["title"]),
                c["severity"],
                basis_of(c),
                _score(scores.get(c["id"])),
            )
            for c in listed
        ]
        parts.append(f"## {plain(family.replace('_', ' '))}\n")
        parts.append(table(("Control", "Title", "Severity", "Basis", "Mutation score"), rows))
    return "\n".join(parts)


def matrix(framework: Framework, rows: Sequence[Row], scores: Mapping[str, float]) -> str:
    """Each clause of a framework with the controls that serve it and their scores; then those out of scope, with the reason."""
    asked = [row for row in rows if row.controls or not row.reason]
    source = f"\n[Source]({framework['link']})\n" if "link" in framework else ""
    parts = [
        f"# {plain(framework['title'])}\n{source}",
        _LEGEND,
        table(
            ("Clause", "What it asks", "Covers", "Controls"),
            [(plain(row.clause), plain(row.title), row.covers or "nothing", _controls(row, scores)) for row in asked],
        ),
    ]
    if out := [row for row in rows if row.reason and not row.controls]:
        parts.append("## Out of scope\n")
        parts.append(table(("Clause", "Reason"), [(plain(row.clause), plain(row.reason)) for row in out]))
    return "\n".join(parts)


def _controls(row: Row, scores: Mapping[str, float]) -> str:
    listed = [f"[{id}](../controls/{id}.md) ({covers}, {_score(scores.get(id))})" for id, covers in row.controls]
    return "<br>".join(listed) or "none"


def _score(score: float | None) -> str:
    return "not measured" if score is None else f"{score:.1f} %"
