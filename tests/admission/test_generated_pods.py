"""What may stand beside a template, by whom: each addition alone, and one step beside it."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from policyctl.admission.generated import generated_by, is_as_template

Object = dict[str, Any]
CONTAINER = {"name": "web", "image": "nginx:1.29", "resources": {}}
MOUNT = {
    "name": "kube-api-access-x7k2p",
    "readOnly": True,
    "mountPath": "/var/run/secrets/kubernetes.io/serviceaccount",
}
NAMESPACE = {"path": "namespace", "fieldRef": {"apiVersion": "v1", "fieldPath": "metadata.namespace"}}
TOKEN = {
    "name": "kube-api-access-x7k2p",
    "projected": {
        "sources": [
            {"serviceAccountToken": {"expirationSeconds": 3607, "path": "token"}},
            {"configMap": {"name": "kube-root-ca.crt", "items": [{"key": "ca.crt", "path": "ca.crt"}]}},
            {"downwardAPI": {"items": [NAMESPACE]}},
        ],
        "defaultMode": 420,
    },
}
ROOT = {"name": "kube-api-access-x7k2p", "hostPath": {"path": "/"}}


def owner(kind: str, **template: Any) -> Object:
    """An owner with one container; `template` is more of its pods' spec."""
    spec = {"containers": [copy.deepcopy(CONTAINER)], **copy.deepcopy(template)}
    api_version = {"Job": "batch/v1", "ReplicationController": "v1"}.get(kind, "apps/v1")
    made = {"template": {"metadata": {"labels": {"app": "web"}}, "spec": spec}}
    return {"apiVersion": api_version, "kind": kind, "metadata": {"name": "web", "uid": "o-1"}, "spec": made}


def pod(of: Object, **fields: Any) -> Object:
    """The pod of an owner; `fields` are put over its spec."""
    spec = {**copy.deepcopy(of["spec"]["template"]["spec"]), **copy.deepcopy(fields)}
    metadata = {"name": "web-0", "labels": {"app": "web"}}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec}


def with_container(**fields: Any) -> list[Object]:
    return [{**CONTAINER, **fields}]


@pytest.mark.parametrize(
    ("template", "fields", "expected"),
    [
        ({}, {}, True),
        ({}, {"enableServiceLinks": True, "nodeName": "one", "priority": 0}, True),
        ({}, {"enableServiceLinks": False}, False),
        ({}, {"priority": "high"}, False),
        ({}, {"preemptionPolicy": "PreemptLowerPriority", "priorityClassName": "usual"}, True),
        ({"priorityClassName": "low"}, {"priorityClassName": "system-node-critical"}, False),
        ({}, {"serviceAccountName": "default", "serviceAccount": "default"}, True),
        ({}, {"serviceAccountName": "admin", "serviceAccount": "admin"}, False),
        ({"serviceAccountName": "own"}, {"serviceAccountName": "default"}, False),
        ({}, {"hostname": "web-0"}, False),
        ({"runtimeClassName": "kata"}, {"overhead": {"cpu": "250m"}}, True),
        ({}, {"overhead": {"cpu": "250m"}}, False),
        ({}, {"runtimeClassName": "runc"}, False),
        ({}, {"ephemeralContainers": [CONTAINER]}, False),
        ({}, {"containers": []}, False),
        ({}, {"containers": None}, False),
        ({}, {"initContainers": [CONTAINER]}, False),
        ({}, {"initContainers": "none"}, False),
        ({}, {"containers": [None]}, False),
        ({}, {"containers": with_container(resources=None)}, False),
        ({}, {"containers": with_container(env="none")}, False),
        ({}, {"volumes": "none"}, False),
    ],
)
def test_a_field_is_one_that_is_filled_in_with_its_value(template: Object, fields: Object, expected: bool) -> None:
    of = owner("ReplicaSet", **template)

    assert is_as_template(pod(of, **fields), of) is expected


