"""When a controller's request is passed on the decision about its owner: what is asked, of whom, and what is never believed."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from policyctl.admission.cluster.api import ApiError
from policyctl.admission.let_in import mark_of
from policyctl.admission.owners import Alone, Controllers, MadeBy, Owners
from policyctl.admission.review import Request
from policyctl.model.errors import LedgerError
from tests.admission.requests import request

MAKER = "system:serviceaccount:kube-system:replicaset-controller"
PATH = "/apis/apps/v1/namespaces/ml/replicasets/web"
OWNER: dict[str, Any] = {
    "apiVersion": "apps/v1",
    "kind": "ReplicaSet",
    "metadata": {"name": "web", "namespace": "ml", "uid": "o-1"},
    "spec": {"template": {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [{"name": "web"}]}}},
}
REFERENCE = {"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "web", "uid": "o-1", "controller": True}
MARK = mark_of(OWNER)


def pod(*references: dict[str, Any]) -> dict[str, Any]:
    metadata = {"name": "web-1", "namespace": "ml", "labels": {"app": "web"}, "ownerReferences": list(references)}
    spec = copy.deepcopy(OWNER["spec"]["template"]["spec"])
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec}


class Cluster:
    """What an API server answers, and what it was asked."""

    def __init__(self, answer: Any = OWNER) -> None:
        self.answer, self.asked = answer, list[str]()

    def read(self, path: str) -> Any:
        self.asked.append(path)
        if isinstance(self.answer, ApiError):
            raise self.answer
        return self.answer


def asked(cluster: Cluster, *values: dict[str, Any], user: str = MAKER, **more: Any) -> list[MadeBy | Alone]:
    requests = [Request.model_validate(request(value, user=user, **more)) for value in values]
    return Owners(Controllers(cluster.read), lambda sha256: bool(MARK) and sha256 == MARK.sha256).of(requests)


def test_a_pod_as_its_template_is_its_owners() -> None:
    (given,) = asked(cluster := Cluster(), pod(REFERENCE))

    assert MARK
    assert given == MadeBy("ReplicaSet.apps", "web", "o-1", MARK.sha256)
    assert cluster.asked == [PATH]


@pytest.mark.parametrize(
    "references",
    [
        [],
        [{**REFERENCE, "controller": False}],
        [{**REFERENCE, "controller": "true"}],
        [REFERENCE, REFERENCE],
        [REFERENCE, {**REFERENCE, "name": "another", "uid": "o-2"}],
        [{**REFERENCE, "apiVersion": "apps/v1beta1"}],
        [{**REFERENCE, "kind": "Rollout", "apiVersion": "argoproj.io/v1alpha1"}],
    ],
)
def test_without_one_controller_of_a_known_kind_nobody_is_asked(references: list[dict[str, Any]]) -> None:
    assert asked(cluster := Cluster(), pod(*references)) == [Alone()]
    assert cluster.asked == []


@pytest.mark.parametrize(
    "user",
    [
        "alex",
        "",
        "system:kube-controller-manager",
        "system:serviceaccount:kube-system:deployment-controller",
        "system:serviceaccount:ml:replicaset-controller",
        f"{MAKER} ",
    ],
)
def test_whoever_is_not_the_owners_controller_makes_nobody_ask(user: str) -> None:
    assert asked(cluster := Cluster(), pod(REFERENCE), user=user) == [Alone()]
    assert cluster.asked == []


def test_an_account_that_the_server_is_told_of_speaks_for_controllers() -> None:
    cluster = Cluster()
    value = Request.model_validate(request(pod(REFERENCE), user="system:kube-controller-manager"))
    owners = Owners(Controllers(cluster.read, ["system:kube-controller-manager"]), lambda _: True)

    assert isinstance(owners.of([value])[0], MadeBy)


def test_a_subresource_and_another_kind_of_object_are_not_the_owners() -> None:
    assert asked(Cluster(), pod(REFERENCE), sub="ephemeralcontainers") == [Alone()]
    assert asked(Cluster(), {**pod(REFERENCE), "kind": "PodTemplate"}) == [
        Alone("it is not as ReplicaSet web has it made")
    ]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (ApiError("not found", 404), "its owner, ReplicaSet web, cannot be read: not found"),
        ({}, "its owner, ReplicaSet web, cannot be read: no object"),
        ([], "its owner, ReplicaSet web, cannot be read: no object"),
        ({**OWNER, "metadata": {}}, "ReplicaSet web has another UID than the owner that it names"),
        ({**OWNER, "kind": "DaemonSet"}, "it is not as ReplicaSet web has it made"),
        ({**OWNER, "note": "new"}, "no decision on record has let in ReplicaSet web as it is"),
    ],
)
def test_what_is_not_so_is_judged_with_the_reason(answer: Any, why: str) -> None:
    assert asked(Cluster(answer), pod(REFERENCE)) == [Alone(why)]


def test_a_ledger_that_cannot_be_read_lets_nothing_in() -> None:
    def holds(_: str) -> bool:
        raise LedgerError("the disk is gone")

    (given,) = Owners(Controllers(Cluster().read), holds).of(
        [Request.model_validate(request(pod(REFERENCE), user=MAKER))]
    )

    assert given == Alone("whether ReplicaSet web was let in cannot be told: the disk is gone")


def test_an_owner_is_read_once_for_requests_that_are_judged_together_and_again_for_the_next() -> None:
    cluster = Cluster()
    asked(cluster, pod(REFERENCE), pod(REFERENCE))
    asked(cluster, pod(REFERENCE))

    assert cluster.asked == [PATH, PATH]


def test_an_api_server_that_does_not_answer_is_waited_for_once() -> None:
    cluster = Cluster(ApiError("timed out"))
    given = asked(cluster, pod(REFERENCE), pod({**REFERENCE, "name": "another"}))

    assert [isinstance(one, Alone) and "timed out" in one.why for one in given] == [True, True]
    assert cluster.asked == [PATH]


def test_a_name_reaches_no_other_path() -> None:
    asked(cluster := Cluster(), pod({**REFERENCE, "name": "../secrets/x?y"}))

    assert cluster.asked == ["/apis/apps/v1/namespaces/ml/replicasets/..%2Fsecrets%2Fx%3Fy"]
