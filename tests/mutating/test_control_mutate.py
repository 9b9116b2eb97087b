"""`control mutate`: what it prints, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

from policyctl.linting import lint
from tests.conftest import ROOT, Run
from tests.mutating.conftest import BOUNDARY, TESTS

LISTED = """\
ORG-001:
  - rule: findings
    was: 'findings contains {"code": "too_many"} if input.facts.parts > 3'
    becomes: 'findings contains {"code": "too_many"} if input.facts.parts >= 3'
    reason: Nobody has exactly three parts.
"""


def test_a_survivor_is_a_diff_with_the_test_that_is_missing(own: Path, run: Run) -> None:
    result = run("control", "mutate", "org-001")

    assert result.code == 1
    assert "WEAK  ORG-001     9 mutants     5 noticed   55.5 %" in result.out
    assert "policy/rego/policyctl/controls/own/parts/parts.rego:5  comparison swapped in findings" in result.out
    assert '        - findings contains {"code": "too_many"} if input.facts.parts > 3' in result.out
    assert '        + findings contains {"code": "too_many"} if input.facts.parts >= 3' in result.out
    assert "missing: a test where the two sides are equal, and one a step to either side" in result.out
    assert result.out.endswith("1 control, 9 mutants, 5 noticed: 55.5 %; below 90 %: ORG-001\n")


def test_json_counts_and_names(own: Path, run: Run) -> None:
    told = json.loads(run("control", "mutate", "own/parts", "--output", "json").out)

    assert told["summary"] == {"mutants": 9, "killed": 5, "score": 55.5}
    (control,) = told["controls"]
    assert (control["id"], control["mutants"], control["killed"], control["score"]) == ("ORG-001", 9, 5, 55.5)
    assert {(survivor["line"], survivor["operator"]) for survivor in control["survivors"]} == {
        (3, "rule dropped"),
        (3, "literal emptied"),
        (5, "comparison swapped"),
        (5, "constant changed"),
    }


def test_the_least_score_decides_the_exit_code(own: Path, run: Run) -> None:
    assert run("control", "mutate", "own", "--min", "55").code == 0
    (own / "parts_test.rego").write_text(TESTS + BOUNDARY)
    assert run("control", "mutate", "own", "--min", "100").code == 0


def test_a_listed_mutant_does_not_count(own: Path, run: Run) -> None:
    (own / "equivalent.yaml").write_text(LISTED)
    result = run("control", "mutate", "own", "--min", "60")

    assert result.code == 0
    assert "8 mutants     5 noticed   62.5 %  1 equivalent" in result.out


def test_a_listed_mutant_that_is_not_there_is_a_problem(own: Path, run: Run, opa_path: str) -> None:
    (own / "equivalent.yaml").write_text(LISTED.replace("parts >= 3", "parts >= 4"))
    result = run("control", "mutate", "own", "--min", "0")

    assert result.code == 1
    assert "there are 0 such mutants, and 1 listed" in result.out
    problems = lint((ROOT, own.parents[4]), opa_path).problems
    assert len([problem for problem in problems if problem.startswith("ORG-001: equivalent.yaml: findings")]) == 1


def test_a_list_of_another_control_is_refused(own: Path, run: Run) -> None:
    (own / "equivalent.yaml").write_text(LISTED.replace("ORG-001", "ORG-002"))
    result = run("control", "mutate", "own")

    assert result.code == 2
    assert "what is listed must stand under ORG-001" in result.err


def test_a_selector_that_names_nothing_is_a_usage_error(own: Path, run: Run) -> None:
    assert run("control", "mutate", "nothing").code == 2
    assert run("control", "mutate", "own", "--all").code == 2
