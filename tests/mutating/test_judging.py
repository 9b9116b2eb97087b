"""What the tests notice: counted by hand, and mutant by mutant as OPA's own test runner says."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from policyctl.bundles.syntax import located_tree
from policyctl.model.errors import ContentError
from policyctl.mutating.judging import judge, percent
from policyctl.mutating.mutant import Mutant
from policyctl.mutating.operators import mutants_of
from policyctl.mutating.sought import Subject, subjects
from policyctl.mutating.warm import Warm
from tests.conftest import ROOT
from tests.mutating.conftest import BOUNDARY, TESTS


def subject(own: Path, opa_path: str) -> Subject:
    (found,) = subjects((ROOT, own.parents[4]), ["ORG-001"], opa_path)
    return found


def test_the_mutants_of_a_small_control_are_those_counted_by_hand(own: Path, opa_path: str) -> None:
    judged = judge(subject(own, opa_path), opa_path, 2)

    # resources: dropped, emptied. findings: dropped; the key and the code changed; the condition left out, > to >= and to <=, 3 to 4.
    assert judged.mutants == 9
    # No test looks at resources, and none stands on the boundary.
    assert [(mutant.rule, mutant.operator, mutant.becomes) for mutant in judged.survivors] == [
        ("resources", "rule dropped", ""),
        ("resources", "literal emptied", "resources := set()"),
        ("findings", "comparison swapped", 'findings contains {"code": "too_many"} if input.facts.parts >= 3'),
        ("findings", "constant changed", 'findings contains {"code": "too_many"} if input.facts.parts > 4'),
    ]
    assert (judged.killed, judged.score) == (5, 55.5)


def test_tests_on_the_boundary_notice_everything(own: Path, opa_path: str) -> None:
    (own / "parts_test.rego").write_text(TESTS + BOUNDARY)
    judged = judge(subject(own, opa_path), opa_path, 1)

    assert (judged.mutants, judged.survivors, judged.score) == (9, (), 100.0)


def test_a_mutant_that_does_not_compile_was_not_made(own: Path, opa_path: str) -> None:
    rules = own / "parts.rego"
    rules.write_text(
        rules.read_text().replace(" if input.facts.parts > 3", " if {\n\tparts := input.facts.parts\n\tparts > 3\n}")
    )
    judged = judge(subject(own, opa_path), opa_path, 1)

    # Without `parts := …` the name is unsafe: only the other expression can be left out, and nothing else is new.
    assert judged.mutants == 9


def test_a_failing_test_judges_nothing(own: Path, opa_path: str) -> None:
    tests = own / "parts_test.rego"
    tests.write_text(TESTS.replace('"parts": 1', '"parts": 5'))

    with pytest.raises(ContentError, match="test_one_is_not fails"):
        judge(subject(own, opa_path), opa_path, 1)


def test_an_endless_question_is_over_in_time(tmp_path: Path, opa_path: str) -> None:
    rules = "package slow\n\nends := 1\n\nendless if count([1 | some i, j in numbers.range(1, 9000); some k in numbers.range(1, j)]) == 1\n"
    (tmp_path / "slow.rego").write_text(rules)
    with Warm(opa_path, [tmp_path / "slow.rego"], 1) as engine:
        engine.wait()

        assert engine.value("slow/endless", 0.3) is None
        assert engine.value("slow/ends", 5) == 1


@pytest.mark.parametrize("control", ["governance/system_dates", "bom/origin"])
def test_one_module_of_all_mutants_says_of_each_what_a_file_of_its_own_says(
    control: str, tmp_path: Path, opa_path: str
) -> None:
    (found,) = subjects((ROOT,), [control], opa_path)
    survivors = set(judge(found, opa_path, 2).survivors)
    text = found.rules.read_text()
    disagreed = [
        mutant
        for mutant in mutants_of(located_tree(opa_path, str(found.rules)), text)[::5]
        if (alone := noticed_alone(mutant, text, found, tmp_path, opa_path)) is not None
        and alone == (mutant in survivors)
    ]

    assert disagreed == []


def noticed_alone(mutant: Mutant, text: str, found: Subject, folder: Path, opa_path: str) -> bool | None:
    """What the tests say of the mutated file, asked in a process of its own; None where it does not compile."""
    file = folder / found.rules.name
    file.write_text(text[: mutant.start] + mutant.text + text[mutant.end :])
    files = [str(path) for path in (file, *found.tests, *found.beside)]
    if subprocess.run([opa_path, "check", *files], capture_output=True, check=False).returncode:
        return None
    query = "; ".join(f"data.{package.replace('/', '.')}.{test}" for package, test in found.test_rules)
    data = [argument for path in files for argument in ("--data", path)]
    asked = [opa_path, "eval", "--strict-builtin-errors", "--fail", *data, query]
    return subprocess.run(asked, capture_output=True, check=False).returncode != 0


def test_a_score_is_rounded_down() -> None:
    assert (percent(999, 1000), percent(1999, 2000), percent(0, 0)) == (99.9, 99.9, 0.0)
