"""What a request would have the cluster run, and when there is nothing to judge in it."""

from __future__ import annotations

from typing import Any

import pytest

from policyctl.admission.review import Request
from policyctl.admission.subjects import NotJudged, state_of, subject
from policyctl.model.document import Collected
from tests.admission.requests import config_map, request, vllm


def of(*values: Any, **options: Any) -> Collected | NotJudged:
    return subject(Request.model_validate(request(*values, **options)))


def test_a_created_object_is_read_as_from_a_file() -> None:
    collected = of(vllm())

    assert isinstance(collected, Collected)
    assert collected.facts["id"] == "Deployment.apps/ml/vllm-gemma-deployment"
    assert collected.facts["ai_workload"] is True
    assert collected.subject["path"] == "cluster/ml/Deployment.apps/vllm-gemma-deployment"


def test_an_object_without_a_namespace_stands_in_that_of_its_request() -> None:
    value = vllm()
    del value["metadata"]["namespace"]
    collected = subject(Request.model_validate({**request(value), "namespace": "ml"}))

    assert isinstance(collected, Collected)
    assert collected.facts["namespace"] == "ml"


def test_a_pod_with_an_ephemeral_container_is_judged() -> None:
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p", "namespace": "ml"}, "spec": {"containers": []}}

    assert isinstance(of(pod, operation="UPDATE", sub="ephemeralcontainers"), Collected)


@pytest.mark.parametrize("sub", ["status", "scale", "binding", "eviction", "token"])
def test_a_subresource_that_runs_nothing_new_is_not_judged(sub: str) -> None:
    found = of(vllm(), operation="UPDATE", sub=sub)

    assert isinstance(found, NotJudged)
    assert not found.refused


def test_a_deletion_and_a_connection_are_not_judged() -> None:
    for found in (of(None, operation="DELETE", old=vllm()), of(vllm(), operation="CONNECT", sub="exec")):
        assert isinstance(found, NotJudged)
        assert not found.refused


def test_an_update_of_nothing_that_a_control_looks_at_is_not_judged() -> None:
    old, new = vllm(), vllm()
    old["metadata"] |= {"resourceVersion": "1", "generation": 1, "finalizers": ["example.org/wait"]}
    new["metadata"] |= {"resourceVersion": "2", "generation": 2, "managedFields": [{}]}
    new["status"] = {"replicas": 1}

    assert isinstance(of(new, operation="UPDATE", old=old), NotJudged)


@pytest.mark.parametrize("at", ["labels", "annotations"])
def test_an_update_of_labels_or_annotations_is_judged(at: str) -> None:
    new = vllm()
    new["metadata"][at] = {"a": "b"}

    assert isinstance(of(new, operation="UPDATE", old=vllm()), Collected)


def test_a_create_or_update_without_an_object_is_refused() -> None:
    for operation in ("CREATE", "UPDATE"):
        found = of(None, operation=operation, old=vllm())
        assert isinstance(found, NotJudged)
        assert found.refused


def test_an_object_that_cannot_be_read_is_refused() -> None:
    broken = {**request(config_map()), "object": {**config_map(), "metadata": ["not", "a", "mapping"]}}
    found = subject(Request.model_validate(broken))

    assert isinstance(found, NotJudged)
    assert found.refused
    assert "metadata" in found.reason


@pytest.mark.parametrize(
    ("path", "value", "same"),
    [
        ("status", {"replicas": 3}, True),
        ("metadata.resourceVersion", "8", True),
        ("metadata.managedFields", [{}], True),
        ("spec.replicas", 8, True),
        ("spec.nodeName", "node-1", True),
        ("apiVersion", "apps/v1beta2", True),
        ("metadata.annotations", {"deployment.kubernetes.io/revision": "2"}, True),
        ("metadata.labels.team", "another", False),
        ("metadata.annotations.note", "here", False),
        ("spec.template.spec.hostNetwork", True, False),
        ("kind", "StatefulSet", False),
    ],
)
def test_a_state_is_all_of_an_object_but_what_changes_without_being_asked_about(
    path: str, value: Any, same: bool
) -> None:
    changed = vllm()
    *above, last = path.split(".")
    place = changed
    for name in above:
        place = place.setdefault(name, {})
    place[last] = value

    assert (state_of(changed) == state_of(vllm())) is same
