"""A value that no rule can evaluate costs one control of one document; all else is decided as ever."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from policyctl.engines.interface import Document
from policyctl.engines.isolation import decide_isolated
from policyctl.engines.managed import ManagedEngine
from policyctl.model.decision import Answer
from policyctl.model.errors import EngineError

CONTROL_OF = {
    f"policyctl/controls/test/{name}/{name}.rego": f"T-00{number}"
    for number, name in enumerate(("deadline", "owner", "size", "weight", "slow", "colour"), start=1)
}


def test_one_control_of_one_document_is_undetermined_and_the_others_are_unchanged(
    engine: ManagedEngine, document: Callable[..., Any]
) -> None:
    documents = [document(number, owner="" if number % 3 == 0 else "ml") for number in range(7)]
    alone = [engine.decide([one])[0] for one in documents]
    documents[4] = document(4, deadline="tomorrow", size="500")

    decided = decide_isolated(engine, documents, CONTROL_OF.get)

    assert [one.answer for one in decided if one.document != decided[4].document] == alone[:4] + alone[5:]
    assert [one.document for one in decided[:4]] == documents[:4]
    broken = decided[4].answer
    assert broken["outcome"] == "deny"
    assert list(broken["undetermined"]) == ["T-001"]
    assert list(broken["findings"]) == ["T-003"]
    assert broken["evaluated"] == ["T-001", "T-002", "T-003", "T-004"]


@pytest.mark.parametrize(
    ("bad", "control"),
    [
        ({"deadline": "tomorrow"}, "T-001"),
        ({"deadline": "2026-02-30T00:00:00Z"}, "T-001"),
        ({"deadline": 7}, "T-001"),
        ({"size": "10Zi"}, "T-003"),
        ({"size": ["500"]}, "T-003"),
        ({"colour": 7}, "T-006"),
        ({"colour": "rosy"}, "T-006"),
    ],
    ids=str,
)
def test_one_bad_value_in_one_of_a_hundred_documents(
    engine: ManagedEngine, document: Callable[..., Any], bad: dict[str, Any], control: str
) -> None:
    """A text that is no date or quantity, a number where text should be, and a function with two outputs: "rosy" is loud and quiet."""
    controls = ("T-001", "T-002", "T-003", "T-006")
    documents = [document(number, controls=controls, colour="red") for number in range(100)]
    good = engine.decide(documents)
    documents[60] = document(60, controls=controls, **{"colour": "red", **bad})

    decided = [one.answer for one in decide_isolated(engine, documents, CONTROL_OF.get)]

    assert decided[:60] + decided[61:] == good[:60] + good[61:]
    assert decided[60]["outcome"] == "deny"
    assert {id: entry["code"] for id, (entry,) in decided[60]["undetermined"].items()} == {control: "evaluation_error"}
    assert decided[60]["findings"] == {id: found for id, found in good[60]["findings"].items() if id != control}


def test_the_document_that_is_returned_is_the_one_that_was_asked(
    engine: ManagedEngine, document: Callable[..., Any]
) -> None:
    original = document(1, deadline="tomorrow")

    decided = decide_isolated(engine, [original], CONTROL_OF.get)[0]

    assert original["gaps"] == []
    (gap,) = decided.document["gaps"]
    assert (gap["code"], gap["control"]) == ("evaluation_error", "T-001")
    assert "tomorrow" in gap["reason"]
    assert engine.decide([decided.document]) == [decided.answer]


def test_an_error_in_lib_excludes_just_the_controls_that_cause_it(
    engine: ManagedEngine, document: Callable[..., Any]
) -> None:
    decided = decide_isolated(engine, [document(1, size="big", owner="")], CONTROL_OF.get)[0]

    assert sorted(decided.answer["undetermined"]) == ["T-003", "T-004"]
    assert list(decided.answer["findings"]) == ["T-002"]


def test_errors_of_several_controls_are_all_isolated(engine: ManagedEngine, document: Callable[..., Any]) -> None:
    decided = decide_isolated(engine, [document(1, size="big", deadline="tomorrow")], CONTROL_OF.get)[0]

    assert sorted(decided.answer["undetermined"]) == ["T-001", "T-003", "T-004"]
    assert {gap["control"]: "tomorrow" in gap["reason"] for gap in decided.document["gaps"]} == {
        "T-001": True,
        "T-003": False,
        "T-004": False,
    }


def test_culprits_are_found_even_where_no_file_is_known(engine: ManagedEngine, document: Callable[..., Any]) -> None:
    decided = decide_isolated(engine, [document(1, size="big", deadline="tomorrow")], lambda _file: None)[0]

    assert sorted(decided.answer["undetermined"]) == ["T-001", "T-003", "T-004"]
    assert engine.decide([decided.document]) == [decided.answer]


def test_an_error_that_no_control_causes_is_an_engine_error(
    engine: ManagedEngine, document: Callable[..., Any]
) -> None:
    with pytest.raises(EngineError, match="subject-2 cannot be decided, even without its controls"):
        decide_isolated(engine, [document(1), document(2, as_of="yesterday")], CONTROL_OF.get)


def test_no_documents_ask_nothing(engine: ManagedEngine) -> None:
    engine.close()

    assert decide_isolated(engine, [], CONTROL_OF.get) == []


def test_an_engine_that_fails_otherwise_is_not_asked_again(document: Callable[..., Any]) -> None:
    class Failing:
        asked = 0

        def decide(self, documents: Sequence[Document]) -> list[Answer]:
            self.asked += 1
            raise EngineError("the line is cut")

    failing = Failing()
    with pytest.raises(EngineError, match="the line is cut"):
        decide_isolated(failing, [document(1), document(2)], CONTROL_OF.get)

    assert failing.asked == 1
