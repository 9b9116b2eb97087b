"""What is said of the controls behind a mapping: a clause with a control is not yet one that is well served."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from policyctl.library import own_root
from policyctl.model.errors import UsageError
from policyctl.strengths import Standing, read_scores
from tests.conftest import Run


def test_each_state_is_told_apart() -> None:
    assert Standing("X-001", (), 99.0).state == "no evidence kind"
    assert Standing("X-001", ("bom",), None).state == "tests not measured"
    assert Standing("X-001", ("bom",), 89.9).state == "weak tests"
    assert Standing("X-001", ("bom",), 90.0).state == "covered"


def test_without_scores_nothing_counts_as_tested(run: Run) -> None:
    told = json.loads(run("mapping", "coverage", "-o", "json").out)["controls"]
    assert {one["state"] for one in told} == {"tests not measured"}
    by_id = {one["id"]: one["evidence"] for one in told}
    assert (by_id["GOV-011"], by_id["DOC-001"]) == (["attestation"], ["model_card", "bom"])


def test_scores_count_for_the_rules_that_were_measured(run: Run, tmp_path: Path) -> None:
    measured = json.loads(run("control", "mutate", "GOV-004", "GOV-005", "--output", "json").out)
    weak, stale = measured["controls"]
    weak["score"], stale["sha256"] = 50.0, "0" * 64
    scores = tmp_path / "scores.json"
    scores.write_text(json.dumps(measured))
    done = run("mapping", "coverage", "--scores", str(scores), "-o", "json")
    states = {one["id"]: one["state"] for one in json.loads(done.out)["controls"]}

    assert (states["GOV-004"], states["GOV-005"], states["GOV-006"]) == (
        "weak tests",
        "tests not measured",
        "tests not measured",
    )
    assert "no scores of today's rules for GOV-005" in done.err
    table = run("mapping", "coverage", "--scores", str(scores)).out
    assert "GOV-004  weak tests  50.0 %" in table
    assert "GOV-004 (supports, 50.0 %)" in table


NO_DIGEST = '{"controls": [{"id": "GOV-004", "score": 95}]}'
OVER_100 = '{"controls": [{"id": "GOV-004", "sha256": "a", "score": 101}]}'


@pytest.mark.parametrize("text", ["", "[]", "{}", NO_DIGEST, OVER_100])
def test_what_holds_no_scores_is_refused(text: str, tmp_path: Path, opa_path: str) -> None:
    scores = tmp_path / "scores.json"
    scores.write_text(text)
    with pytest.raises(UsageError, match="holds no mutation scores"):
        read_scores(scores, (own_root(),), opa_path)


def test_scores_that_are_not_there_are_refused(run: Run) -> None:
    done = run("mapping", "coverage", "--scores", "nowhere.json")
    assert done.code == 2
    assert "nowhere.json cannot be read" in done.err
