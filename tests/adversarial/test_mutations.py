"""The generator breaks what it says, everywhere, and changes nothing that it is given."""

from __future__ import annotations

import copy
from typing import Any

from policyctl.workbench.breaking import mutations

FACTS: dict[str, Any] = {
    "id": "x",
    "kind": "Pod",
    "switch": False,
    "number": 3,
    "text": "5",
    "nothing": None,
    "list": [{"address": "a.b", "type": "a", "values": {"deep": "er"}}],
}


def broken() -> dict[tuple[str, str], Any]:
    """The facts after each mutation, by dotted path and what was done."""
    return {(".".join(map(str, one.path)), one.how): one.facts for one in mutations(FACTS, lambda path: True)}


def at(path: str) -> dict[str, Any]:
    """What stands at one key after each mutation of it."""
    return {how: facts.get(path, "nothing") for (where, how), facts in broken().items() if where == path}


def test_the_facts_given_stay_as_they_are() -> None:
    before = copy.deepcopy(FACTS)

    assert broken()
    assert before == FACTS


def test_each_mutation_changes_the_facts_and_no_two_are_alike_at_one_place() -> None:
    for (path, how), facts in broken().items():
        assert facts != FACTS, (path, how)


def test_identities_are_kept() -> None:
    ends = {path.split(".")[-1] for path, _ in broken()}

    assert ends.isdisjoint({"id", "address", "type"})
    assert "kind" not in {path for path, _ in broken()}
    assert broken()["", "emptied"] == {"id": "x"}


def test_a_switch_becomes_text_and_everything_but_the_other_position() -> None:
    assert at("switch") == {
        "removed": "nothing",
        "null": None,
        "text": "x",
        "number": 7,
        "empty text": "",
        "empty list": [],
        "empty object": {},
        "switch as text": "false",
        "in a list": [False],
        "in an object": {"x": False},
    }


def test_a_number_becomes_text_and_a_text_of_digits_a_number() -> None:
    assert at("number")["number as text"] == "3"
    assert at("text")["text as number"] == 5


def test_what_is_null_does_not_become_a_good_text() -> None:
    assert "text" not in at("nothing")
    assert "null" not in at("nothing")


def test_lists_and_objects_change_places_and_are_nested() -> None:
    (element,) = FACTS["list"]

    assert at("list")["list as object"] == {"0": element}
    assert at("list")["in a list"] == [[element]]
    assert broken()["list.0", "object as list"]["list"] == [["a.b", "a", {"deep": "er"}]]


def test_every_depth_is_reached_and_elements_are_removed() -> None:
    assert broken()["list.0", "removed"]["list"] == []
    assert broken()["list.0.values.deep", "removed"]["list"][0]["values"] == {}
    assert broken()["list.0.values.deep", "empty text"]["list"][0]["values"] == {"deep": ""}
