"""What the controllers of Kubernetes really make of their owners: each is let in on its owner's decision, and a scan finds it so.

The owners are let in while their namespace has chosen a profile that denies nothing; then the baseline decides, which denies each of them.
"""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from policyctl.admission.generated import generated_by, is_as_template
from policyctl.ledger import open_ledger
from tests.admission.lenient import tightened
from tests.admission.serving import Serving
from tests.admission.test_kube import installed
from tests.admission.test_kube_generated import following, until
from tests.admission.test_scan import scanned
from tests.kube.server import Kube, running

pytestmark = pytest.mark.servers
Object = dict[str, Any]
CONTROLLERS = (
    "cronjob-controller",
    "daemonset-controller",
    "deployment-controller",
    "job-controller",
    "replicaset-controller",
    "replicationcontroller-controller",
    "root-ca-certificate-publisher-controller",
    "serviceaccount-controller",
    "statefulset-controller",
)
WORDS = {"name": "web", "image": "nginx:1.29", "ports": [{"containerPort": 80}]}
MOUNTED = {**WORDS, "volumeMounts": [{"name": "data", "mountPath": "/data"}, {"name": "own", "mountPath": "/own"}]}
LIMITED = {**WORDS, "resources": {"limits": {"cpu": "1", "example.com/gpu": "2"}}, "env": [{"name": "A", "value": "b"}]}
FIRST = {"name": "first", "image": "busybox:1"}
DISKLESS = {"matchExpressions": [{"key": "disk", "operator": "DoesNotExist"}]}
PREFERRED = [{"weight": 1, "preference": DISKLESS}]
ELSEWHERE = {
    "nodeAffinity": {
        "requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [DISKLESS]},
        "preferredDuringSchedulingIgnoredDuringExecution": PREFERRED,
    }
}


def template(name: str, **spec: Any) -> Object:
    given = {"containers": [WORDS], **copy.deepcopy(spec)}
    return {"metadata": {"labels": {"app": name}, "annotations": {"note": "here"}}, "spec": given}


def owner(api_version: str, kind: str, name: str, **spec: Any) -> Object:
    metadata = {"name": name, "namespace": "ml", "annotations": {"contact": "alex"}}
    return {"apiVersion": api_version, "kind": kind, "metadata": metadata, "spec": spec}


def owners() -> Iterator[Object]:
    """One of each kind, and more where a controller does more for some."""
    deployed: dict[str, Object] = {
        "plain": {},
        "limited": {"containers": [LIMITED], "initContainers": [FIRST], "priorityClassName": "high"},
        "tokenless": {"automountServiceAccountToken": False, "serviceAccountName": "own", "hostNetwork": True},
    }
    for name, spec in deployed.items():
        selector = {"matchLabels": {"app": name}}
        yield owner(
            "apps/v1", "Deployment", name, selector=selector, template=template(name, **spec), minReadySeconds=3
        )
    claim = {"metadata": {"name": "data"}, "spec": {"accessModes": ["ReadWriteOnce"], "resources": storage("1Gi")}}
    spec = {"containers": [MOUNTED], "volumes": [{"name": "own", "emptyDir": {}}]}
    yield owner(
        "apps/v1",
        "StatefulSet",
        "db",
        selector={"matchLabels": {"app": "db"}},
        serviceName="db",
        template=template("db", **spec),
        volumeClaimTemplates=[claim, {**claim, "metadata": {"name": "more"}}],
    )
    agents: dict[str, Object] = {
        "agent": {},
        "net": {"hostNetwork": True, "tolerations": [{"key": "gpu", "operator": "Exists"}], "affinity": ELSEWHERE},
    }
    for name, spec in agents.items():
        selector = {"matchLabels": {"app": name}}
        yield owner("apps/v1", "DaemonSet", name, selector=selector, template=template(name, **spec))
    once = {"restartPolicy": "Never", "initContainers": [FIRST]}
    yield owner("batch/v1", "Job", "once", template=template("once", **once))
    many = {"completions": 2, "parallelism": 2, "completionMode": "Indexed", "backoffLimitPerIndex": 1}
    yield owner("batch/v1", "Job", "many", template=template("many", **once), **many)
    for name, labels in (("nightly", {"team": "risk"}), ("bare", {})):
        job = {
            "metadata": {"labels": labels, "annotations": {"why": "so"}},
            "spec": {"template": template(name, **once)},
        }
        yield owner("batch/v1", "CronJob", name, schedule="* * * * *", jobTemplate=job)
    yield owner("v1", "ReplicationController", "old", replicas=1, template=template("old"))


def storage(size: str) -> Object:
    return {"requests": {"storage": size}}


