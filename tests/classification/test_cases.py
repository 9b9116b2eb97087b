"""Each case of `cases.yaml` has the classes, roles and reviews that the law's text gives it."""

from __future__ import annotations

from typing import Any

import pytest

from policyctl.model.classification import Classified
from tests.classification.documents import CASES, Asking, description, labels
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def answers(asking: Asking) -> dict[str, Classified]:
    """The classification of every case, by its name."""
    return {
        case["name"]: answer
        for case, answer in zip(CASES, asking.ask([description(case["change"]) for case in CASES]), strict=True)
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_case_is_as_the_law_says(case: dict[str, Any], answers: dict[str, Classified]) -> None:
    found = answers[case["name"]]
    established = labels(found, "established")
    roles = {
        status: [r["role"] for r in found["roles"] if r["status"] == status]
        for status in ("established", "undetermined")
    }

    assert established == sorted(case.get("established", []))
    assert labels(found, "undetermined") == sorted(case.get("undetermined", []))
    assert sorted(roles["established"]) == sorted(case.get("roles", ["deployer"]))
    assert roles["undetermined"] == case.get("roles_undetermined", [])
    assert sorted(one["about"] for one in found["review"]) == sorted(case.get("review", []))
    assert [e["clause"] for e in found["exemptions"] if e["status"] == "established"] == case.get("exemptions", [])
    assert found["decided"] is not bool(case.get("undetermined"))
    if "needed" in case:
        assert [one["question"] for one in found["needed"]] == case["needed"]


@pytest.mark.parametrize("case", [case for case in CASES if "since" in case], ids=lambda case: case["name"])
def test_the_clause_applies_from_the_day_that_the_law_names(
    case: dict[str, Any], answers: dict[str, Classified]
) -> None:
    (class_,) = [
        one for one in answers[case["name"]]["classes"] if f"{one['class']} {one['route']}" == case["established"][0]
    ]

    assert class_["applies_from"] == case["since"]
    assert class_["applies"] is (case.get("applies", "true") == "true")


def test_the_new_prohibitions_apply_from_the_second_of_december_2026(asking: Asking) -> None:
    case = next(case for case in CASES if case["name"] == "letter (ba), as its purpose")
    told = {}
    for day in ("2026-12-01", "2026-12-02"):
        (found,) = asking.ask([description(case["change"])], day)
        told[day] = {one["route"]: one["applies"] for one in found["classes"]}["Art. 5(1)(ba)"]

    assert told == {"2026-12-01": False, "2026-12-02": True}


def test_every_step_names_a_clause_of_the_framework_and_says_why(
    asking: Asking, answers: dict[str, Classified]
) -> None:
    known = asking.run.loaded.bundle.catalog["classification"]["clauses"]
    steps = [
        (name, step)
        for name, found in answers.items()
        for one in (*found["classes"], *found["roles"], *found["exemptions"])
        for step in one["because"]
    ]

    assert len(steps) > 1000
    assert [(name, step) for name, step in steps if not step["reason"]] == []
    assert {step["clause"] for _, step in steps} - set(known) == set()


def test_every_result_has_a_reason(answers: dict[str, Classified]) -> None:
    silent = {
        (name, one["class"], one["route"])
        for name, found in answers.items()
        for one in found["classes"]
        if not one["because"]
    }

    assert silent == set()


def test_every_question_is_asked_for_by_a_case(asking: Asking) -> None:
    """A question whose yes no case shows could be read the wrong way round, and nobody would notice."""
    groups = asking.run.loaded.bundle.catalog["classification"]["groups"]
    shown = {name for case in CASES for name in _yeses(description(case["change"])["answers"])}

    assert {name for group in groups.values() for name in group["questions"]} - shown == set()


def _yeses(value: Any, name: str = "") -> set[str]:
    if isinstance(value, dict):
        return {found for key, below in value.items() for found in _yeses(below, f"{name}.{key}".strip("."))}
    return {name.removesuffix(".answer")} if value == "yes" else set()


def test_every_practice_point_and_condition_of_the_framework_has_a_case(answers: dict[str, Classified]) -> None:
    import yaml

    framework = yaml.safe_load((ROOT / "mappings/frameworks/eu_ai_act.yaml").read_text())
    ids = [p["id"] for p in framework["provisions"]] + [p["id"] for p in framework["annexes"]["annex_iii"]["points"]]
    annex_i = framework["annexes"]["annex_i"]
    ids += [p["id"] for p in (*annex_i["section_a"], *annex_i["section_b"]) if p["text_status"] != "deleted"]
    listed = [i for i in ids if i.startswith(("Art. 5(1)(", "Annex III(", "Annex I-", "Art. 6(3)(", "Art. 25(1)("))]
    leaves = {i for i in listed if not any(other.startswith(f"{i}(") for other in listed)}
    yes = {
        step["clause"]
        for found in answers.values()
        for one in (*found["classes"], *found["roles"])
        if one["status"] == "established"
        for step in one["because"]
        if step["answer"] == "yes"
    }

    assert len(leaves) > 60
    assert leaves - yes == set()
