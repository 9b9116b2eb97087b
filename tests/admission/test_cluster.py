"""What is known of a cluster from its watches: on a real API server."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from policyctl.admission.cluster.api import Api, ApiError
from policyctl.admission.cluster.cache import Cache
from policyctl.admission.cluster.watching import Watches
from policyctl.admission.review import Request
from policyctl.admission.subjects import subject
from policyctl.model.document import Collected
from tests.admission.requests import request, vllm
from tests.kube.server import Kube, running

pytestmark = pytest.mark.servers

EVERYTHING = {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy"}


@pytest.fixture(scope="module")
def kube() -> Iterator[Kube]:
    """An API server with a namespace."""
    with running() as server:
        server.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "ml"}})
        yield server


@pytest.fixture
def cache(kube: Kube) -> Iterator[Cache]:
    """What its watches tell."""
    made = Cache()
    watches = Watches(Api(str(kube.kubeconfig)), made)
    until(lambda: not made.run()[1])
    yield made
    watches.close()
    kube.kubectl("-n", "ml", "delete", "networkpolicy,serviceaccount", "--all")


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def policy(name: str, namespace: str = "ml") -> dict[str, Any]:
    spec = {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    return {**EVERYTHING, "metadata": {"name": name, "namespace": namespace}, "spec": spec}


def relations(cache: Cache) -> dict[str, Any]:
    found = subject(Request.model_validate(request(vllm())), cache.run)
    assert isinstance(found, Collected)
    return dict(found.facts["relations"])


def policies(cache: Cache) -> list[str]:
    return [one["name"] for one in relations(cache)["network_policies"]]


def test_a_cluster_without_policies_is_known_to_have_none(cache: Cache) -> None:
    assert policies(cache) == []


def test_a_policy_is_known_once_it_is_there_and_until_it_is_gone(kube: Kube, cache: Cache) -> None:
    kube.apply(policy("all"))
    until(lambda: policies(cache) == ["all"])
    kube.kubectl("-n", "ml", "delete", "networkpolicy", "all")

    until(lambda: policies(cache) == [])


def test_a_policy_of_another_namespace_is_not_related(kube: Kube, cache: Cache) -> None:
    kube.apply(policy("elsewhere", "default"), policy("here"))
    until(lambda: policies(cache) == ["here"])
    kube.kubectl("-n", "default", "delete", "networkpolicy", "elsewhere")

    assert policies(cache) == ["here"]


def test_what_a_service_account_says_is_known(kube: Kube, cache: Cache) -> None:
    account = {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default", "namespace": "ml"}}
    kube.apply({**account, "automountServiceAccountToken": False})

    expected = [{"name": "default", "pod": 0, "automount": False}]
    until(lambda: relations(cache)["service_accounts"] == expected)


def test_an_api_server_that_restarts_is_watched_again(kube: Kube, cache: Cache) -> None:
    kube.stop_api()
    kube.start_api()
    kube.apply(policy("later"))

    until(lambda: policies(cache) == ["later"])


def test_whoever_may_not_list_gets_a_gap_that_names_the_kind(kube: Kube) -> None:
    nobody = kube.folder / "nobody"
    nobody.write_text(kube.kubeconfig.read_text().replace("user: {token", "user: {as: nobody, token"))
    kube.kubectl("--kubeconfig", str(nobody), "config", "set-credentials", "admin", "--token", "wrong")
    cache = Cache()
    watches = Watches(Api(str(nobody)), cache)
    until(lambda: all("Unauthorized" in gap["reason"] for gap in cache.run()[1]))
    found = subject(Request.model_validate(request(vllm())), cache.run)
    watches.close()

    assert isinstance(found, Collected)
    assert any("NetworkPolicy" in gap["reason"] for gap in found.gaps)
    assert all(["facts", "relations"] in gap["paths"] for gap in found.gaps if gap["code"] == "cluster")


def test_whoever_still_listens_when_all_is_closed_reads_the_end(kube: Kube) -> None:
    """A thread that went on to read would read from whatever the process opens next."""
    api = Api(str(kube.kubeconfig))
    ended: list[str] = []

    def listen() -> None:
        try:
            for _ in api.lines("/api/v1/configmaps", {"watch": "1"}):
                ended.append("told")
            ended.append("end")
        except ApiError:
            ended.append("error")

    thread = threading.Thread(target=listen)
    thread.start()
    until(lambda: "told" in ended)
    api.close()
    thread.join(1)

    assert not thread.is_alive()
    assert ended[-1] in ("end", "error")
    with pytest.raises(ApiError, match="the connection is closed"):
        api.get("/api", {})
