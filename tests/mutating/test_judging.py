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

HEAD = "package policyctl.controls.own.parts\n\nresources := {input.facts.id}\n"
GUARDED = """\
findings contains {"code": _code} if _many(_parts)

default _parts := 0

_parts := input.facts.parts

_many(parts) if not is_number(parts)

_many(parts) if {
	is_number(parts)
	abs(parts) > 3
}

_code := "far_too_many" if _parts > 8 else := "too_many"
"""
GUARDED_TESTS = """\
package policyctl.controls.own.parts_test

import data.policyctl.controls.own.parts as control

test_nine_are_far_too_many if _codes(9) == {"far_too_many"}

test_five_are_too_many if _codes(5) == {"too_many"}

test_one_is_not if _codes(1) == set()

test_a_text_is_no_number if count(_codes("none")) == 1

test_none_are_not if control.findings == set() with input as {"facts": {"id": "a"}}

_codes(parts) := codes if {
	codes := {finding.code | some finding in control.findings} with input as {"facts": {"id": "a", "parts": parts}}
}
"""


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


def test_a_mutant_with_an_error_of_types_takes_no_other_with_it(own: Path, opa_path: str) -> None:
    findings = 'findings contains {"code": "too_many"} if count(_beyond({input.facts.parts})) > 0'
    (own / "parts.rego").write_text(f"{HEAD}\n{findings}\n\n_beyond(numbers) := numbers - {{1, 2, 3}}\n")
    judged = judge(subject(own, opa_path), opa_path, 1)

    # resources: dropped, emptied. findings: dropped; the key and the code changed; the condition left out, > to >= and to <=, 0 to 1;
    # the set of parts emptied. _beyond: dropped; each number changed, all three gone. OPA refuses a sum of sets, and with it the function.
    assert judged.mutants == 2 + 8 + 5


def test_clauses_ladders_and_defaults_say_what_a_file_of_its_own_says(own: Path, tmp_path: Path, opa_path: str) -> None:
    (own / "parts.rego").write_text(f"{HEAD}\n{GUARDED}")
    (own / "parts_test.rego").write_text(GUARDED_TESTS)
    found = subject(own, opa_path)
    survivors, text = set(judge(found, opa_path, 2).survivors), found.rules.read_text()
    alone = {
        mutant: noticed_alone(mutant, text, found, tmp_path, opa_path)
        for mutant in mutants_of(located_tree(opa_path, str(found.rules)), text)
    }

    # What is no number is answered by the first clause: OPA does not come to the second, where abs would fail.
    assert "expression dropped" in {mutant.operator for mutant in survivors if mutant.rule == "_many"}
    assert {mutant for mutant, noticed in alone.items() if noticed is False} == survivors


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
