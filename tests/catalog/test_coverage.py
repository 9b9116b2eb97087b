"""Coverage tells of each clause which controls serve it, and never counts a heading or a definition as a gap."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from policyctl.catalog.coverage import BINDS_NOBODY, NO_DUTY, Row, counts, coverage, undecided
from policyctl.linting import lint
from tests.conftest import ROOT, Run

NIST_SUBCATEGORIES = 72
ISO_ANNEX_A_CONTROLS = 38


def rows(framework: str, edges: dict[str, object] | None = None) -> list[Row]:
    given = {framework: edges or {}}
    return [row for row in coverage((ROOT,), given) if row.framework == framework]


def test_a_practice_framework_is_its_lowest_clauses() -> None:
    assert len(rows("nist_ai_rmf_1_0")) == NIST_SUBCATEGORIES
    iso = [row.clause for row in rows("iso_42001_2023")]
    assert len([clause for clause in iso if clause.startswith("A.")]) == ISO_ANNEX_A_CONTROLS
    assert {"4.1", "10.2"} <= set(iso)
    assert not {"4", "A.9"} & set(iso)


def test_a_definition_asks_nothing_of_an_operator() -> None:
    by_clause = {row.clause: row for row in rows("eu_ai_act")}

    assert by_clause["Art. 3(3)"].reason == BINDS_NOBODY
    assert by_clause["Annex III(5)(b)"].reason == NO_DUTY
    assert by_clause["Annex IV(1)(a)"].reason == by_clause["Art. 26(6)"].reason == ""
    assert "Art. 4a(1)" not in by_clause


def test_a_heading_counts_where_a_control_is_mapped_to_it() -> None:
    edges = {"X-001": [{"clause": "GOVERN 1", "covers": "supports", "because": "b"}]}
    found = rows("nist_ai_rmf_1_0", edges)

    assert len(found) == NIST_SUBCATEGORIES + 1
    assert next(row for row in found if row.clause == "GOVERN 1").controls == (("X-001", "supports"),)


def test_the_strongest_cover_stands_first() -> None:
    edges = {
        "X-001": [{"clause": "4.1", "covers": "supports", "because": "b"}],
        "X-002": [{"clause": "4.1", "covers": "part", "because": "b"}],
    }
    row = next(row for row in rows("iso_42001_2023", edges) if row.clause == "4.1")

    assert row.covers == "part"
    assert row.cells({})[3] == "X-002 (part), X-001 (supports)"
    assert row.cells({"X-001": 97.2})[3] == "X-002 (part), X-001 (supports, 97.2 %)"


def test_clauses_are_counted_by_their_strongest_cover() -> None:
    found = [
        Row("f", "1", "t", (("X-001", "full"),)),
        Row("f", "2", "t", (("X-001", "part"),)),
        Row("f", "3", "t", (("X-001", "supports"),)),
        Row("f", "4", "t"),
    ]

    assert counts(found) == [("f", "4", "1", "1", "1", "1")]


def test_gaps_and_what_is_mapped_are_all_clauses(run: Run) -> None:
    gaps = json.loads(run("mapping", "gaps", "--framework", "nist_ai_rmf_1_0", "-o", "json").out)
    edges = json.loads(run("mapping", "show", "--framework", "nist_ai_rmf_1_0", "-o", "json").out)["edges"]
    mapped = {edge["clause"] for edge in edges}
    open_ = {gap["clause"] for gap in gaps["gaps"]}

    assert not mapped & open_
    assert len({clause for clause in mapped if "." in clause} | open_) == NIST_SUBCATEGORIES
    assert gaps["out_of_scope"] == []


def test_coverage_in_every_output(run: Run) -> None:
    told = json.loads(run("mapping", "coverage", "-o", "json").out)["clauses"]
    table = run("mapping", "coverage").out
    listed = list(csv.reader(run("mapping", "coverage", "-o", "csv").out.splitlines()))
    markdown = run("mapping", "coverage", "-o", "markdown").out.splitlines()

    assert len(listed) - 1 == len(markdown) - 2 == len(told) > NIST_SUBCATEGORIES
    assert {len(row) for row in listed} == {5}
    assert "FULL  PART  SUPPORTS  NONE" in table
    assert run("mapping", "gaps", "--framework", "none").code == 2


def mapped(folder: Path, mapping: str) -> Path:
    """A content folder with a framework of two clauses and a mapping."""
    frameworks = folder / "mappings" / "frameworks"
    frameworks.mkdir(parents=True)
    header = "framework: {id: own, title: Our rules}\nclauses:\n"
    (frameworks / "own.yaml").write_text(header + "  - {id: '1', title: One}\n  - {id: '2', title: Two}\n")
    (folder / "mappings" / "own.yaml").write_text(f"framework: own\n{mapping}")
    return folder


EDGES = {"own": {"X-001": [{"clause": "1", "covers": "supports", "because": "b"}]}}
REASON = "A duty of the authority, not of an operator."


def test_a_clause_out_of_scope_has_its_reason(tmp_path: Path) -> None:
    root = mapped(tmp_path, f"clauses: {{}}\nout_of_scope: {{'2': '{REASON}'}}\n")
    assert [(row.clause, row.reason) for row in coverage((root,), {})] == [("1", ""), ("2", REASON)]


def test_a_complete_mapping_leaves_no_clause_out(tmp_path: Path) -> None:
    root = mapped(tmp_path, "complete: true\nclauses: {}\n")
    assert list(undecided((root,), EDGES)) == ["mappings: own: 2 has no control and no reason under out_of_scope"]
    (root / "mappings/own.yaml").write_text("framework: own\nclauses: {}\n")
    assert list(undecided((root,), EDGES)) == []


def test_a_clause_is_not_both_mapped_and_out_of_scope(tmp_path: Path) -> None:
    root = mapped(tmp_path, f"clauses: {{}}\nout_of_scope: {{'1': '{REASON}'}}\n")
    assert list(undecided((root,), EDGES)) == ["mappings: own: 1 is out of scope and mapped to X-001: say one of them"]


def test_lint_refuses_a_reason_for_an_unknown_clause(tmp_path: Path, opa_path: str) -> None:
    root = mapped(tmp_path, f"clauses: {{}}\nout_of_scope: {{'3': '{REASON}'}}\n")
    (problem,) = lint((ROOT, root), opa_path).problems
    assert problem.endswith("own.yaml: own has no clause '3'")
