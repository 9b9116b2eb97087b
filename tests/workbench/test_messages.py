"""`control test`: whether the message of a finding can be understood and acted on by whoever reads it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from policyctl.model.decision import Finding
from policyctl.workbench.messages import faults
from tests.conftest import Run
from tests.workbench.conftest import RULE, pod


def said(message: str, values: dict[str, Any] | None = None, path: list[str | int] | None = None) -> list[str]:
    """The faults of a message about one resource of a plan."""
    finding: Finding = {
        "id": "0",
        "code": "too_short",
        "resource": "aws_log.a",
        "message": message,
        "path": ["values", "days"] if path is None else path,
    }
    resource = {"address": "aws_log.a", "values": values or {}}
    document = {
        "facts": {"resources": {"aws_log": [resource]}},
        "attested": {},
        "profile": {"parameters": {"logging": {"retention": {"classes": ["high-risk"]}}}},
    }
    return list(faults(finding, document))


@pytest.mark.parametrize(
    "message",
    ["logs are kept for 30 days, and 184 are the least", "logs are not kept for at least 184 days: 30"],
)
def test_a_sentence_with_the_value_is_good(message: str) -> None:
    assert said(message, {"days": 30}) == []


@pytest.mark.parametrize("message", ["too short", "short", "logs are kept\nfor 30 days", ""])
def test_a_message_is_one_sentence(message: str) -> None:
    assert "is not one sentence" in said(message)


def test_a_message_says_more_than_its_code() -> None:
    assert "is its code, and says no more" in said("Too short")


@pytest.mark.parametrize(
    ("message", "word"),
    [
        ("input.facts.days is too small here", "input.facts"),
        ("the value is undefined for it", "undefined"),
        ("the retention is Undetermined for this plan", "Undetermined"),
        ("no Rego rule allows this", "Rego"),
        ("minimum_days is not reached by it", "minimum_days"),
    ],
)
def test_words_of_ours_are_named(message: str, word: str) -> None:
    assert said(message) == [f"has words of ours, not of whoever reads it: {word}"]


@pytest.mark.parametrize(
    "message", ["logs of my_scorer are kept too short", "class high_risk asks for more days", "days_kept is not set"]
)
def test_names_of_the_document_of_the_profile_and_of_the_place_are_the_reader_s(message: str) -> None:
    assert said(message, {"name": "my_scorer"}, ["values", "days_kept"]) == []


@pytest.mark.parametrize("value", [30, 0.5, "cron(0", "registry.example.org/a:latest", "alias/aws/s3"])
def test_a_value_that_is_not_told_is_named(value: Any) -> None:
    assert said("logs are not kept long enough", {"days": value}) == [f"does not tell what was found: {value}"]
    assert said(f"logs are not kept long enough: {value}", {"days": value}) == []


def test_a_value_inside_of_another_is_not_told() -> None:
    assert said("logs are kept for 130 days", {"days": 30}) == ["does not tell what was found: 30"]


@pytest.mark.parametrize("value", [None, True, False, 0, "", "Enabled", "a whole sentence of words", "x-" * 61, {}, []])
def test_what_is_better_told_in_other_words_is_not_asked_for(value: Any) -> None:
    assert said("logs are not kept long enough", {"days": value}) == []


def test_the_name_of_a_resource_stands_beside_its_message() -> None:
    assert said("nothing watches the endpoint", {"name": "scoring-1"}, ["values", "name"]) == []


def test_an_example_fails_by_its_message(run: Run, own: Path, example: Callable[[str, str], Path]) -> None:
    example("fail.no_owner/pod.yaml", pod("[]"))
    rule = own / "rego/policyctl/controls/own/owner/owner.rego"
    assert run("control", "test", "ORG-001").code == 0
    rule.write_text(RULE.replace("nobody owns it", "no owner_name is set here"))
    done = run("control", "test", "ORG-001")

    assert done.code == 1
    assert "fail.no_owner/pod.yaml: no_owner: its message has words of ours" in done.out
    assert "owner_name: no owner_name is set here" in done.out
