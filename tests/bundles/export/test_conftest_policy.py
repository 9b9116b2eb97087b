"""What the rules for Conftest answer where there is nothing to decide, and of what a profile does with each message."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from typing import Any

import pytest

from policyctl.bundles.build import Bundle
from policyctl.bundles.export.conftest import exported
from policyctl.bundles.export.folder import write
from tests.bundles.conftest import own
from tests.bundles.export.judged import judged

__all__ = ["own"]

Ask = Callable[[Any], dict[str, list[dict[str, Any]]]]
NO_DOCUMENT: tuple[Any, ...] = ({}, [], "", "text", 7, {"kind": "Deployment"}, {"kind": "kubernetes_object"})


@pytest.fixture(scope="module")
def ask(own: Bundle, opa_path: str, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """What `deny` and `warn` say of an input: ask(value)["deny"]."""
    folder = tmp_path_factory.mktemp("exported") / "policy"
    write(folder, exported(own), force=False)

    def asked(value: Any) -> dict[str, list[dict[str, Any]]]:
        command = [opa_path, "eval", "--data", str(folder), "--stdin-input", "--strict-builtin-errors", "data.main"]
        ran = subprocess.run(command, input=json.dumps(value), capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stdout
        told: dict[str, list[dict[str, Any]]] = json.loads(ran.stdout)["result"][0]["expressions"][0]["value"]
        return told

    return asked


@pytest.fixture(scope="module")
def failing() -> Any:
    """A manifest's document with findings of controls that deny and of controls that warn."""
    manifests = [one for one in judged("baseline") if one.document["kind"] == "kubernetes_object"]
    return next(one.document for one in manifests if {action for action, *_ in one.said} == {"deny", "warn"})


def with_profile(document: Any, **changed: Any) -> Any:
    return {**document, "profile": {**document["profile"], **changed}}


def all_doing(document: Any, action: str) -> Any:
    return with_profile(document, enforcement=dict.fromkeys(document["profile"]["enforcement"], action))


@pytest.mark.parametrize("value", NO_DOCUMENT, ids=json.dumps)
def test_what_is_no_document_is_denied(ask: Ask, value: Any) -> None:
    assert ["no input document" in one["msg"] for one in ask(value)["deny"]] == [True]


def test_a_kind_that_the_rules_do_not_know_is_denied(ask: Ask, failing: Any) -> None:
    assert {one["status"] for one in ask({**failing, "kind": "spreadsheet"})["deny"]} == {"error"}


def test_a_document_without_a_part_that_decides_is_denied(ask: Ask, failing: Any) -> None:
    for part in ("profile", "simulated", "subject", "gaps", "facts", "as_of"):
        assert ask({key: value for key, value in failing.items() if key != part})["deny"], part


def test_a_selected_control_that_these_rules_lack_is_denied(ask: Ask, failing: Any) -> None:
    selected = {**failing["profile"]["enforcement"], "NEW-001": "warn"}

    assert {"NEW-001"} == {
        one["control"] for one in ask(with_profile(failing, enforcement=selected))["deny"] if one["status"] == "error"
    }


def test_a_message_names_its_control_place_and_finding(ask: Ask, failing: Any) -> None:
    for one in ask(failing)["deny"]:
        assert one["msg"].startswith(f"{one['control']} {one['resource']}: ")
        assert one["status"] == "undetermined" or (one["code"] and one["path"] and len(one["finding"]) == 12)


def test_nothing_is_denied_of_controls_that_warn_and_nothing_told_of_those_that_are_audited(
    ask: Ask, failing: Any
) -> None:
    warned, audited = ask(all_doing(failing, "warn")), ask(all_doing(failing, "audit"))

    assert (warned["deny"], bool(warned["warn"])) == ([], True)
    assert (audited["deny"], audited["warn"]) == ([], [])


def test_an_action_that_nobody_knows_still_warns(ask: Ask, failing: Any) -> None:
    assert ask(all_doing(failing, "enforce"))["warn"]


def test_what_cannot_be_told_denies_where_the_profile_counts_it(ask: Ask, failing: Any) -> None:
    hidden = {"code": "unreadable", "reason": "no access", "paths": [["facts"]]}
    document = {**all_doing(failing, "deny"), "gaps": [hidden]}
    lenient = ask(with_profile(document, undetermined=[]))
    strict = ask(with_profile(document, undetermined=["critical", "high", "medium", "low"]))

    assert {one["control"] for one in lenient["warn"]} == set(failing["profile"]["enforcement"])
    assert {one["control"] for one in strict["deny"]} == set(failing["profile"]["enforcement"])


def test_a_fact_of_the_wrong_type_denies_whatever_the_profile_counts(ask: Ask, failing: Any) -> None:
    document = {**all_doing(failing, "deny"), "facts": {**failing["facts"], "containers": "none"}}

    assert "misshapen" in {one["code"] for one in ask(with_profile(document, undetermined=[]))["deny"]}


def test_where_no_control_looked_at_anything_that_is_told(ask: Ask, failing: Any) -> None:
    (one,) = ask(with_profile(failing, enforcement={}))["warn"]

    assert one["status"] == "not_checked"


def test_a_document_as_of_another_day_is_told_to_be_one(ask: Ask, failing: Any) -> None:
    told = ask({**failing, "simulated": True, "as_of": "2027-12-02"})["warn"]

    assert ["2027-12-02" in one["msg"] for one in told if one["status"] == "simulated"] == [True]
