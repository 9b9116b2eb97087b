"""An answer about a classification is believed only where it is one."""

from __future__ import annotations

from typing import Any

import pytest

from policyctl.engines.answers import answers_in
from policyctl.engines.interface import CLASSIFICATIONS
from policyctl.model.errors import EngineError

DOCUMENT = {"as_of": "2026-11-21"}
WHOLE: dict[str, Any] = {
    "as_of": "2026-11-21",
    "decided": True,
    "roles": [],
    "classes": [{}],
    "exemptions": [],
    "needed": [],
    "review": [],
}


def test_a_whole_answer_is_taken() -> None:
    assert answers_in({"result": [WHOLE]}, [DOCUMENT], "OPA", CLASSIFICATIONS) == [WHOLE]


@pytest.mark.parametrize(
    "changes",
    [{"as_of": "2026-11-20"}, {"decided": None}, {"classes": []}, {"classes": {}}, {"needed": None}, {"review": 1}],
)
def test_a_broken_answer_is_an_error(changes: dict[str, Any]) -> None:
    with pytest.raises(EngineError, match="no classification"):
        answers_in({"result": [{**WHOLE, **changes}]}, [DOCUMENT], "OPA", CLASSIFICATIONS)


@pytest.mark.parametrize("payload", [{}, {"result": []}, {"result": [WHOLE, WHOLE]}, {"result": None}])
def test_no_answer_or_another_number_is_an_error(payload: dict[str, Any]) -> None:
    with pytest.raises(EngineError):
        answers_in(payload, [DOCUMENT], "OPA", CLASSIFICATIONS)
