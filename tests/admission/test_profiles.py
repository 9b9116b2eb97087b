"""Which profile decides about a namespace: its own choice among those that the server lets it choose."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from policyctl import settings
from policyctl.admission.judging import Judging
from policyctl.admission.review import Answer, Request, parse
from policyctl.model.errors import InputError, UsageError
from policyctl.opening import Opened, open_run
from policyctl.pipeline import Standing
from tests.admission.conftest import TODAY
from tests.admission.lenient import configured
from tests.admission.requests import config_map, request, vllm
from tests.admission.test_judging import bodies

ALLOWED = ("iso-42001", "lenient")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """OPA with the controls of all of them; one is an organisation's own."""
    folder = configured(tmp_path_factory.mktemp("trusted"))
    told = settings.load({"trusted_config": str(folder)}, environment={}, cwd=tmp_path_factory.mktemp("elsewhere"))
    with open_run(told, ["kubernetes_object"], profiles=ALLOWED) as opened:
        yield opened


@pytest.fixture
def judging(run: Opened, ledger: Path) -> Iterator[Judging]:
    """Judges by the baseline, and by others where they may be chosen."""
    own = dataclasses.replace(run, settings=dataclasses.replace(run.settings, ledger=str(ledger)))
    made = Judging(Standing.of(own, None, TODAY), lambda: TODAY, timeout=1, namespace_profiles=ALLOWED)
    yield made
    made.close()


def asked(value: dict[str, Any], chosen: str = "", **more: Any) -> Request:
    made = Request.model_validate(request(value, **more))
    made._chosen = chosen
    return made


def one(judging: Judging, made: Request) -> Answer:
    (answer,) = judging.given([made])
    assert isinstance(answer, Answer)
    return answer


def test_one_batch_is_decided_by_the_profile_of_each(judging: Judging, ledger: Path) -> None:
    chosen = ["", "iso-42001", "lenient", "", "lenient", "iso-42001"]
    answers = judging.given([asked(vllm(), name, uid=f"u-{n}") for n, name in enumerate(chosen)])
    on_record = [
        (body["context"]["admission"], body["profile"]["id"], body["outcome"]) for _, _, body in bodies(ledger)
    ]

    assert [a.allowed for a in answers if isinstance(a, Answer)] == [name == "lenient" for name in chosen]
    assert [(uid, profile) for uid, profile, _ in on_record] == [
        (f"u-{n}", c or "baseline") for n, c in enumerate(chosen)
    ]
    assert [outcome for *_, outcome in on_record] == ["warn" if c == "lenient" else "deny" for c in chosen]


def test_the_record_and_the_api_servers_log_say_which_and_who_chose_it(judging: Judging, ledger: Path) -> None:
    answer = one(judging, asked(vllm(), "iso-42001"))
    ((_, _, body),) = bodies(ledger)

    assert body["context"]["profile_by"] == "namespace label policyctl.dev/profile"
    assert answer.audit["profile"] == "iso-42001"
    assert answer.message.startswith("profile iso-42001 denies ")


@pytest.mark.parametrize(
    "name", ["?", "nist-ai-rmf", "Lenient", "lenient ", "../lenient", "lenient/", "x" * 5000, "\x1b[31m"]
)
def test_any_other_choice_changes_nothing_and_is_said(judging: Judging, ledger: Path, name: str) -> None:
    answer = one(judging, asked(vllm(), name))
    ((_, _, body),) = bodies(ledger)

    assert not answer.allowed
    assert body["profile"]["id"] == "baseline"
    assert body["context"]["profile_by"].startswith("server: ")
    assert answer.warnings[0].startswith("profile baseline decides: ")
    assert answer.warnings[0].endswith("names no profile that a namespace may choose")
    assert len(answer.warnings[0]) < 256
    assert answer.warnings[0].isprintable()


def test_what_passes_is_told_of_a_label_that_names_nothing_as_well(judging: Judging) -> None:
    answer = one(judging, asked(config_map(), "?"))

    assert answer.allowed
    assert answer.warnings[0].startswith("profile baseline decides: its label policyctl.dev/profile")


def test_an_update_is_no_worse_by_the_profile_that_decides(judging: Judging, ledger: Path) -> None:
    answer = one(
        judging,
        asked(
            vllm() | {"metadata": {**vllm()["metadata"], "annotations": {"a": "b"}}},
            "iso-42001",
            operation="UPDATE",
            old=vllm(),
        ),
    )

    assert answer.allowed
    assert [body["profile"]["id"] for _, _, body in bodies(ledger)] == ["iso-42001", "iso-42001"]


def test_what_is_not_judged_names_the_profile_too(judging: Judging, ledger: Path) -> None:
    judging.given([asked(vllm(), "lenient", operation="UPDATE", old=vllm())])
    ((_, kind, body),) = bodies(ledger)

    assert (kind, body["profile"]["id"]) == ("admission", "lenient")


@pytest.mark.parametrize("key", ["_chosen", "chosen", "profile", "profile_by"])
def test_nothing_in_a_review_chooses(key: str) -> None:
    made = request(vllm()) | {key: "lenient"}
    text = json.dumps({"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": made, key: "lenient"})
    try:
        assert parse(text.encode()).chosen == ""
    except InputError:
        return


def test_the_probe_asks_about_each_profile(judging: Judging) -> None:
    judging.probe()

    assert [profile["id"] for profile, _ in judging._probes] == ["baseline", *ALLOWED]


def test_the_engine_has_the_rules_of_all_from_the_start(run: Opened, judging: Judging) -> None:
    before = run.engine
    one(judging, asked(vllm(), "iso-42001"))

    assert judging._standing.run.engine is before


@pytest.mark.parametrize("name", ["no-such-profile", "lenient.yaml", "x" * 64, "ends-", ""])
def test_a_server_is_not_started_with_what_nobody_could_choose(run: Opened, name: str) -> None:
    with pytest.raises(UsageError):
        Judging(Standing.of(run, None, TODAY), lambda: TODAY, timeout=1, namespace_profiles=[name])
