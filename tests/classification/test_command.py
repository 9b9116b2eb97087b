"""`policyctl system`: from a file to a result, and what is said of a file that cannot be understood."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from tests.classification.documents import CASES, description
from tests.conftest import Run


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], str]:
    """Writes a description and returns its path."""

    def write_one(text: str) -> str:
        path = tmp_path / "system.yaml"
        path.write_text(text)
        return str(path)

    return write_one


def ordinary() -> str:
    return yaml.safe_dump(description({}), sort_keys=False)


def named(name: str) -> str:
    (case,) = [case for case in CASES if case["name"] == name]
    return yaml.safe_dump(description(case["change"]), sort_keys=False)


def test_what_is_decided_exits_with_0_and_says_so(run: Run, write: Callable[[str], str]) -> None:
    done = run("system", "classify", write(ordinary()), "--as-of", "2026-11-21")

    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("photo-sorting, as of 2026-11-21\n\nclasses established: none\n")
    assert done.out.endswith("every class and role is determined\n")


def test_what_is_undetermined_exits_with_3_and_says_what_is_needed(run: Run, write: Callable[[str], str]) -> None:
    done = run("system", "classify", write(named("letter (a), harm not known")))

    assert done.code == 3
    assert "needed: 1\n  practices.a.harm (Art. 5(1)(a)): answered unknown\n" in done.out
    assert done.out.endswith("not everything is determined\n")


def test_a_practice_that_is_not_prohibited_yet_is_told_with_its_day(run: Run, write: Callable[[str], str]) -> None:
    path = write(named("letter (bb), as its purpose"))

    assert "Art. 5(1)(bb) applies only from 2026-12-02" in run("system", "classify", path, "--as-of", "2026-12-01").out
    assert "Art. 5(1)(bb) applies from 2026-12-02" in run("system", "classify", path, "--as-of", "2026-12-02").out


def test_json_has_every_part(run: Run, write: Callable[[str], str]) -> None:
    done = run("system", "classify", write(named("Art. 6(3)(a)")), "--output", "json")
    told = json.loads(done.out)

    assert done.code == 0
    assert {"system", "as_of", "decided", "roles", "classes", "exemptions", "needed", "review"} <= set(told)
    (class_,) = [one for one in told["classes"] if one["status"] == "established"]
    assert class_["class"] == "annex_iii_not_high_risk"
    assert {"step": "derogation.assessed.a", "clause": "Art. 6(3)(a)", "answer": "yes"}.items() <= next(
        step for step in class_["because"] if step["clause"] == "Art. 6(3)(a)"
    ).items()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("  practices: {aa: no}", "there is no question 'practices.aa'"),
        ("  practices: {a: {hram: no}}", "there is no question 'practices.a.hram'"),
        ("  practice: {a: no}", "there is no question 'practice.a'"),
        ("  practices: {a: yes}", "practices.a has several questions: a yes says not which"),
        ("  scope: {union: perhaps}", "answers.scope.union is none of yes, no, unknown: 'perhaps'"),
        ("  scope: {union: {answer: no, evidence: ''}}", "answers.scope.union.evidence is not text: ''"),
        ("  scope: {union: {answer: no, sha256: x}}", "is no SHA-256 digest"),
        ("  scope: {union: {answer: no, proof: x}}", "an answer has no key 'proof'"),
        ("  scope: no", "answers.scope is a section"),
        ("  scope: {union: {x: {y: no}}}", "answers.scope.union.x has no answer: yes, no or unknown"),
    ],
)
def test_a_file_that_cannot_be_understood_is_named_with_its_line(
    run: Run, write: Callable[[str], str], line: str, said: str
) -> None:
    path = write(f"policyctl: system\nid: a\nanswers:\n{line}\n")
    done = run("system", "classify", path)

    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert f"{path}:4: " in done.err


def test_a_slip_is_answered_with_the_nearest_question(run: Run, write: Callable[[str], str]) -> None:
    done = run("system", "classify", write("policyctl: system\nid: a\nanswers: {practices: {a: {hram: no}}}\n"))

    assert "did you mean practices.a.harm?" in done.err


def test_init_writes_every_question_with_clause_and_meaning(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    assert run("system", "init", str(path), "--id", "demo").code == 0
    written = path.read_text()

    assert "# Art. 5(1)(bb): Child sexual abuse material" in written
    assert yaml.safe_load(written)["answers"]["practices"]["ba"]["safeguards"] == "unknown"
    done = run("system", "classify", str(path), "--output", "json")
    told = json.loads(done.out)
    assert done.code == 3
    assert {one["status"] for one in told["classes"]} == {"undetermined"}
    assert {one["status"] for one in told["roles"]} == {"undetermined"}


def test_init_overwrites_nothing(run: Run, write: Callable[[str], str]) -> None:
    path = write("mine\n")
    done = run("system", "init", path)

    assert done.code == 2
    assert Path(path).read_text() == "mine\n"


def test_an_id_that_no_system_can_have_is_refused(run: Run, tmp_path: Path) -> None:
    assert run("system", "init", str(tmp_path / "s.yaml"), "--id", "a b").code == 2


def test_the_schema_takes_each_case_and_no_slip(run: Run) -> None:
    schema = json.loads(run("system", "schema").out)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    wrong = {case["name"]: [e.message for e in validator.iter_errors(description(case["change"]))] for case in CASES}

    assert {name: said for name, said in wrong.items() if said} == {}
    assert list(validator.iter_errors({"policyctl": "system", "id": "a", "answers": {"practices": {"aa": "no"}}}))
    assert list(validator.iter_errors({"policyctl": "system", "id": "a", "answers": {"practices": {"a": "perhaps"}}}))


def test_the_answers_are_no_part_of_what_other_subjects_are_told_of_a_system(
    run: Run, write: Callable[[str], str]
) -> None:
    path = write(ordinary())
    document = json.loads(run("gather", path).out)

    assert document["facts"]["answers"]["practices.a"] == {"answer": "no"}
    assert "answers" not in document["system"]
    assert "answers" not in document["facts"]["stated"]
