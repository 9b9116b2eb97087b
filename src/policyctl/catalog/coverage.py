"""Which clauses of the frameworks the controls serve, and how far: clause by clause, never summed over kinds of cover."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from policyctl.catalog.files import MappingFile, read_file
from policyctl.catalog.frameworks import read_framework
from policyctl.model.catalog import Clause, Covers, Edge, Framework

BINDS_NOBODY = "binds no operator: a definition, or a duty of authorities"
NO_DUTY = "asks for nothing by itself: an annex that articles refer to"
_RANK: dict[str, int] = {covers: rank for rank, covers in enumerate(get_args(Covers))}


@dataclass(frozen=True, slots=True)
class Row:
    """One clause. `controls`: those mapped to it, the strongest cover first; `reason`: why none has to be, else empty."""

    framework: str
    clause: str
    title: str
    controls: tuple[tuple[str, Covers], ...] = ()
    reason: str = ""

    @property
    def covers(self) -> Covers | None:
        """The strongest cover that a control claims; None for a clause that no control serves."""
        return self.controls[0][1] if self.controls else None

    def told(self) -> dict[str, Any]:
        """As JSON."""
        controls = [{"control": control, "covers": covers} for control, covers in self.controls]
        return {"framework": self.framework, "clause": self.clause, "covers": self.covers, "controls": controls}

    def cells(self, scores: Mapping[str, float]) -> tuple[str, str, str, str, str]:
        """As a row of text: framework, clause, strongest cover, controls with their mutation scores, what the clause asks."""
        tested = {control: f", {scores[control]:.1f} %" for control, _ in self.controls if control in scores}
        controls = ", ".join(f"{control} ({covers}{tested.get(control, '')})" for control, covers in self.controls)
        return (self.framework, self.clause, self.covers or "-", controls or "-", self.title)


def coverage(roots: Sequence[Path], edges: Mapping[str, Mapping[str, list[Edge]]]) -> list[Row]:
    """Every clause that asks for something, by framework, in the framework's order.

    A clause that has clauses below it is their heading: it is a row only where a control is mapped to it. Raises ContentError for a
    mapping that cannot be read.
    """
    return _rows(roots, edges, _out_of_scope(_mappings(roots)))


def _rows(
    roots: Sequence[Path], edges: Mapping[str, Mapping[str, list[Edge]]], out: Mapping[str, Mapping[str, str]]
) -> list[Row]:
    rows = []
    for root in roots:
        for path in sorted((root / "mappings" / "frameworks").glob("*.yaml")):
            framework, clauses, _ = read_framework(path)
            served = _by_clause(edges.get(framework["id"], {}))
            headings = _headings(clauses)
            listed = out.get(framework["id"], {})
            rows += [
                Row(
                    framework["id"],
                    id,
                    clause["title"],
                    served.get(id, ()),
                    listed.get(id, _no_duty(framework, clause)),
                )
                for id, clause in clauses.items()
                if id in served or id in listed or id not in headings
            ]
    return rows


def _mappings(roots: Sequence[Path]) -> list[MappingFile]:
    return [read_file(path, MappingFile) for root in roots for path in sorted((root / "mappings").glob("*.yaml"))]


def _out_of_scope(mappings: Sequence[MappingFile]) -> dict[str, dict[str, str]]:
    """By framework, the clauses that its mappings leave out, each with the reason."""
    found: dict[str, dict[str, str]] = {}
    for mapping in mappings:
        found.setdefault(mapping.framework, {}).update(mapping.out_of_scope)
    return found


def undecided(roots: Sequence[Path], edges: Mapping[str, Mapping[str, list[Edge]]]) -> Iterator[str]:
    """A sentence for each clause that a mapping says nothing about although it says that it is complete, or says two things about."""
    mappings = _mappings(roots)
    complete = {mapping.framework for mapping in mappings if mapping.complete}
    out = _out_of_scope(mappings)
    for row in _rows(roots, edges, out):
        if row.controls and row.clause in out.get(row.framework, {}):
            yield f"mappings: {row.framework}: {row.clause} is out of scope and mapped to {row.controls[0][0]}: say one of them"
        elif row.framework in complete and not row.controls and not row.reason:
            yield f"mappings: {row.framework}: {row.clause} has no control and no reason under out_of_scope"


def _by_clause(edges: Mapping[str, list[Edge]]) -> dict[str, tuple[tuple[str, Covers], ...]]:
    found: dict[str, list[tuple[str, Covers]]] = {}
    for control, listed in edges.items():
        for edge in listed:
            found.setdefault(edge["clause"], []).append((control, edge["covers"]))
    return {clause: tuple(sorted(named, key=lambda n: (_RANK[n[1]], n[0]))) for clause, named in found.items()}


def _headings(clauses: Mapping[str, Clause]) -> set[str]:
    """ "Art. 5(1)" is above "Art. 5(1)(a)", "GOVERN 1" above "GOVERN 1.1", "A.9" above "A.9.4"."""
    above = {id[:end] for id in clauses for end, mark in enumerate(id) if mark in "(. "}
    return above & set(clauses)


def _no_duty(framework: Framework, clause: Clause) -> str:
    if not framework["dated"]:
        return ""
    if "binds" not in clause:
        return NO_DUTY
    return "" if clause["binds"] else BINDS_NOBODY


def counts(rows: Sequence[Row]) -> list[tuple[str, ...]]:
    """By framework: how many clauses, and how many have full, part, supports or nothing as their strongest cover."""
    covers = (*get_args(Covers), None)
    by_framework = {name: [row.covers for row in rows if row.framework == name] for name in {r.framework for r in rows}}
    return [
        (name, str(len(found)), *(str(found.count(cover)) for cover in covers))
        for name, found in sorted(by_framework.items())
    ]
