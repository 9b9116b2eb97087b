"""`policyctl control facts`: what controls read, and who says it."""

from __future__ import annotations

import json
from typing import Any

from policyctl.workbench.facts_read import basis, pattern
from tests.conftest import DATA, Run


def counted(run: Run, *arguments: str) -> dict[str, Any]:
    told = run("control", "facts", *arguments, "--output", "json")
    assert told.code == 0, told.err
    found: dict[str, Any] = json.loads(told.out)
    return found


def test_a_control_reads_what_its_verdict_depends_on(run: Run) -> None:
    found = counted(run, "REL-003")

    assert {fact["path"]: fact["basis"] for fact in found["facts"]} == {
        "code.dirty": "derived",
        "code.repository": "derived",
        "code.revision": "derived",
    }
    assert found["summary"] == {"derived": 3, "attested": 0}


def test_what_people_state_is_counted_apart(run: Run) -> None:
    found = counted(run, "PPL-005")

    assert found["summary"]["derived"] == 0
    assert "people[].tasks[]" in {fact["path"] for fact in found["facts"]}


def test_the_facts_of_a_source_are_counted_in_place_of_the_examples(run: Run) -> None:
    found = counted(run, "REL-003", "--source", str(DATA / "releases" / "wine"))

    # This run names neither its repository nor whether the code was changed.
    assert [fact["path"] for fact in found["facts"]] == ["code.revision"]


def test_where_nothing_is_read_that_is_no_success(run: Run) -> None:
    told = run("control", "facts", "REL-003", "--source", str(DATA / "model_cards" / "bloom.md"))

    assert told.code == 3


def test_a_selector_that_names_nothing_is_an_error(run: Run) -> None:
    assert run("control", "facts", "REL-999").code == 2


def test_the_basis_of_a_fact() -> None:
    assert basis("model", "release.approvals[].day") == "attested"
    assert basis("model", "release.reviews[].evidence[].sha256") == "attested"
    assert basis("model", "release.reviews[].evidence[].state") == "derived"
    assert basis("model", "releases") == "derived"
    assert basis("model", "run.status") == "derived"
    assert basis("system", "anything") == "attested"
    assert basis("terraform_plan", "resources") == "derived"


def test_positions_in_lists_are_not_told_apart() -> None:
    assert pattern(("a", 0, "b", 12, 3)) == "a[].b[][]"
