"""`control erode` finds the rule that passes what it cannot see, and says so when there was nothing to take apart."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from tests.conftest import Run
from tests.workbench.conftest import RULE, pod

Write = Callable[[str, str], Path]
CAREFUL = "	not _owned(container)\n"
CARELESS = '	container.image.tag == "latest"\n'
LATEST = pod("[]").replace("a/b", "a/b:latest")


def rule(own: Path, text: str) -> None:
    (own / "rego/policyctl/controls/own/owner/owner.rego").write_text(text)


def test_a_rule_that_asks_for_good_forgets_nothing(run: Run, example: Write) -> None:
    example("fail.no_owner/pod.yaml", LATEST)
    done = run("control", "erode", "ORG-001")

    assert done.code == 0, done.out
    assert "held  ORG-001" in done.out
    assert "none forgotten" in done.out


def test_a_rule_that_looks_for_bad_forgets_what_is_taken_away(run: Run, own: Path, example: Write) -> None:
    rule(own, RULE.replace(CAREFUL, CARELESS))
    example("fail.no_owner/pod.yaml", LATEST)
    done = run("control", "erode", "own", "--output", "json")
    (control,) = json.loads(done.out)["controls"]

    assert done.code == 1
    found = {lost["mutation"]: lost for lost in control["forgotten"]}
    assert {
        "removed at containers.0.image.tag",
        "null at containers.0.image.tag",
        "removed at containers.0.image",
    } <= set(found)
    assert found["removed at containers.0.image.tag"]["message"] == "fail became pass"
    assert found["removed at containers.0.image.tag"]["example"] == "fail.no_owner/pod.yaml"


def test_absence_that_is_good_is_said_with_a_reason(run: Run, own: Path, example: Write) -> None:
    rule(own, RULE.replace(CAREFUL, CARELESS))
    example("fail.no_owner/pod.yaml", LATEST)
    example("absence.yaml", "- {path: containers.*.image.tag, how: [removed], reason: No tag is no latest tag.}\n")
    (control,) = json.loads(run("control", "erode", "own", "--output", "json").out)["controls"]
    mutations = {lost["mutation"] for lost in control["forgotten"]}

    assert "removed at containers.0.image.tag" not in mutations
    assert "null at containers.0.image.tag" in mutations


def test_null_or_a_wrong_type_is_never_good(run: Run, example: Write) -> None:
    example("fail.no_owner/pod.yaml", LATEST)
    file = example("absence.yaml", "- {path: containers, how: ['null'], reason: Nothing is there.}\n")
    done = run("control", "erode", "own")

    assert done.code == 2
    assert str(file) in done.err


def test_without_a_failing_example_nothing_was_taken_apart(run: Run, example: Write) -> None:
    example("pass/pod.yaml", pod("[{name: OWNER, value: ml}]"))
    done = run("control", "erode", "own/owner")

    assert done.code == 3
    assert "1 controls have no failing example" in done.out


def test_an_example_that_does_not_fail_is_an_error(run: Run, example: Write) -> None:
    example("fail.no_owner/pod.yaml", pod("[{name: OWNER, value: ml}]"))
    done = run("control", "erode", "own/owner")

    assert done.code == 2
    assert "ORG-001 does not fail there" in done.err


def test_what_else_lies_in_a_failing_example_is_not_asked(run: Run, example: Write) -> None:
    example("fail.no_owner/all/pod.yaml", LATEST)
    example("fail.no_owner/all/system.yaml", "policyctl: system\nid: scorer\n")

    assert run("control", "erode", "ORG-001").code == 0
