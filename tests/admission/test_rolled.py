"""A webhook that is rolled while an API server asks it: one replica after the other is replaced, and nobody notices."""

from __future__ import annotations

import itertools
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from policyctl.admission.cluster.api import Api, ApiError
from policyctl.ledger import open_ledger
from tests.admission.requests import config_map, vllm
from tests.admission.serving import Serving
from tests.admission.test_kube import installed
from tests.kube.server import Kube, running
from tests.kube.service import Service, service
from tests.postgres import Database

pytestmark = pytest.mark.servers
_PRE_STOP = 5
"""Seconds for which a pod is still asked after it is no endpoint any more, as its preStop has it."""


@pytest.fixture
def kube() -> Iterator[Kube]:
    """An API server with a namespace that fails closed."""
    with running() as server:
        for name, labels in (("ml", {"policyctl.dev/ai-systems": "true"}), ("plain", {})):
            server.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}})
        yield server


@pytest.fixture
def endpoints() -> Iterator[Service]:
    with service() as made:
        yield made


class Creating:
    """Creates objects, some to be denied, as fast as the API server answers."""

    def __init__(self, kube: Kube) -> None:
        self.answers: dict[str, str] = {}
        self._api = Api(str(kube.kubeconfig))
        self._numbers, self._ended = itertools.count(), threading.Event()
        self._threads = [threading.Thread(target=self._create) for _ in range(8)]
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join()
        self._api.close()

    def _create(self) -> None:
        for number in self._numbers:
            if self._ended.is_set():
                return
            value, where = (config_map(), "/api/v1/namespaces/ml/configmaps")
            if number % 4 == 0:
                value, where = vllm(), "/apis/apps/v1/namespaces/ml/deployments"
            name = f"n-{number}"
            try:
                self._api.send("POST", where, {**value, "metadata": {"name": name, "namespace": "ml"}})
                self.answers[name] = "created"
            except ApiError as error:
                self.answers[name] = "denied" if error.status == 403 else error.message


def test_replicas_are_replaced_while_every_request_is_answered_and_recorded(
    kube: Kube, endpoints: Service, database: Database, tmp_path: Path
) -> None:
    first = replica(tmp_path / "first", database)
    endpoints.endpoint = first.port
    installed(kube, first, url=f"https://127.0.0.1:{endpoints.port}")
    creating = Creating(kube)
    try:
        for name in ("second", "third"):
            time.sleep(3)
            second = replica(tmp_path / name, database, first)
            endpoints.endpoint = second.port
            time.sleep(_PRE_STOP)
            assert first.end() == 0
            first = second
        time.sleep(3)
    finally:
        creating.end()
        first.close()
    with open_ledger(database.url, readonly=True) as ledger:
        decided = {json.loads(ledger.body(entry.id))["subject"]["path"] for entry in ledger.entries("decision")}
    paths = {
        name: f"{'Deployment.apps' if int(name[2:]) % 4 == 0 else 'ConfigMap'}/{name}" for name in creating.answers
    }

    assert len(creating.answers) > 200
    assert {name: said for name, said in creating.answers.items() if said not in ("created", "denied")} == {}
    assert {said for name, said in creating.answers.items() if "Deployment" in paths[name]} == {"denied"}
    assert {said for name, said in creating.answers.items() if "ConfigMap" in paths[name]} == {"created"}
    assert {f"cluster/ml/{path}" for path in paths.values()} <= decided


def replica(folder: Path, database: Database, other: Serving | None = None) -> Serving:
    """A server with the same certificate as the others, and the same ledger."""
    folder.mkdir()
    return Serving(folder, "--ledger", database.url, authority=other.authority if other else None).start()
