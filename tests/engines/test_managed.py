"""A managed OPA answers what it is asked, from the bundle it was given, and nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from policyctl.engines.binary import Binary
from policyctl.engines.managed import ManagedEngine
from policyctl.model.errors import EngineError, EvaluationError


def test_each_document_gets_its_answer_in_order(engine: ManagedEngine, document: Callable[..., Any]) -> None:
    answers = engine.decide([document(1), document(2, owner=""), document(3, size="500")])

    assert [answer["outcome"] for answer in answers] == ["allow", "deny", "deny"]
    assert [list(answer["findings"]) for answer in answers] == [[], ["T-002"], ["T-003"]]
    assert [answer["findings"]["T-003"][0]["resource"] for answer in answers[2:]] == ["subject-3"]


def test_no_documents_have_no_answers(engine: ManagedEngine) -> None:
    assert engine.decide([]) == []


def test_more_documents_than_one_request_takes_keep_their_order(
    engine: ManagedEngine, document: Callable[..., Any]
) -> None:
    answers = engine.decide([document(number, size=str(101 + number)) for number in range(950)])

    assert [answer["findings"]["T-003"][0]["resource"] for answer in answers] == [f"subject-{n}" for n in range(950)]


def test_documents_of_several_megabytes_are_decided(engine: ManagedEngine, document: Callable[..., Any]) -> None:
    answers = engine.decide([document(number, ballast="é" * 1_500_000) for number in range(4)])

    assert [answer["outcome"] for answer in answers] == ["allow"] * 4


def test_the_identity_is_the_binarys(engine: ManagedEngine, opa: Binary) -> None:
    identity = engine.identity()

    assert (identity.kind, identity.version, identity.sha256, identity.trust) == (
        "managed",
        opa.version,
        opa.sha256,
        "verified",
    )


def test_starting_returns_before_opa_is_ready(pinned_opa: Binary, build: Callable[..., Any]) -> None:
    begun = time.monotonic()
    with ManagedEngine(pinned_opa, *build()) as engine:
        started = time.monotonic() - begun
        engine.decide([])
        ready = time.monotonic() - begun

    assert started < ready / 2


def test_a_port_with_a_token_serves_like_a_socket(
    opa: Binary, build: Callable[..., Any], document: Callable[..., Any]
) -> None:
    with ManagedEngine(opa, *build(), on_port=True) as engine:
        assert engine.decide([document(1, owner="")])[0]["outcome"] == "deny"


def test_a_runtime_folder_with_a_long_path_is_no_hindrance(
    pinned_opa: Binary,
    build: Callable[..., Any],
    document: Callable[..., Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    long = tmp_path / ("x" * 120)
    long.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(long))
    monkeypatch.setenv("TMPDIR", str(long))
    with ManagedEngine(pinned_opa, *build()) as engine:
        assert engine.decide([document()])[0]["outcome"] == "allow"


def test_two_at_once_do_not_disturb_each_other(
    opa: Binary, build: Callable[..., Any], document: Callable[..., Any]
) -> None:
    with ManagedEngine(opa, *build("r1")) as one, ManagedEngine(opa, *build("r2")) as two:
        assert one.decide([document(1)])[0]["outcome"] == "allow"
        assert two.decide([document(2, owner="")])[0]["outcome"] == "deny"
        one.close()
        assert two.decide([document(3)])[0]["outcome"] == "allow"


def test_a_failing_built_in_is_an_error_that_names_the_rule(
    engine: ManagedEngine, document: Callable[..., Any]
) -> None:
    with pytest.raises(EvaluationError, match=r"time\.parse_rfc3339_ns") as caught:
        engine.decide([document(1), document(2, deadline="tomorrow")])

    assert caught.value.files[0] == "policyctl/controls/test/deadline/deadline.rego"
    assert caught.value.exit_code == 4


def test_a_value_that_json_does_not_know_is_not_sent(engine: ManagedEngine, document: Callable[..., Any]) -> None:
    for value in (float("nan"), "\ud800", object()):
        with pytest.raises(EngineError, match="document of subject-7 cannot be sent"):
            engine.decide([document(1), document(7, owner=value)])


def test_a_closed_engine_says_so(pinned_opa: Binary, build: Callable[..., Any], document: Callable[..., Any]) -> None:
    engine = ManagedEngine(pinned_opa, *build())
    engine.close()
    engine.close()

    with pytest.raises(EngineError, match="closed"):
        engine.decide([document()])
