"""Taking an answer or its evidence away never lowers a class without saying that something is undetermined."""

from __future__ import annotations

from typing import Any

import pytest

from policyctl.model.classification import Classified
from tests.classification.documents import CASES, Asking, Description, description, without_each


def turned(before: Classified, after: Classified) -> set[str]:
    """The classes and roles whose status an answer less may not give: all but the same one and undetermined."""
    now = {_label(one): one["status"] for one in (*after["classes"], *after["roles"])}
    return {
        f"{_label(one)}: {one['status']} -> {now[_label(one)]}"
        for one in (*before["classes"], *before["roles"])
        if now[_label(one)] not in {one["status"], "undetermined"}
    }


def _label(one: Any) -> str:
    return str(one["role"]) if "role" in one else f"{one['class']} by {one['route']}"


def eroded(asking: Asking, cases: list[dict[str, Any]], *, everything: bool = False) -> dict[str, set[str]]:
    """What turned round, by case and what was taken away: an answer that the case changes, or whichever with `everything`."""
    asked: list[tuple[str, Description]] = []
    for case in cases:
        described = description(case["change"])
        less = without_each(described)
        asked += [(case["name"], described)]
        asked += [(taken, one) for taken, one in less.items() if everything or taken.startswith(tuple(case["change"]))]
    found = {}
    before, name = None, ""
    for (taken, _), answer in zip(asked, asking.ask([one for _, one in asked]), strict=True):
        if taken in {case["name"] for case in cases}:
            before, name = answer, taken
        elif before and (wrong := turned(before, answer)):
            found[f"{name}, without {taken}"] = wrong
    return found


def test_turning_round_would_be_noticed(asking: Asking) -> None:
    before, after = asking.ask(
        [description(CASES[0]["change"]), description({"practices.e": {"database": "yes", "untargeted": "yes"}})]
    )

    assert turned(after, before) == {"prohibited by Art. 5(1)(e): established -> excluded"}


def test_an_answer_less_never_lowers_a_class_in_silence(asking: Asking) -> None:
    """Of all answers of the first case, and of those that every twelfth changes; the rest takes longer."""
    assert eroded(asking, CASES[:1], everything=True) | eroded(asking, CASES[3::12]) == {}


@pytest.mark.servers
@pytest.mark.parametrize("first", range(0, len(CASES), 20))
def test_whichever_answer_is_taken_from_whichever_case(asking: Asking, first: int) -> None:
    assert eroded(asking, CASES[first : first + 20], everything=True) == {}
