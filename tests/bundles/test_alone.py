"""An OPA alone, with the built bundle: what it says of an object is what policyctl says of it, by the controls that need nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from policyctl.bundles.build import Bundle
from policyctl.bundles.export.gatekeeper.workloads import KINDS
from tests.bundles.alone import logged, opa_alone, review
from tests.bundles.export.judged import Judged, judged
from tests.bundles.export.test_portable import FULL

PROFILES = ("baseline", "nist-ai-rmf")
Verdict = tuple[str, str, str, str, str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("alone")


@pytest.fixture(scope="module")
def url(opa_path: str, own: Bundle, folder: Path) -> Iterator[str]:
    with opa_alone(opa_path, own, folder, "--set", "decision_logs.console=true") as started:
        yield started


def corpus(profile: str) -> list[Judged]:
    """What policyctl says of the workloads in the corpus."""
    every = [one for one in judged(profile) if one.document["kind"] == "kubernetes_object"]
    return [one for one in every if (one.document["facts"]["group"], one.document["facts"]["kind"]) in KINDS]


def asked(url: str, value: Any, profile: str = "") -> httpx.Response:
    return httpx.post(f"{url}/v0/data/policyctl/webhook/reviews/{profile}" if profile else f"{url}/", json=value)


def verdicts(listed: Any) -> list[Verdict]:
    """Fails one by one; of what could not be told, whether there was anything."""
    listed = list(listed)
    fails = [one for one in listed if one[2] == "fail"]
    untold = {(*one[:4], "") for one in listed if one[2] != "fail"}
    return sorted([*fails, *untold])


def said(answer: Any, own: Bundle) -> list[Verdict]:
    """What the answer says that counts."""
    decision = answer["decision"]
    profile = own.catalog["profiles"][decision["profile"]]["kinds"]["kubernetes_object"]

    def does(id: str, status: str) -> str:
        lowered = status == "undetermined" and own.catalog["controls"][id]["severity"] not in profile["undetermined"]
        action: str = profile["enforcement"][id]
        return "warn" if lowered and action == "deny" else action

    return verdicts(
        (does(id, status), id, status, entry["resource"], str(entry["path"]))
        for status, key in (("fail", "findings"), ("undetermined", "undetermined"))
        for id, entries in decision[key].items()
        for entry in entries
        if does(id, status) != "audit"
    )


@pytest.mark.parametrize("profile", PROFILES)
def test_every_workload_of_the_corpus_is_judged_the_same(url: str, own: Bundle, profile: str) -> None:
    portable = set(own.catalog["index"]["kubernetes_object"]) - set(own.catalog["not_portable"])
    different = {}
    outcomes = set()
    for one in corpus(profile):
        facts = one.document["facts"]
        answer = asked(url, review(facts["object"]), profile).json()
        theirs = verdicts(told for told in one.said if told[1] in portable)
        ours = said(answer, own)
        outcome = "deny" if "deny" in {told[0] for told in theirs} else "warn" if theirs else "allow"
        outcomes.add(outcome)
        if (ours, answer["decision"]["outcome"], answer["response"]["allowed"]) != (theirs, outcome, outcome != "deny"):
            different[facts["id"]] = (ours, theirs, answer["response"])

    assert different == {}
    assert "deny" in outcomes


def test_the_root_answers_by_the_baseline(url: str) -> None:
    for one in corpus("baseline")[:5]:
        value = review(one.document["facts"]["object"])
        assert asked(url, value).json() == asked(url, value, "baseline").json()


def test_each_control_of_the_profile_is_evaluated_or_listed_as_left_out(url: str, own: Bundle) -> None:
    selected = own.catalog["profiles"]["baseline"]["kinds"]["kubernetes_object"]["enforcement"]
    evaluated = asked(url, review(FULL)).json()["decision"]["evaluated"]

    assert set(evaluated) | set(own.catalog["not_portable"]) >= set(selected)
    assert not set(evaluated) & set(own.catalog["not_portable"])


@pytest.mark.parametrize("profile", ["eu-ai-act-high-risk", "iso-42001", "no-such-profile"])
def test_a_profile_that_cannot_be_decided_by_gives_no_answer(url: str, profile: str) -> None:
    assert asked(url, review(FULL), profile).status_code == 404


@pytest.mark.parametrize(
    "value", [{}, {"input": review(FULL)}, {**review(FULL), "kind": "Pod"}, {"request": {"uid": "x"}}]
)
def test_what_is_no_review_is_not_allowed(url: str, value: Any) -> None:
    assert "response" not in asked(url, value).json()


def test_an_object_that_cannot_be_read_is_refused(url: str) -> None:
    answers = [
        asked(url, review(FULL, **changed)).json() for changed in ({"object": None}, {"object": {"kind": "Secret"}})
    ]

    assert [answer["response"]["allowed"] for answer in answers] == [False, False]


def test_the_decision_log_holds_no_value_of_the_object(url: str, folder: Path) -> None:
    planted = "planted-Value-1"
    container = {**FULL["spec"]["containers"][0], "env": [{"name": "A", "value": planted}], "args": [planted]}
    metadata = {**FULL["metadata"], "annotations": {"a": planted}, "labels": {"b": planted}}
    value = review({**FULL, "metadata": metadata, "spec": {**FULL["spec"], "containers": [container]}})
    secret = review({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}, "stringData": {"a": planted}})
    value["request"]["oldObject"] = value["request"]["object"]
    value["request"]["options"] = {"a": planted}
    before = len(logged(folder))
    for one in (value, secret, review(FULL, operation="DELETE", oldObject=secret["request"]["object"])):
        asked(url, one)
        httpx.post(f"{url}/v1/data/policyctl/portable", json={"input": one})
        httpx.post(f"{url}/v1/data/policyctl/portable", json=one)
        httpx.post(f"{url}/v1/query", json={"query": "x = input", "input": one})

    events = logged(folder)[before:]
    assert len(events) == 9  # those that cannot be masked are not logged
    assert planted not in str(events)
    assert [event["input"]["request"]["name"] for event in events if event.get("path") == "system/main"]
