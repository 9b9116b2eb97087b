"""When a controller's request is passed on the decision about its owner: what is asked, of whom, and what is never believed."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from policyctl.admission.cluster.api import ApiError
from policyctl.admission.cluster.cache import GAP
from policyctl.admission.marking import Marking
from policyctl.admission.owners import Alone, Controllers, MadeBy, Owners
from policyctl.admission.profiles import Profiles
from policyctl.admission.review import Request
from policyctl.admission.subjects import nothing_known, subject
from policyctl.collectors.kubernetes.relations import Known, Run
from policyctl.model.document import Collected, Gap
from policyctl.model.errors import LedgerError
from policyctl.opening import Opened
from policyctl.pipeline import Standing
from tests.admission.conftest import TODAY
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

Ask = Callable[..., list[MadeBy | Alone]]


def changed(**metadata: Any) -> dict[str, Any]:
    """The owner with other metadata."""
    return copy.deepcopy({**OWNER, "metadata": {**OWNER["metadata"], **metadata}})


def policy() -> Known:
    """A network policy of all pods of the namespace."""
    value = {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": {"name": "all", "namespace": "ml"},
        "spec": {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]},
    }
    return Known("ml", "all", "networking.k8s.io/v1", value)


def pod(*references: dict[str, Any]) -> dict[str, Any]:
    metadata = {"name": "web-1", "namespace": "ml", "labels": {"app": "web"}, "ownerReferences": list(references)}
    spec = copy.deepcopy(OWNER["spec"]["template"]["spec"])
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec}


class Cluster:
    """What an API server answers, after so many seconds, and what it was asked."""

    def __init__(self, answer: Any = OWNER, seconds: float = 0.0) -> None:
        self.answer, self.seconds, self.asked = answer, seconds, list[str]()

    def read(self, path: str, seconds: float) -> Any:
        assert 0 < seconds <= 1
        time.sleep(self.seconds)
        self.asked.append(path)
        if isinstance(self.answer, ApiError):
            raise self.answer
        return self.answer


@pytest.fixture
def marking(opened: Opened) -> Marking:
    """That of a server that knows nothing of what is around."""
    return Marking(Profiles(Standing.of(opened, None, TODAY)), nothing_known)


@pytest.fixture
def asked(opened: Opened, marking: Marking) -> Ask:
    """Asks about these objects, where the ledger holds the mark of the owner, or of others."""
    systems = Standing.of(opened, None, TODAY).systems

    def ask(
        cluster: Cluster,
        *values: dict[str, Any],
        user: str = MAKER,
        accounts: Sequence[str] = (),
        holds: Callable[[str], bool] | None = None,
        owner: dict[str, Any] = OWNER,
        **more: Any,
    ) -> list[MadeBy | Alone]:
        requests = [Request.model_validate(request(value, user=user, **more)) for value in values]
        mark = marking.of(owner, "")
        assert mark
        owners = Owners(
            Controllers(cluster.read, accounts), marking, holds or (lambda one: one == mark.sha256), systems
        )
        found = [subject(one) for one in requests]
        return owners.of([(r, f) for r, f in zip(requests, found, strict=True) if isinstance(f, Collected)])

    return ask


def test_a_pod_as_its_template_is_its_owners(asked: Ask, marking: Marking) -> None:
    (given,) = asked(cluster := Cluster(), pod(REFERENCE))
    mark = marking.of(OWNER, "")

    assert mark
    assert given == MadeBy("ReplicaSet.apps", "web", "o-1", mark.sha256)
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
def test_without_one_controller_of_a_known_kind_nobody_is_asked(asked: Ask, references: list[dict[str, Any]]) -> None:
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
def test_whoever_is_not_the_owners_controller_makes_nobody_ask(asked: Ask, user: str) -> None:
    assert asked(cluster := Cluster(), pod(REFERENCE), user=user) == [Alone()]
    assert cluster.asked == []


def test_an_account_that_the_server_is_told_of_speaks_for_controllers(asked: Ask) -> None:
    manager = "system:kube-controller-manager"

    assert isinstance(asked(Cluster(), pod(REFERENCE), user=manager, accounts=[manager])[0], MadeBy)


def test_a_subresource_and_another_kind_of_object_are_not_the_owners(asked: Ask) -> None:
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
        (changed(uid=None), "ReplicaSet web has another UID than the owner that it names"),
        ({**OWNER, "kind": "DaemonSet"}, "what stands in the place of ReplicaSet web is something else"),
        (changed(name="another"), "what stands in the place of ReplicaSet web is something else"),
        (changed(namespace="another"), "what stands in the place of ReplicaSet web is something else"),
        (changed(labels={"a": "\ud800"}), "its owner, ReplicaSet web, cannot be read: it cannot be written down"),
        (
            {**OWNER, "note": "new"},
            "no decision on record has let in ReplicaSet web as it is, with what is around it",
        ),
    ],
)
def test_what_is_not_so_is_judged_with_the_reason(asked: Ask, answer: Any, why: str) -> None:
    assert asked(Cluster(answer), pod(REFERENCE)) == [Alone(why)]


def test_a_ledger_that_cannot_be_read_lets_nothing_in(asked: Ask) -> None:
    def holds(_: str) -> bool:
        raise LedgerError("the disk is gone")

    (given,) = asked(Cluster(), pod(REFERENCE), holds=holds)

    assert given == Alone("whether ReplicaSet web was let in cannot be told: the disk is gone")


def test_an_owner_is_read_once_for_requests_that_are_judged_together_and_again_for_the_next(asked: Ask) -> None:
    cluster = Cluster()
    asked(cluster, pod(REFERENCE), pod(REFERENCE))
    asked(cluster, pod(REFERENCE))

    assert cluster.asked == [PATH, PATH]


def test_an_api_server_that_does_not_answer_is_waited_for_once(asked: Ask) -> None:
    cluster = Cluster(ApiError("timed out"))
    given = asked(cluster, pod(REFERENCE), pod({**REFERENCE, "name": "another"}))

    assert [isinstance(one, Alone) and "timed out" in one.why for one in given] == [True, True]
    assert cluster.asked == [PATH]


def test_a_name_reaches_no_other_path(asked: Ask) -> None:
    asked(cluster := Cluster(), pod({**REFERENCE, "name": "../secrets/x?y"}))

    assert cluster.asked == ["/apis/apps/v1/namespaces/ml/replicasets/..%2Fsecrets%2Fx%3Fy"]


@pytest.mark.parametrize("status", [0, 429, 500, 503])
def test_a_busy_api_server_is_not_asked_again(asked: Ask, status: int) -> None:
    given = asked(cluster := Cluster(ApiError("busy", status)), pod(REFERENCE), pod({**REFERENCE, "name": "another"}))

    assert [isinstance(one, Alone) for one in given] == [True, True]
    assert len(cluster.asked) == 1


def test_all_owners_together_are_waited_for_no_longer_than_one(asked: Ask) -> None:
    cluster = Cluster(seconds=0.4)
    given = asked(cluster, *(pod({**REFERENCE, "name": f"web-{n}"}) for n in range(16)))

    assert len(cluster.asked) <= 3
    assert given[-1] == Alone("its owner, ReplicaSet web-15, cannot be read: the API server did not answer in time")


def test_what_belongs_to_another_system_than_its_owner_is_judged(asked: Ask) -> None:
    """The owner's own label has chosen the system by which it was judged, and its waivers."""
    owner = changed(labels={"policyctl.dev/system": "harmless"})
    owner["spec"]["template"]["metadata"]["labels"] |= {"policyctl.dev/system": "scoring"}
    made = pod(REFERENCE)
    made["metadata"]["labels"] |= {"policyctl.dev/system": "scoring"}

    assert asked(Cluster(owner), made, owner=owner) == [
        Alone("it belongs to the system scoring, and ReplicaSet web, on whose decision it would come in, not")
    ]