@pytest.mark.parametrize(
    ("template", "volume", "mount", "expected"),
    [
        ({}, TOKEN, MOUNT, True),
        ({"automountServiceAccountToken": False}, TOKEN, MOUNT, False),
        ({}, ROOT, MOUNT, False),
        ({}, {**TOKEN, "hostPath": {"path": "/"}}, MOUNT, False),
        ({}, {**TOKEN, "projected": {**TOKEN["projected"], "sources": []}}, MOUNT, False),
        ({}, TOKEN, {**MOUNT, "readOnly": False}, False),
        ({}, TOKEN, {**MOUNT, "mountPath": "/etc"}, False),
        ({}, TOKEN, {**MOUNT, "subPath": "token"}, False),
        ({}, {**TOKEN, "name": "mine"}, {**MOUNT, "name": "mine"}, False),
    ],
)
def test_a_token_is_the_one_that_the_service_account_gives(
    template: Object, volume: Object, mount: Object, expected: bool
) -> None:
    of = owner("ReplicaSet", **template)
    made = pod(of, volumes=[volume], containers=with_container(volumeMounts=[mount]))

    assert is_as_template(made, of) is expected


@pytest.mark.parametrize(
    ("key", "seconds", "expected"),
    [
        ("node.kubernetes.io/not-ready", 300, True),
        ("node.kubernetes.io/unreachable", 30, True),
        ("node.kubernetes.io/not-ready", None, False),
        ("node.kubernetes.io/disk-pressure", 300, False),
        ("gpu", 300, False),
    ],
)
def test_a_toleration_is_one_of_a_failing_node_for_some_seconds(key: str, seconds: int | None, expected: bool) -> None:
    toleration: Object = {"key": key, "operator": "Exists", "effect": "NoExecute"}
    toleration |= {} if seconds is None else {"tolerationSeconds": seconds}
    of = owner("ReplicaSet")

    assert is_as_template(pod(of, tolerations=[toleration]), of) is expected


@pytest.mark.parametrize(
    ("wanted", "made", "annotation", "expected"),
    [
        ({"limits": {"cpu": "1"}}, {"limits": {"cpu": "1"}, "requests": {"cpu": "1"}}, False, True),
        ({"limits": {"cpu": "1"}}, {"limits": {"cpu": "1"}, "requests": {"cpu": "2"}}, False, False),
        ({}, {"limits": {"memory": "1Gi"}, "requests": {"memory": "1Gi"}}, False, False),
        ({}, {"limits": {"memory": "1Gi"}, "requests": {"memory": "1Gi"}}, True, True),
        ({"limits": {"memory": "1Gi"}}, {"limits": {"memory": "2Gi"}}, True, False),
        ({"limits": {"memory": "1Gi"}}, {}, True, False),
        ({}, {"limits": {"nvidia.com/gpu": "1"}, "requests": {"nvidia.com/gpu": "1"}}, True, False),
        ({}, {"claims": [{"name": "gpu"}]}, True, False),
    ],
)
def test_resources_are_those_of_the_limits_or_of_a_limit_range(
    wanted: Object, made: Object, annotation: bool, expected: bool
) -> None:
    of = owner("ReplicaSet", containers=with_container(resources=wanted))
    value = pod(of, containers=with_container(resources=made))
    if annotation:
        value["metadata"]["annotations"] = {"kubernetes.io/limit-ranger": "LimitRanger plugin set: …"}

    assert is_as_template(value, of) is expected


@pytest.mark.parametrize(("wanted", "made", "expected"), [("IfNotPresent", "Always", True), ("Always", "Never", False)])
def test_an_image_may_be_pulled_more_often_and_not_less(wanted: str, made: str, expected: bool) -> None:
    of = owner("ReplicaSet", containers=with_container(imagePullPolicy=wanted))

    assert is_as_template(pod(of, containers=with_container(imagePullPolicy=made)), of) is expected


