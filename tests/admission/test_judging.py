"""Requests judged together by a real OPA: recorded before they are answered, each with its own answer."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from policyctl.admission.judging import Judging
from policyctl.admission.review import Answer, Request
from policyctl.admission.subjects import state_of
from policyctl.context import Context
from policyctl.ledger import open_ledger
from policyctl.ledger.interface import Ledger
from policyctl.ledger.verify import verify
from policyctl.model.errors import EngineError, LedgerError
from policyctl.opening import Opened
from tests.admission.conftest import judging_of
from tests.admission.requests import config_map, replica_set, request, vllm


def given(judging: Judging, *requests: dict[str, Any]) -> list[Answer]:
    answers = judging.given([Request.model_validate(one) for one in requests])
    assert all(isinstance(answer, Answer) for answer in answers), answers
    return [answer for answer in answers if isinstance(answer, Answer)]


def bodies(ledger: Path) -> list[tuple[str, str, dict[str, Any]]]:
    """Id, kind and body of each entry."""
    opened: Ledger
    with open_ledger(str(ledger), readonly=True) as opened:
        return [(entry.id, entry.kind, json.loads(opened.body(entry.id))) for entry in opened.entries()]


def test_a_denied_object_is_answered_with_control_place_fix_and_decision(judging: Judging, ledger: Path) -> None:
    (answer,) = given(judging, request(vllm()))
    ((id, kind, body),) = bodies(ledger)

    assert (answer.allowed, answer.code) == (False, 403)
    first, *lines = answer.message.splitlines()
    assert first == "profile baseline denies Deployment ml/vllm-gemma-deployment"
    assert "- SEC-008 (high): Pods meet the restricted Pod Security Standard" in lines
    assert any(line.startswith("    spec.template.spec.containers[0].args[0]: the model google/") for line in lines)
    assert any(line.startswith("    fix: ") for line in lines)
    assert lines[-1] == f"decision {id}"
    assert (kind, body["outcome"]) == ("decision", "deny")


def test_the_annotations_join_the_servers_own_log_with_the_ledger(judging: Judging, ledger: Path) -> None:
    (answer,) = given(judging, request(vllm()))
    ((id, _, body),) = bodies(ledger)

    assert answer.audit["decision-id"] == id
    assert answer.audit["bundle-revision"] == body["bundle"]["revision"]
    assert {"SEC-008", "SUP-004"} <= set(answer.audit["controls"].split(","))


def test_a_decision_says_which_request_of_whom_it_is_about(judging: Judging, ledger: Path) -> None:
    value = vllm()
    value["metadata"]["uid"] = "d-1"
    given(judging, request(value, uid="705ab4f5", user="system:serviceaccount:ci:deployer"))
    ((_, _, body),) = bodies(ledger)
    expected = {"admission": "705ab4f5", "operation": "CREATE", "resource": "deployments.apps", "uid": "d-1"}

    assert body["actor"] == "system:serviceaccount:ci:deployer"
    assert body["context"] == {**expected, "profile_by": "server", "state": state_of(value)}


def test_a_control_that_warns_is_a_warning_and_no_part_of_the_message(judging: Judging) -> None:
    (answer,) = given(judging, request(vllm()))

    assert any(warning.startswith("OPS-003: ") for warning in answer.warnings)
    assert "OPS-003" not in answer.message


def test_an_object_that_passes_is_allowed_on_record(judging: Judging, ledger: Path) -> None:
    (answer,) = given(judging, request(config_map()))

    assert answer.allowed
    assert answer.audit["outcome"] == "allow"
    assert [(kind, body["outcome"]) for _, kind, body in bodies(ledger)] == [("decision", "allow")]


def test_an_object_in_which_no_control_looks_at_anything_is_allowed_as_that(judging: Judging) -> None:
    secret = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s", "namespace": "ml"}, "data": {}}
    (answer,) = given(judging, request(secret))

    assert answer.allowed
    assert answer.audit["outcome"] == "none"


def test_what_is_not_judged_is_on_record_too(judging: Judging, ledger: Path) -> None:
    (answer,) = given(judging, request(None, operation="DELETE", old=vllm(), uid="u-9"))
    ((id, kind, body),) = bodies(ledger)

    assert answer.allowed
    assert answer.audit["entry-id"] == id
    assert (kind, body["outcome"], body["reason"]) == ("admission", "allow", "what is deleted no longer runs")
    assert body["context"]["admission"] == "u-9"
    assert body["subject"]["id"] == "Deployment.apps/ml/vllm-gemma-deployment"


def test_an_object_that_cannot_be_read_is_refused_on_record(judging: Judging, ledger: Path) -> None:
    broken = {**request(config_map()), "object": {**config_map(), "metadata": []}}
    (answer,) = given(judging, broken)
    ((_, kind, body),) = bodies(ledger)

    assert (answer.allowed, answer.code) == (False, 422)
    assert (kind, body["outcome"]) == ("admission", "deny")


def test_a_dry_run_is_decided_and_leaves_no_record(judging: Judging, ledger: Path) -> None:
    denied, deleted = given(judging, request(vllm(), dry=True), request(None, operation="DELETE", old=vllm(), dry=True))

    assert not denied.allowed
    assert denied.message.endswith("a dry run: not on record")
    assert "decision-id" not in denied.audit
    assert "entry-id" not in deleted.audit
    assert bodies(ledger) == []


def test_each_of_many_gets_its_own_answer_and_entry(judging: Judging, ledger: Path) -> None:
    made = [request(vllm() if n % 3 else config_map(), uid=f"u-{n}", dry=n % 5 == 0) for n in range(30)]
    answers = given(judging, *made)
    on_record = {body["context"]["admission"]: id for id, _, body in bodies(ledger)}

    assert [answer.allowed for answer in answers] == [n % 3 == 0 for n in range(30)]
    assert on_record == {f"u-{n}": answers[n].audit["decision-id"] for n in range(30) if n % 5}


def test_an_update_that_denies_and_is_no_worse_than_before_is_let_through_with_a_warning(
    judging: Judging, ledger: Path
) -> None:
    new = vllm()
    new["metadata"]["annotations"] = {"note": "changed"}
    (answer,) = given(judging, request(new, operation="UPDATE", old=vllm()))
    (_, _, was), (id, _, body) = bodies(ledger)

    assert answer.allowed
    assert answer.warnings[0] == "denied, and allowed: no worse than before"
    assert any(warning.startswith("SEC-008: ") for warning in answer.warnings)
    assert answer.audit["decision-id"] == id
    assert (body["outcome"], body["context"]["answered"]) == ("deny", "allowed: no worse than before")
    assert (was["outcome"], was["context"]["object"]) == ("deny", "before")


def test_an_update_that_takes_one_of_two_defects_away_is_let_through(judging: Judging) -> None:
    new = vllm()
    new["spec"]["template"]["spec"]["containers"][0]["securityContext"] = {"runAsNonRoot": True}

    assert given(judging, request(new, operation="UPDATE", old=vllm()))[0].allowed


@pytest.mark.parametrize(
    "worsen",
    [
        {"args": ["--model=google/gemma-3-27b-it"]},
        {"securityContext": {"privileged": True}},
        {"name": "another"},
    ],
    ids=["another model without a version", "one defect more", "another container"],
)
def test_an_update_that_makes_it_worse_is_denied(judging: Judging, worsen: dict[str, Any]) -> None:
    new = vllm()
    new["spec"]["template"]["spec"]["containers"][0] |= worsen
    (answer,) = given(judging, request(new, operation="UPDATE", old=vllm()))

    assert not answer.allowed


def test_an_update_of_what_was_sound_before_is_denied(judging: Judging) -> None:
    assert not given(judging, request(vllm(), operation="UPDATE", old={**vllm(), "spec": {}}))[0].allowed


def test_a_profile_may_deny_an_update_whatever_was_before(judging: Judging, ledger: Path) -> None:
    judging._standing.profile["update_not_worse"] = "deny"
    new = vllm()
    new["metadata"]["annotations"] = {"note": "changed"}
    try:
        (answer,) = given(judging, request(new, operation="UPDATE", old=vllm()))
    finally:
        judging._standing.profile["update_not_worse"] = "warn"

    assert not answer.allowed
    assert len(bodies(ledger)) == 1


def marks(ledger: Path) -> list[str | None]:
    return [body.get("blobs", {}).get("let_in") for _, _, body in bodies(ledger)]


def test_an_owner_that_is_let_in_leaves_its_mark_on_record(judging: Judging, ledger: Path) -> None:
    given(
        judging, request(replica_set()), request(replica_set("dry"), dry=True), request(config_map()), request(vllm())
    )
    mark = judging._entries._marking.of(replica_set(), "")

    assert mark
    assert marks(ledger) == [mark.sha256, None, None]
    with open_ledger(str(ledger), readonly=True) as opened:
        told = json.loads(opened.blob(mark.sha256))
        assert told == {**told, "v": 1, "uid": "r-1", "state": state_of(replica_set()), "profile": "baseline"}
        assert verify(opened).ok


def test_an_owner_without_uid_leaves_none(judging: Judging, ledger: Path) -> None:
    given(judging, request(replica_set("")))

    assert marks(ledger) == [None]


def test_the_day_is_told_anew_for_each_question(opened: Opened, ledger: Path) -> None:
    days = iter(["2026-11-22", "2026-11-23", "2026-11-24"])
    judging = judging_of(opened, ledger, lambda: Context("server", next(days, "2026-11-25")))
    given(judging, request(vllm()))
    given(judging, request(vllm()))
    judging.close()
    first, second = (body["as_of"] for _, _, body in bodies(ledger))

    assert first < second


def test_what_cannot_be_recorded_has_no_answer_until_it_can(judging: Judging, ledger: Path) -> None:
    given(judging, request(vllm(), uid="before"))
    with sqlite3.connect(ledger, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        (error,) = judging.given([Request.model_validate(request(config_map(), uid="meanwhile"))])
        other.execute("ROLLBACK")
    given(judging, request(vllm(), uid="after"))

    assert isinstance(error, LedgerError)
    assert [body["context"]["admission"] for _, _, body in bodies(ledger)] == ["before", "after"]


def test_a_closed_engine_is_started_again(opened: Opened, ledger: Path) -> None:
    judging = judging_of(opened, ledger)
    run = judging._standing.run
    run.engine.close()
    (answer,) = given(judging, request(vllm()))
    judging.close()

    assert not answer.allowed
    opened.engine = run.engine


def test_an_engine_that_cannot_be_had_gives_no_answer(opened: Opened, ledger: Path, monkeypatch: Any) -> None:
    judging = judging_of(opened, ledger)
    monkeypatch.setattr(type(opened.engine), "decide", _unreachable)
    (error,) = judging.given([Request.model_validate(request(config_map()))])
    judging.close()
    opened.engine = judging._standing.run.engine

    assert isinstance(error, EngineError)
    assert bodies(ledger) == []


def _unreachable(*_: object) -> None:
    raise EngineError("OPA cannot be reached")
