"""What a trusted configuration says of systems, waivers and profiles holds at admission as it does in a pull request."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from policyctl import settings
from policyctl.admission.judging import Judging
from policyctl.admission.review import Answer, Request
from policyctl.context import Context
from policyctl.ledger import open_ledger
from policyctl.opening import open_run
from policyctl.pipeline import Standing
from tests.admission.requests import request, vllm

SYSTEM = "policyctl: system\nid: support-chat\n"
WAIVER = {
    "system": "support-chat",
    "resource": "Deployment.apps/*",
    "owner": "Support",
    "reason": "The model moves to another server.",
    "compensating_control": "No traffic from outside.",
    "ticket": "RISK-9",
    "requester": "sam@example.org",
    "approver": "kim@example.org",
    "first_day": "2026-11-01",
    "last_day": "2026-11-30",
}
Judge = Callable[..., Answer]


@pytest.fixture
def judge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Judge]:
    """Judges a Deployment of a namespace, on a day, by the trusted configuration in `trusted`."""
    trusted, elsewhere = tmp_path / "trusted", tmp_path / "elsewhere"
    trusted.mkdir()
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    (trusted / "system.yaml").write_text(SYSTEM)
    waivers = [{"id": f"W-{control}", "control": control, **WAIVER} for control in ("SEC-008", "SUP-004")]
    (trusted / "waivers.yaml").write_text(yaml.safe_dump({"policyctl": "waivers", "waivers": waivers}))
    (trusted / "policyctl.yaml").write_text(
        "systems: [{file: system.yaml, paths: ['cluster/ml/**']}]\nwaivers: [waivers.yaml]\n"
    )
    told = settings.load({"trusted_config": str(trusted), "ledger": str(tmp_path / "ledger.db")}, environment={})
    with open_run(told, ["kubernetes_object"]) as run:

        def one(namespace: str, day: str = "2026-11-22", value: dict[str, Any] | None = None) -> Answer:
            context = Context("server", day)
            judging = Judging(Standing.of(run, None, context), lambda: context, timeout=1)
            (answer,) = judging.given([Request.model_validate(request(value or vllm(namespace)))])
            judging.close()
            assert isinstance(answer, Answer)
            return answer

        yield one


def test_a_waiver_for_the_system_of_a_namespace_lets_its_objects_in(judge: Judge, tmp_path: Path) -> None:
    answer = judge("ml")
    with open_ledger(str(tmp_path / "ledger.db"), readonly=True) as ledger:
        body = json.loads(ledger.body("1"))

    assert answer.allowed
    assert body["system"]["id"] == "support-chat"
    assert {entry["waiver"] for entry in body["answer"]["findings"]["SEC-008"]} == {"W-SEC-008"}


def test_it_has_no_effect_in_another_namespace(judge: Judge) -> None:
    assert not judge("elsewhere").allowed


def test_nor_after_its_last_day(judge: Judge) -> None:
    assert judge("ml", "2026-11-30").allowed
    assert not judge("ml", "2026-12-01").allowed


def test_a_label_cannot_claim_the_system(judge: Judge) -> None:
    value = vllm("elsewhere")
    value["metadata"]["labels"] = {"policyctl.dev/system": "support-chat"}

    assert not judge("elsewhere", value=value).allowed