def test_a_server_that_is_run_as_a_job_is_judged_as_the_server_that_its_pod_is(asked: Ask) -> None:
    job = {**changed(), "apiVersion": "batch/v1", "kind": "Job"}
    job["spec"]["template"]["spec"]["containers"][0]["image"] = "vllm/vllm-openai:v0.9.1"
    made = pod({**REFERENCE, "apiVersion": "batch/v1", "kind": "Job"})
    made["spec"] = copy.deepcopy(job["spec"]["template"]["spec"])
    maker = "system:serviceaccount:kube-system:job-controller"

    assert asked(Cluster(job), made, owner=job, user=maker) == [
        Alone("by itself it is one of serving, and Job web, on whose decision it would come in, not")
    ]


def test_under_another_profile_or_with_something_else_around_it_an_owner_has_another_mark(opened: Opened) -> None:
    profiles = Profiles(Standing.of(opened, None, TODAY), ["iso-42001"])
    isolated = Run(count=1, kinds={"NetworkPolicy": [policy()]}, near={("NetworkPolicy", "ml"): [policy()]})
    marks = [
        Marking(profiles, nothing_known).of(OWNER, ""),
        Marking(profiles, nothing_known).of(OWNER, "iso-42001"),
        Marking(profiles, lambda: (isolated, [])).of(OWNER, ""),
    ]

    assert len({mark.sha256 for mark in marks if mark}) == 3
    unknown: Gap = {"code": GAP, "reason": "not read yet", "paths": [["facts", "relations"]]}
    assert Marking(profiles, lambda: (isolated, [unknown])).of(OWNER, "") is None
