"""What each place of a rule may become."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from policyctl.mutating.mutant import Mutant

Made = Callable[[str], list[Mutant]]


def becomes(mutants: list[Mutant], operator: str) -> set[str]:
    return {mutant.becomes for mutant in mutants if mutant.operator == operator}


@pytest.mark.parametrize(
    ("sign", "others"), [("==", {"!="}), ("!=", {"=="}), ("<", {"<=", ">="}), ("<=", {"<", ">"}), (">", {">=", "<="})]
)
def test_a_comparison_becomes_its_neighbour_and_its_opposite(made: Made, sign: str, others: set[str]) -> None:
    assert becomes(made(f"p if input.a {sign} input.b"), "comparison swapped") == {
        f"p if input.a {other} input.b" for other in others
    }


@pytest.mark.parametrize(
    ("written", "changed"),
    [("true", "false"), ("7", "8"), ('"a"', '"a_changed"'), ("null", '"_changed"'), ("`\\d`", '"\\\\d_changed"')],
)
def test_a_constant_becomes_another(made: Made, written: str, changed: str) -> None:
    assert becomes(made(f"p := {written}"), "constant changed") == {f"p := {changed}"}


def test_an_expression_is_left_out_and_turned_round(made: Made) -> None:
    mutants = made("p if {\n\tinput.a\n\tnot input.b\n}")

    assert becomes(mutants, "expression dropped") == {"true"}
    assert len([mutant for mutant in mutants if mutant.operator == "expression dropped"]) == 2
    assert becomes(mutants, "negation added") == {"not input.a"}
    assert becomes(mutants, "negation removed") == {"input.b"}


def test_some_becomes_no_every_where_it_takes_a_value_apart(made: Made) -> None:
    assert becomes(made("p if {\n\tsome [x, y] in input.a\n\tx == y\n}"), "some to every") == set()


def test_some_becomes_every_and_every_some(made: Made) -> None:
    assert becomes(made("p if {\n\tsome x in input.a\n\tx.b\n}"), "some to every") == {"every x in input.a { x.b }"}
    assert becomes(made("p if {\n\tevery k, v in input.a { k; v }\n}"), "every to some") == {
        "some k, v in input.a k; v"
    }


def test_a_literal_is_emptied_and_loses_what_is_no_constant(made: Made) -> None:
    mutants = made('p := {input.a, "b", input.c}')

    assert becomes(mutants, "literal emptied") == {"p := set()"}
    assert becomes(mutants, "element removed") == {'p := { "b", input.c}', 'p := {input.a, "b"}'}
    assert becomes(made("p := [x | some x in input.a]"), "literal emptied") == {"p := []"}
    assert becomes(made('p := {"a"}'), "literal emptied") == set()


def test_branches_and_rules_go(made: Made) -> None:
    mutants = made('f(x) := "a" if {\n\tx == 1\n} else := "b" if {\n\tx == 2\n} else := "c"')

    assert becomes(mutants, "branch dropped") == {"false", '} else := "c"', "}"}
    assert becomes(mutants, "rule dropped") == {""}


def test_what_only_names_a_value_stays(made: Made) -> None:
    mutants = made("f([a, b]) := c if {\n\t[c, _] := [a, b]\n\tsome [d, _] in input.x\n\td\n}")

    assert becomes(mutants, "literal emptied") == {"[c, _] := []"}
    assert becomes(mutants, "constant changed") == set()


def test_fields_keep_their_names(made: Made) -> None:
    assert becomes(made('p if input.a["b"]'), "constant changed") == set()


def test_a_mutant_knows_its_line_after_letters_of_several_bytes(made: Made) -> None:
    (mutant,) = [m for m in made('p := "é" # ü\n\nq := ["ö", 1]') if m.becomes == 'q := ["ö", 2]']

    assert (mutant.row, mutant.rule, mutant.was) == (5, "q", 'q := ["ö", 1]')
