"""Many objects in one file: related to each other in bounded time, and what was not related is not known."""

from __future__ import annotations

import time
from typing import Any

import pytest

from policyctl.collectors.kubernetes import KubernetesCollector
from policyctl.collectors.limits import Limits
from policyctl.model.content import Content
from policyctl.model.document import Collected


def pod(number: int) -> dict[str, Any]:
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": f"p{number}", "labels": {"app": "a"}},
        "spec": {"containers": [{"name": "c", "image": "x"}]},
    }


def policy(number: int) -> dict[str, Any]:
    spec = {"podSelector": {"matchLabels": {"app": "a"}}, "policyTypes": ["Ingress"]}
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": {"name": f"n{number}"},
        "spec": spec,
    }


def binding(number: int) -> dict[str, Any]:
    return {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "ClusterRoleBinding",
        "metadata": {"name": f"b{number}"},
        "roleRef": {"kind": "ClusterRole", "name": "view"},
        "subjects": [{"kind": "ServiceAccount", "name": "default", "namespace": "x"}],
    }


def collected(*objects: dict[str, Any]) -> list[Collected]:
    """The pods among the objects of one List."""
    values = ({"apiVersion": "v1", "kind": "List", "items": list(objects)},)
    inputs = KubernetesCollector().collect([Content("list.json", "0" * 64, "json", "", values)])
    return [subject for one in inputs for subject in one.subjects if subject.facts["kind"] == "Pod"]


def test_a_large_run_is_related() -> None:
    pods = collected(*map(pod, range(500)), *map(policy, range(50)), *map(binding, range(500)))

    assert {len(one.facts["relations"]["network_policies"]) for one in pods} == {50}
    assert [one.gaps for one in pods if one.gaps] == []


@pytest.mark.parametrize("other", [policy, binding])
def test_a_hostile_one_takes_no_long_time_and_what_is_not_related_is_not_known(other: Any) -> None:
    began = time.perf_counter()
    pods = collected(*map(pod, range(4000)), *map(other, range(4000)))

    unrelated = [one for one in pods if one.facts["relations"] == {}]
    assert 0 < len(unrelated) < len(pods)
    assert {tuple(gap["code"] for gap in one.gaps) for one in unrelated} == {("too_many",)}
    assert {path[1] for one in unrelated for gap in one.gaps for path in gap["paths"]} == {"relations", "inference"}
    assert all(not one.gaps for one in pods if one.facts["relations"])
    assert time.perf_counter() - began < 20
    assert Limits.RELATED >= 500_000