@pytest.fixture(scope="module")
def kube() -> Iterator[Kube]:
    """A cluster of one node, in whose namespace `ml` a LimitRange and a service account fill in what they can."""
    with running(*CONTROLLERS) as server:
        for name in ("ml", "plain"):
            server.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}})
        server.apply({"apiVersion": "v1", "kind": "Node", "metadata": {"name": "one"}})
        server.kubectl("patch", "node", "one", "--type=json", "-p", '[{"op":"remove","path":"/spec/taints"}]')
        filled_in = {
            "type": "Container",
            "default": {"memory": "1Gi"},
            "defaultRequest": {"cpu": "100m", "memory": "1Gi"},
        }
        account = {"metadata": {"name": "own", "namespace": "ml"}, "imagePullSecrets": [{"name": "registry"}]}
        server.apply(
            {"apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass", "metadata": {"name": "high"}, "value": 7},
            owner("v1", "LimitRange", "defaults", limits=[filled_in]),
            {"apiVersion": "v1", "kind": "ServiceAccount", **account},
        )
        until(lambda: not server.kubectl("-n", "ml", "get", "serviceaccount", "default", check=False).returncode)
        yield server


@pytest.fixture(scope="module")
def serving(kube: Kube, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server in the place of one that has let in all owners, since when the profile has been tightened."""
    folder = tmp_path_factory.mktemp("earlier")
    earlier = Serving(folder, "--cluster", str(kube.kubeconfig), *tightened(folder / "trusted", lenient=True)).start()
    try:
        installed(kube, earlier)
        kube.apply(*owners())
        until(lambda: {one["metadata"]["name"] for one in all_of(kube, "cronjobs")} == {"nightly", "bare"})
        server = following(earlier, tmp_path_factory.mktemp("server"), kube.kubeconfig)
        try:
            installed(kube, server)
            yield server
        finally:
            server.close()
    finally:
        earlier.close()


def all_of(kube: Kube, kinds: str) -> list[Object]:
    found: list[Object] = json.loads(kube.kubectl("-n", "ml", "get", kinds, "-o", "json").stdout)["items"]
    return found


def generated(kube: Kube) -> list[tuple[Object, Object]]:
    """All that a controller has made of one of the owners, or of what it was made of, with its owner."""
    found = all_of(kube, "pods,replicasets,jobs,deployments,statefulsets,daemonsets,cronjobs,replicationcontrollers")
    by_uid = {one["metadata"]["uid"]: one for one in found}
    made = [(one, by_uid.get(reference["uid"])) for one in found for reference in references(one)]
    return [(one, of) for one, of in made if of is not None]


def references(value: Object) -> list[Object]:
    found: list[Object] = value["metadata"].get("ownerReferences", [])
    return found


EXPECTED = {
    **{("Deployment", name): 1 for name in ("plain", "limited", "tokenless")},
    **{("DaemonSet", name): 1 for name in ("agent", "net")},
    ("StatefulSet", "db"): 1,
    ("Job", "once"): 1,
    ("Job", "many"): 2,
    ("ReplicationController", "old"): 1,
}


def complete(kube: Kube) -> list[tuple[Object, Object]]:
    """What has been made, once it is there of every owner."""
    made: list[tuple[Object, Object]] = []

    def there() -> bool:
        made[:] = generated(kube)
        of = [(owner["kind"], owner["metadata"]["name"]) for _, owner in made]
        kinds = [(one["kind"], owner["kind"]) for one, owner in made]
        jobs = [one["metadata"]["name"] for one, owner in made if owner["kind"] == "CronJob"]
        started = [name for kind, name in of if kind == "Job" and name in jobs]
        return (
            all(of.count(key) >= count for key, count in EXPECTED.items())
            and kinds.count(("Pod", "ReplicaSet")) >= 3
            and {name.partition("-")[0] for name in started} == {"nightly", "bare"}
        )

    deadline = time.monotonic() + 150
    while not there():
        assert time.monotonic() < deadline, [(one["kind"], owner["metadata"]["name"]) for one, owner in made]
        time.sleep(1)
    return made


def entries(serving: Serving) -> dict[str, list[Object]]:
    """The bodies of all entries about requests, by the UID of their object."""
    found: dict[str, list[Object]] = {}
    with open_ledger(str(serving.ledger), readonly=True) as ledger:
        for entry in ledger.entries():
            body = json.loads(ledger.body(entry.id))
            if uid := body["context"].get("uid"):
                found.setdefault(uid, []).append(body)
    return found


def test_each_object_that_a_controller_makes_is_as_its_template(kube: Kube, serving: Serving) -> None:
    made = complete(kube)
    unlike = [one["metadata"]["name"] for one, owner in made if not is_as_template(one, owner)]

    assert unlike == []
    assert {generated_by(owner) for _, owner in made} == {"v1/Pod", "apps/v1/ReplicaSet", "batch/v1/Job"}


FREE = (
    "replicas",
    "nodeName",
    "priority",
    "tolerationSeconds",
    "controller-revision-hash",
    "pod-template-generation",
    "apps.kubernetes.io/pod-index",
    "batch.kubernetes.io/cronjob-scheduled-timestamp",
    "batch.kubernetes.io/job-index-failure-count",
    "deployment.kubernetes.io/desired-replicas",
    "deployment.kubernetes.io/max-replicas",
    "deployment.kubernetes.io/revision",
    "kubernetes.io/limit-ranger",
)
"""What may have any value of its type: the cluster gives it, or counts by it."""
Path = tuple[str | int, ...]


def places(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value within a value, with its path."""
    yield path, value
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in below:
        yield from places(one, (*path, key))


def compared(made: Object) -> Iterator[tuple[Path, Any]]:
    for part in (("spec",), ("metadata", "labels"), ("metadata", "annotations")):
        value = made
        for key in part:
            value = value.get(key, {})
        yield from places(value, part)


def is_free(path: Path, made: Object) -> bool:
    """Whether the cluster may put any value there."""
    by_limit_range = "resources" in path and path[-1] in ("cpu", "memory") and made["kind"] == "Pod"
    of_account = "imagePullSecrets" in path and made["spec"].get("serviceAccountName") == "own"
    node = path[-1] == 0 and "matchFields" in path
    return path[-1] in FREE or by_limit_range or of_account or node


def changed(made: Object, path: Path, new: Any) -> Object:
    value = copy.deepcopy(made)
    at: Any = value
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = new
    return value


def another(value: Any) -> Any:
    """A value of the same type."""
    return not value if isinstance(value, bool) else value + 1 if isinstance(value, int) else f"{value}x"


def test_whatever_is_changed_in_one_makes_it_unlike_its_template(kube: Kube, serving: Serving) -> None:
    tried = 0
    for made, owner in complete(kube):
        for path, value in compared(made):
            if is_free(path, made):
                continue
            if isinstance(value, dict):
                changes = [changed(made, (*path, "unknown"), "x")]
            elif isinstance(value, list):
                changes = [changed(made, path, [*value, {"name": "unknown"}])]
            else:
                changes = [changed(made, path, another(value))]
            if path[1:] and isinstance(path[-1], str):
                changes.append(changed(made, path, None))
            tried += len(changes)
            assert [path for one in changes if is_as_template(one, owner)] == [], made["metadata"]["name"]

    assert tried > 1000


def test_each_came_in_on_the_decision_about_its_owner(kube: Kube, serving: Serving) -> None:
    made, recorded = complete(kube), entries(serving)
    created = {
        one["metadata"]["name"]: [
            body for body in recorded[one["metadata"]["uid"]] if body["context"]["operation"] == "CREATE"
        ]
        for one, _ in made
    }

    assert {
        name for name, bodies in created.items() if len(bodies) != 1 or "made_by" not in bodies[0]["context"]
    } == set()
    for one, owner in made:
        (body,) = created[one["metadata"]["name"]]
        assert body["context"]["made_by"]["uid"] == owner["metadata"]["uid"]


def test_nothing_that_a_controller_does_is_judged(kube: Kube, serving: Serving) -> None:
    complete(kube)
    kube.kubectl("-n", "ml", "scale", "deployment", "plain", "--replicas=2")
    kube.kubectl("-n", "ml", "annotate", "deployment", "limited", "ticket=4711")
    until(lambda: len([one for one in all_of(kube, "pods") if one["metadata"]["labels"].get("app") == "plain"]) == 2)
    until(lambda: any("ticket" in one["metadata"]["annotations"] for one in all_of(kube, "replicasets")))
    judged = [
        (body["subject"]["id"], body["actor"], body["context"].get("judged_because"))
        for bodies in entries(serving).values()
        for body in bodies
        if "answer" in body and body["subject"]["id"].split("/")[0] in ("Pod.v1", "ReplicaSet.apps", "Job.batch")
    ]

    assert [one for one in judged if one[1] != "admin"] == []


def test_pods_come_back_that_the_profile_of_today_would_deny(kube: Kube, serving: Serving) -> None:
    complete(kube)
    kinds = {"ReplicaSet": "plain", "StatefulSet": "db", "DaemonSet": "agent", "ReplicationController": "old"}

    def running_of(app: str) -> set[str]:
        pods = [one for one in all_of(kube, "pods") if one["metadata"]["labels"].get("app") == app]
        return {one["metadata"]["uid"] for one in pods if "deletionTimestamp" not in one["metadata"]}

    for app in kinds.values():
        before = running_of(app)
        kube.kubectl("-n", "ml", "delete", "pod", "-l", f"app={app}", "--force", "--grace-period=0")
        until(lambda app=app, before=before: len(running_of(app) - before) >= len(before))
        for uid in running_of(app) - before:
            assert "made_by" in entries(serving)[uid][0]["context"]


def test_a_scan_finds_them_let_in_and_unchanged(kube: Kube, serving: Serving) -> None:
    complete(kube)
    found = scanned(kube, serving.ledger, "ml").scanned
    ours = {"LimitRange", "ServiceAccount", "ConfigMap"}

    assert [row.path for row in found.changed()] == []
    assert [row.path for row in found.without_decision() if row.path.split("/")[2] not in ours] == []
    assert sum(row.path.split("/")[2] == "Pod" for row in found.rows) >= 10