@pytest.mark.parametrize(("host", "port", "expected"), [(True, 80, True), (True, 22, False), (False, 80, False)])
def test_a_port_of_the_node_is_the_containers_own_where_the_pod_has_its_network(
    host: bool, port: int, expected: bool
) -> None:
    of = owner("ReplicaSet", hostNetwork=host, containers=with_container(ports=[{"containerPort": 80}]))
    made = pod(of, containers=with_container(ports=[{"containerPort": 80, "hostPort": port}]))

    assert is_as_template(made, of) is expected


@pytest.mark.parametrize(
    ("kind", "labels", "expected"),
    [
        ("ReplicaSet", {"controller-revision-hash": "a"}, False),
        ("ReplicationController", {}, True),
        ("DaemonSet", {}, False),
        ("StatefulSet", {"statefulset.kubernetes.io/pod-name": "web-0", "controller-revision-hash": "a"}, True),
        ("StatefulSet", {"statefulset.kubernetes.io/pod-name": "web-1"}, False),
        ("Job", {"batch.kubernetes.io/job-completion-index": "0"}, False),
        ("Deployment", {}, False),
    ],
)
def test_a_label_is_one_that_this_controller_adds(kind: str, labels: dict[str, str], expected: bool) -> None:
    of = owner(kind)
    made = pod(of)
    made["metadata"]["labels"] |= labels

    assert is_as_template(made, of) is expected


def node(*names: str, **more: Any) -> Object:
    field = {"key": "metadata.name", "operator": "In", "values": list(names)}
    terms = [{"matchFields": [field], **more}]
    return {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": terms}}}


@pytest.mark.parametrize(
    ("affinity", "expected"),
    [
        (node("one"), True),
        (node("one", "two"), False),
        (node(), False),
        (node("one", matchExpressions=[]), False),
        ({**node("one"), "podAffinity": {}}, False),
        ({"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [None]}}}, False),
        ({}, False),
        (None, False),
    ],
)
def test_a_pod_of_a_daemon_set_is_for_one_node(affinity: Any, expected: bool) -> None:
    of = owner("DaemonSet")

    assert is_as_template(pod(of, affinity=affinity), of) is expected


@pytest.mark.parametrize(
    ("volume", "expected"),
    [
        ({"name": "data", "persistentVolumeClaim": {"claimName": "data-web-0"}}, True),
        ({"name": "data", "persistentVolumeClaim": {"claimName": "data-db-0"}}, False),
        ({"name": "data", "hostPath": {"path": "/"}}, False),
        ({"name": "more", "persistentVolumeClaim": {"claimName": "more-web-0"}}, False),
    ],
)
def test_a_claim_is_one_of_the_stateful_sets_own(volume: Object, expected: bool) -> None:
    of = owner("StatefulSet", volumes=[{"name": "data", "emptyDir": {}}, {"name": "tmp", "emptyDir": {}}])
    of["spec"]["volumeClaimTemplates"] = [{"metadata": {"name": "data"}}]

    assert is_as_template(pod(of, volumes=[volume, {"name": "tmp", "emptyDir": {}}]), of) is expected


@pytest.mark.parametrize(
    "made", [{}, {"apiVersion": "v1", "kind": "Pod"}, {"apiVersion": "v1", "kind": "Pod", "spec": []}]
)
def test_what_is_no_pod_is_like_no_template(made: Object) -> None:
    assert not is_as_template(made, owner("ReplicaSet"))


def test_each_kind_of_owner_makes_one_kind() -> None:
    kinds = {kind: generated_by(owner(kind)) for kind in ("Deployment", "StatefulSet", "Job", "Pod", "Rollout")}

    assert kinds == {
        "Deployment": "apps/v1/ReplicaSet",
        "StatefulSet": "v1/Pod",
        "Job": "v1/Pod",
        "Pod": None,
        "Rollout": None,
    }
