"""The managed OPA lets nobody do more than ask for decisions, and keeps no trace of what it was asked."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from policyctl.engines.address import Address
from policyctl.engines.managed import ManagedEngine
from policyctl.engines.wire import Wire
from policyctl.model.errors import EvaluationError


@pytest.fixture
def wire(engine: ManagedEngine, runtime: Path) -> Wire:
    engine.decide([])
    (socket,) = runtime.glob("policyctl/*/opa.sock")
    return Wire(Address(str(socket)), timeout=5, parallel=1)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/v1/policies", b""),
        ("GET", "/v1/data", b""),
        ("GET", "/v1/data/system/policyctl/token", b""),
        ("POST", "/v1/data", b'{"input":{}}'),
        ("POST", "/v1/data/policyctl/main", b'{"input":{}}'),
        ("POST", "/v1/query", b'{"query":"x := 1"}'),
        ("POST", "/v1/compile", b'{"query":"data.policyctl.main.decision"}'),
        ("POST", "/", b"{}"),
        ("PUT", "/v1/data/policyctl/main/decisions", b"{}"),
        ("PATCH", "/v1/data/policyctl/main/decisions", b"[]"),
        ("DELETE", "/v1/data/policyctl", b""),
        ("PUT", "/v1/policies/mine", b"package mine"),
        ("GET", "/v1/config", b""),
        ("GET", "/metrics", b""),
    ],
)
def test_other_questions_are_refused(wire: Wire, method: str, path: str, body: bytes) -> None:
    assert wire.request(method, path, body)[0] == 401


def test_a_decision_and_the_health_are_answered(wire: Wire) -> None:
    assert wire.request("POST", "/v1/data/policyctl/main/decisions", b'{"input":{"documents":[]}}')[0] == 200
    assert wire.request("POST", "/v1/data/policyctl/main/decision", b'{"input":{}}')[0] == 200
    assert wire.request("GET", "/health")[0] == 200


def test_a_classification_is_answered_and_nothing_beside_it(wire: Wire) -> None:
    assert wire.request("POST", "/v1/data/policyctl/classification/classifications", b'{"input":{}}')[0] == 200
    assert wire.request("POST", "/v1/data/policyctl/classification", b'{"input":{}}')[0] == 401
    assert wire.request("PUT", "/v1/data/policyctl/classification/classifications", b"[]")[0] == 401


def test_without_the_token_a_port_answers_nothing(
    pinned_opa: Any, build: Callable[..., Any], runtime: Path, running: Callable[[], list[int]]
) -> None:
    with ManagedEngine(pinned_opa, *build(), on_port=True) as engine:
        engine.decide([])
        address = engine.address
        for token in ("", "guess"):
            stranger = Wire(Address(port=address.port, token=token), timeout=5, parallel=1)
            assert stranger.request("GET", "/health")[0] == 401


def test_socket_and_folder_are_this_users_alone(engine: ManagedEngine, runtime: Path) -> None:
    engine.decide([])
    (socket,) = runtime.glob("policyctl/*/opa.sock")

    assert stat.S_IMODE(socket.stat().st_mode) == 0o600
    assert stat.S_IMODE(socket.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in socket.parent.rglob("*") if path.is_file()} == {0o600}


def test_no_secret_of_a_document_is_in_opas_log(
    engine: ManagedEngine, document: Callable[..., Any], runtime: Path
) -> None:
    secret = "sk-PLANTED-5f2b9c"
    engine.decide([document(1, key=secret)])
    with pytest.raises(EvaluationError):
        engine.decide([document(1, deadline=secret)])
    (log,) = runtime.glob("policyctl/*/opa.log")

    assert secret not in log.read_text()
    assert all(secret.encode() not in path.read_bytes() for path in log.parent.rglob("*") if path.is_file())


def test_opas_own_variables_do_not_reach_it(
    pinned_opa: Any, build: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, runtime: Path
) -> None:
    monkeypatch.setenv("OPA_LOG_LEVEL", "debug")
    monkeypatch.setenv("OPA_CONFIG_FILE", "/nowhere/at-all.yaml")
    with ManagedEngine(pinned_opa, *build()) as engine:
        engine.decide([])
        (log,) = runtime.glob("policyctl/*/opa.log")

        assert "debug" not in log.read_text()


def test_how_much_memory_it_may_use_is_passed_on_to_opa(
    pinned_opa: Any, build: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, runtime: Path
) -> None:
    limit = f"GOMEMLIMIT={os.getpid()}MiB"
    monkeypatch.setenv(*limit.split("="))
    with ManagedEngine(pinned_opa, *build()) as engine:
        engine.decide([])
        (socket,) = runtime.glob("policyctl/*/opa.sock")
        running = subprocess.run(["ps", "axeww"], capture_output=True, text=True, check=True).stdout.splitlines()

        assert any(limit in line and str(socket) in line for line in running)


def test_a_folder_that_others_may_read_is_not_used(
    pinned_opa: Any, build: Callable[..., Any], runtime: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (runtime / "policyctl").mkdir(mode=0o755)
    os.chmod(runtime / "policyctl", 0o755)
    (runtime / "other").mkdir()
    monkeypatch.setenv("TMPDIR", str(runtime / "other"))
    with ManagedEngine(pinned_opa, *build()) as engine:
        engine.decide([])

        assert list(runtime.glob("policyctl/*")) == []
        assert len(list(runtime.glob("other/policyctl-*/*/opa.sock"))) == 1
