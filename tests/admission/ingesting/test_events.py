"""What becomes of an event: the decision that it shows, or an unknown one with the reason; never a secret."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from policyctl.admission.ingesting.events import UNKNOWN, Malformed, entry_of
from tests.admission.ingesting.events import OURS, answered, event, review, with_decision, with_response


def body(value: Any) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(entry_of(value, OURS).body)
    return made


@pytest.mark.parametrize("outcome", ["allow", "warn", "deny"])
def test_a_decision_of_ours_has_its_outcome_subject_and_actor(outcome: str) -> None:
    told = body(event(result=answered(outcome)))

    assert (told["outcome"], told["actor"], told["replayable"]) == (outcome, "alice", False)
    assert told["subject"] == {"id": "Pod.v1/ml/p", "path": "cluster/ml/Pod/p"}
    assert told["context"] == {"admission": "u-1", "operation": "CREATE", "resource": "pods"}
    assert told["engine"] == {"kind": "other", "version": "1.19.1", "trust": "asserted"}
    assert told["answer"]["evaluated"] == ["SUP-003"]
    assert told["bundle"]["revision"] == "ab" * 32


def test_a_dry_run_is_a_simulation() -> None:
    assert body(event(input=review(dryRun=True)))["simulated"] is True


def test_an_update_that_was_let_through_says_so() -> None:
    result = answered("deny", answered="allowed: no worse than before")
    told = body(event(result={**result, "response": {"uid": "u-1", "allowed": True}}))

    assert (told["outcome"], told["context"]["answered"]) == ("deny", "allowed: no worse than before")


def test_what_was_not_judged_has_the_reason() -> None:
    decision = {"judged": False, "profile": "baseline", "outcome": "allow", "reason": "what is deleted no longer runs"}
    told = body(event(result={**answered("allow"), "decision": decision}))

    assert (told["outcome"], told["judged"], told["reason"]) == ("allow", False, "what is deleted no longer runs")


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (event(path="system/other"), "another rule: system/other"),
        (event(path=None), "another rule: a query"),
        (event(path="policyctl/webhook/reviews"), "another rule"),
        (event(path=["system/main"]), "another rule"),
        (event(error={"code": "internal_error"}), "OPA answered with an error"),
        (event(bundles={"policy": {"revision": "other"}}), "another bundle: other"),
        (event(bundles=None), "another bundle: none is named"),
        (event(bundles={"policy": {"revision": ["x"]}}), "another bundle"),
        (event(result=None), "no review, or no answer"),
        (event(result=True), "no review, or no answer"),
        (event(result={}), "no review, or no answer"),
        (event(input=None), "no review, or no answer"),
        (event(input={"request": {}}), "no review, or no answer"),
        (with_response("allow", uid="u-2"), "another review"),
        (with_decision(profile="strict"), "another profile"),
        (event(path="policyctl/webhook/reviews/strict"), "another profile"),
        (with_response("deny", allowed=True), "contradict"),
        (with_response("allow", allowed=False), "contradict"),
        (with_response("allow", allowed="yes"), "contradict"),
        (with_decision(outcome="fine"), "contradict"),
        (with_decision(outcome=["allow"]), "contradict"),
        (with_decision(evaluated=[]), "contradict"),
        (with_decision(expected=[], evaluated=[]), "contradict"),
        (with_decision(findings=None), "contradict"),
        (with_decision(judged="yes"), "contradict"),
        (with_decision(judged=False), "contradict"),
        (with_decision(answered=None), "contradict"),
    ],
)
def test_what_shows_no_decision_of_ours_is_unknown(value: dict[str, Any], reason: str) -> None:
    told = body(value)

    assert told["outcome"] == UNKNOWN
    assert reason in told["reason"]
    assert "answer" not in told


@pytest.mark.parametrize(
    "value", [None, 7, "text", [], {}, {"decision_id": ""}, {"decision_id": 7}, {"decision_id": "x" * 300}]
)
def test_what_has_no_id_is_malformed(value: Any) -> None:
    with pytest.raises(Malformed):
        entry_of(value, OURS)


def test_the_same_decision_has_the_same_id_and_another_has_another() -> None:
    first, again, other = (entry_of(event(id), OURS).id for id in ("a", "a", "b"))

    assert first == again != other
    assert re.fullmatch(r"0[0-9a-f]{7}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", first)


def test_an_object_that_was_not_masked_is_masked() -> None:
    container = {
        "name": "c",
        "env": [{"name": "API_TOKEN", "value": "planted-1a"}],
        "args": ["--password", "planted-2b"],
    }
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}, "spec": {"containers": [container]}}
    secret = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}, "stringData": {"plain": "planted-3c"}}
    entry = entry_of(event(input=review(object=pod, oldObject=secret)), OURS)

    assert "planted" not in str(entry)
    assert "API_TOKEN" in str(entry.blobs)


@pytest.mark.parametrize(
    "value",
    [
        event(path="other", input={"password": "planted-1a", "x": "planted-2b"}, result={"y": "planted-3c"}),
        event(custom={"request_metadata": {"object": "planted-1a"}}),
        event(query="x = planted", nd_builtin_cache={"http.send": "planted-1a"}),
        event(http={"request": {"headers": {"Authorization": "planted-1a"}}}),
        event(labels={"token": "planted-1a", "version": "1"}),
        event(error="password=planted-1a"),
        event(input=review(object="planted-1a", oldObject=["planted-2b"])),
    ],
)
def test_nothing_else_that_may_be_a_secret_is_kept(value: dict[str, Any]) -> None:
    assert "planted" not in str(entry_of(value, OURS))


def test_a_key_that_means_something_to_the_ledger_is_harmless() -> None:
    blobs = {"blobs": {"document": "0" * 64}}
    entry = entry_of(
        event(result=answered("deny", findings={"SUP-003": [blobs], **blobs}), labels=blobs, input=review(**blobs)),
        OURS,
    )
    named = re.findall(rb'"blobs":\{[^}]*\}', entry.body)

    assert len(named) == 1
    assert set(entry.blobs) == {json.loads(entry.body)["blobs"]["event"]}
