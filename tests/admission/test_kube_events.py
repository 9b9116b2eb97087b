"""Events of a real API server about a server that cannot decide or record."""

from __future__ import annotations

import json
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.admission.harm import denied, locked, opa_of, signalled, until
from tests.admission.serving import Serving
from tests.conftest import ROOT
from tests.kube.server import Kube, running

pytestmark = pytest.mark.servers
POD = "policyctl/policyctl-7d4b9c-x2x9z/0b7c"


@pytest.fixture(scope="module")
def kube() -> Iterator[Kube]:
    """An API server with the rights of an installation."""
    with running() as server:
        server.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "policyctl"}})
        server.kubectl("apply", "-f", str(ROOT / "deploy" / "kubernetes" / "roles.yaml"))
        for name in ("policyctl", "nobody"):
            server.kubectl("-n", "policyctl", "create", "serviceaccount", name)
        yield server


@pytest.fixture(autouse=True)
def without_events(kube: Kube) -> None:
    """None of the test before."""
    kube.kubectl("-n", "policyctl", "delete", "events", "--all")


def config_of(kube: Kube, account: str, folder: Path) -> str:
    """A kubeconfig of a service account."""
    told = yaml.safe_load(kube.kubeconfig.read_text())
    token = kube.kubectl("-n", "policyctl", "create", "token", account).stdout.strip()
    told["users"][0]["user"] = {"token": token}
    file = folder / "kubeconfig"
    file.write_text(yaml.safe_dump(told))
    return str(file)


def serving(kube: Kube, folder: Path, *options: str, account: str = "policyctl", opa: str = "") -> Serving:
    cluster = ["--cluster", config_of(kube, account, folder), "--events", POD]
    return Serving(folder, *cluster, *options, environment={"POLICYCTL_OPA": opa} if opa else {})


def events(kube: Kube) -> list[dict[str, Any]]:
    """In the order in which they were written."""
    found = json.loads(kube.kubectl("-n", "policyctl", "get", "events.v1.events.k8s.io", "-o", "json").stdout)["items"]
    return sorted(found, key=lambda one: str(one["eventTime"]))


def reasons(kube: Kube) -> list[tuple[str, str]]:
    return [(one["type"], one["reason"]) for one in events(kube)]


def test_a_ledger_that_cannot_be_written_is_told_once_and_its_end(kube: Kube, tmp_path: Path) -> None:
    server = serving(kube, tmp_path)
    try:
        server.start()
        with locked(server.ledger):
            for _ in range(3):
                assert server.post(denied(), query="?timeout=5s").status in (503, 504)
            until(lambda: reasons(kube) == [("Warning", "RecordFailed")], "no Event")
        until(lambda: ("Normal", "RecordWritten") in reasons(kube), "no Event of its end")
    finally:
        server.close()
    first = events(kube)[0]

    assert reasons(kube) == [("Warning", "RecordFailed"), ("Normal", "RecordWritten")]
    assert first["regarding"] == {
        "apiVersion": "v1",
        "kind": "Pod",
        "namespace": "policyctl",
        "name": "policyctl-7d4b9c-x2x9z",
        "uid": "0b7c",
    }
    assert "ledger" in first["note"]


def test_decisions_that_are_spooled_are_told(kube: Kube, tmp_path: Path) -> None:
    server = serving(kube, tmp_path, "--spool", str(tmp_path / "spool"))
    try:
        server.start()
        with locked(server.ledger):
            assert server.post(denied()).status == 200
            until(lambda: reasons(kube) == [("Warning", "DecisionsSpooled")], "no Event")
        until(lambda: ("Normal", "DecisionsHandedOver") in reasons(kube), "no Event of its end")
    finally:
        server.close()


def test_an_opa_that_does_not_answer_is_told(kube: Kube, tmp_path: Path, opa_path: str) -> None:
    own = tmp_path / "opa"
    shutil.copy(opa_path, own)
    server = serving(kube, tmp_path, opa=str(own))
    try:
        server.start()
        process = opa_of(server)
        own.unlink()
        signalled(process, signal.SIGKILL)
        until(lambda: reasons(kube) == [("Warning", "EngineFailed")], "no Event")
        shutil.copy(opa_path, own)
        until(lambda: ("Normal", "EngineAnswers") in reasons(kube), "no Event of its end")
    finally:
        server.close()


def test_without_the_right_nothing_is_told_and_nobody_waits_or_fails(kube: Kube, tmp_path: Path) -> None:
    server = serving(kube, tmp_path, "--spool", str(tmp_path / "spool"), account="nobody")
    try:
        server.start()
        with locked(server.ledger):
            assert server.post(denied()).status == 200
            until(lambda: "the API server takes no Event: " in server.log(), "it does not try")
            assert server.post(denied()).status == 200
        until(server.ready, "not ready")
        assert server.post(denied()).status == 200
    finally:
        server.close()

    assert events(kube) == []


def test_an_api_server_that_is_gone_is_no_trouble_of_those_that_ask(kube: Kube, tmp_path: Path) -> None:
    server = serving(kube, tmp_path, "--spool", str(tmp_path / "spool"))
    try:
        server.start()
        kube.stop_api()
        with locked(server.ledger):
            assert server.post(denied()).status == 200
            until(lambda: "the API server takes no Event: " in server.log(), "it does not try")
            assert server.post(denied()).status == 200
            kube.start_api()
            until(lambda: reasons(kube) == [("Warning", "DecisionsSpooled")], "not told later")
    finally:
        server.close()
