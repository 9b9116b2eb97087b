"""What a controller makes of an owner that was let in, on a real API server, and every way to pretend it.

Each owner is let in while the profile denies nothing. Then that is tightened, so that it denies each of these pods: so a pod that comes
in has come in on its owner's decision.
"""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from policyctl.ledger import open_ledger
from policyctl.ledger.verify import verify
from tests.admission.lenient import tightened
from tests.admission.serving import Serving
from tests.admission.test_kube import installed
from tests.conftest import ROOT
from tests.kube.server import Kube, running

pytestmark = pytest.mark.servers
ACCOUNTS = "system:serviceaccount:kube-system:"
MAKER, DEPLOYER = f"{ACCOUNTS}replicaset-controller", f"{ACCOUNTS}deployment-controller"
CONTAINER = {"name": "web", "image": "nginx:1.29", "env": [{"name": "A", "value": "b"}]}
Object = dict[str, Any]
LetIn = Callable[..., Object]


def replica_set(name: str = "web", namespace: str = "ml") -> Object:
    labels = {"app": name}
    template = {"metadata": {"labels": labels, "annotations": {"note": "here"}}, "spec": {"containers": [CONTAINER]}}
    spec = {"replicas": 1, "selector": {"matchLabels": labels}, "template": template}
    metadata = {"name": name, "namespace": namespace}
    return {"apiVersion": "apps/v1", "kind": "ReplicaSet", "metadata": metadata, "spec": spec}


@pytest.fixture(scope="module")
def kube() -> Iterator[Kube]:
    """An API server with the rights of an installation, and a ReplicaSet from before it was installed."""
    with running() as server:
        names = ("policyctl", "ml", "plain")
        server.apply(*({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}} for name in names))
        server.kubectl("label", "namespace", "ml", "policyctl.dev/ai-systems=true")
        server.kubectl("apply", "-f", str(ROOT / "deploy" / "kubernetes" / "roles.yaml"))
        server.kubectl("-n", "policyctl", "create", "serviceaccount", "policyctl")
        server.apply(replica_set("older"))
        yield server


@pytest.fixture(scope="module")
def earlier(kube: Kube, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server as its service account, while the profile denies nothing."""
    folder = tmp_path_factory.mktemp("earlier")
    told = yaml.safe_load(kube.kubeconfig.read_text())
    (user,) = told["users"]
    user["user"] = {"token": kube.kubectl("-n", "policyctl", "create", "token", "policyctl").stdout.strip()}
    mine = folder / "kubeconfig"
    mine.write_text(yaml.safe_dump(told))
    server = Serving(folder, "--cluster", str(mine), *tightened(folder / "trusted", lenient=True)).start()
    yield server
    server.close()


@pytest.fixture(scope="module")
def serving(kube: Kube, earlier: Serving, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """The server after that, with the same ledger."""
    server = following(earlier, tmp_path_factory.mktemp("server"), earlier.folder / "kubeconfig")
    installed(kube, server)
    yield server
    server.close()


def following(earlier: Serving, folder: Path, kubeconfig: Path) -> Serving:
    """The server in the place of an earlier one, once the profile has been tightened."""
    options = [*tightened(folder / "trusted", lenient=False), "--cluster", str(kubeconfig)]
    server = Serving(folder, *options, "--ledger", str(earlier.ledger), authority=earlier.authority).start()
    server.ledger = earlier.ledger
    return server


@pytest.fixture(autouse=True)
def afresh(kube: Kube, serving: Serving) -> Iterator[None]:
    """Nothing is left of the test before but what is older than all."""
    yield
    for name in ("ml", "plain"):
        kube.kubectl("-n", name, "delete", "deployment,pod", "--all", "--force", "--grace-period=0")
        kube.kubectl("-n", name, "delete", "replicaset", "--field-selector=metadata.name!=older")


@pytest.fixture
def let_in(kube: Kube, earlier: Serving, serving: Serving) -> LetIn:
    """Has an owner let in before the profile was tightened, by its creation as this user; the owner as it stands in the cluster."""

    def one(value: Object, *, as_: str = "") -> Object:
        installed(kube, earlier)
        until(lambda: created(kube, value, as_) == "")
        installed(kube, serving)
        probe = replica_set("probe", value["metadata"]["namespace"])
        until(lambda: "SEC-008" in created(kube, probe, "", "--dry-run=server"))
        return live(kube, value)

    return one


def live(kube: Kube, value: Object) -> Object:
    metadata = value["metadata"]
    found = kube.kubectl("-n", metadata["namespace"], "get", value["kind"], metadata["name"], "-o", "json").stdout
    told: Object = json.loads(found)
    return told


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def created(kube: Kube, value: Object, as_: str = "", *options: str) -> str:
    """Creates an object as this user, the administrator where none is named. Why it is refused; empty where it is not."""
    line = ["create", "-f", "-", *options, *(["--as", as_] if as_ else [])]
    ran = kube.kubectl(*line, stdin=json.dumps(value), check=False)
    return ran.stderr if ran.returncode else ""


def reference(owner: Object) -> Object:
    metadata = owner["metadata"]
    named = {"apiVersion": owner["apiVersion"], "kind": owner["kind"], "name": metadata["name"], "uid": metadata["uid"]}
    return {**named, "controller": True, "blockOwnerDeletion": True}


def pod_of(owner: Object) -> Object:
    """The pod that the owner's controller makes."""
    template = copy.deepcopy(owner["spec"]["template"])
    metadata = {
        "generateName": f"{owner['metadata']['name']}-",
        "namespace": owner["metadata"]["namespace"],
        "labels": template["metadata"]["labels"],
        "annotations": template["metadata"].get("annotations", {}),
        "ownerReferences": [reference(owner)],
    }
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": template["spec"]}


def last(serving: Serving) -> tuple[str, Object]:
    """The kind and the body of the entry that was recorded last."""
    with open_ledger(str(serving.ledger), readonly=True) as ledger:
        entry = ledger.head()
        assert entry
        return entry.kind, json.loads(ledger.body(entry.id))


def why(serving: Serving) -> str | None:
    """Why what was asked about last was judged by itself, and denied."""
    kind, body = last(serving)
    assert (kind, body["outcome"]) == ("decision", "deny")
    told: str | None = body["context"].get("judged_because")
    return told


def test_a_pod_as_its_template_comes_in_on_the_decision_about_its_owner(
    kube: Kube, serving: Serving, let_in: LetIn
) -> None:
    owner = let_in(replica_set())
    assert created(kube, pod_of(owner), MAKER) == ""
    kind, body = last(serving)
    made_by = body["context"]["made_by"]
    with open_ledger(str(serving.ledger), readonly=True) as ledger:
        decisions = [json.loads(ledger.body(entry.id)) for entry in ledger.entries("decision")]
        (decided,) = (one for one in decisions if one["blobs"].get("let_in") == made_by["let_in"])
        sound = verify(ledger)
    keys = {f"enforced.admission.policyctl.dev/{key}" for key in ("made-by", "let-in", "entry-id")}
    audited = [one for one in kube.audited() if keys <= one.get("annotations", {}).keys()]

    assert (kind, body["outcome"], body["actor"]) == ("admission", "allow", MAKER)
    assert (made_by["kind"], made_by["name"], made_by["uid"]) == ("ReplicaSet.apps", "web", owner["metadata"]["uid"])
    assert (decided["subject"]["id"], decided["outcome"]) == ("ReplicaSet.apps/ml/web", "warn")
    assert decided["context"]["uid"] == owner["metadata"]["uid"]
    assert sound.problems == ()
    assert audited[-1]["user"]["username"] == "admin"
    assert audited[-1]["impersonatedUser"]["username"] == MAKER
    assert b'requests_total{operation="CREATE",outcome="generated"}' in serving.status("/metrics").body


def test_nobody_but_the_owners_controller_makes_a_pod_for_it(kube: Kube, serving: Serving, let_in: LetIn) -> None:
    pod = pod_of(let_in(replica_set()))
    for who in ("", "system:serviceaccount:ml:replicaset-controller", f"{ACCOUNTS}job-controller"):
        assert "SEC-008" in created(kube, pod, who) or "cannot create" in created(kube, pod, who)
        if who != "system:serviceaccount:ml:replicaset-controller":
            assert why(serving) is None
    assert "SEC-008" in created(kube, pod, f"{ACCOUNTS}daemon-set-controller")
    assert why(serving) is None


def added(**fields: Any) -> Callable[[Object], None]:
    return lambda pod: pod["spec"].update(copy.deepcopy(fields))


def in_container(**fields: Any) -> Callable[[Object], None]:
    return lambda pod: pod["spec"]["containers"][0].update(copy.deepcopy(fields))


SHELL = {"name": "shell", "image": "busybox:1", "command": ["sh"]}
FORGERIES: dict[str, Callable[[Object], None]] = {
    "another image": in_container(image="evil:1"),
    "another variable": in_container(env=[{"name": "A", "value": "b"}, {"name": "LD_PRELOAD", "value": "/x.so"}]),
    "another value": in_container(env=[{"name": "A", "value": "c"}]),
    "a command": in_container(command=["sh"]),
    "privileged": in_container(securityContext={"privileged": True}),
    "devices": in_container(resources={"limits": {"example.com/gpu": "1"}, "requests": {"example.com/gpu": "1"}}),
    "memory, of which no LimitRange speaks": in_container(resources={"limits": {"memory": "9Gi"}}),
    "a port of the node": in_container(ports=[{"containerPort": 80, "hostPort": 80}]),
    "another container": lambda pod: pod["spec"]["containers"].append(SHELL),
    "a privileged init container": added(initContainers=[{**SHELL, "securityContext": {"privileged": True}}]),
    "a folder of the node": added(volumes=[{"name": "root", "hostPath": {"path": "/"}}]),
    "the network of the node": added(hostNetwork=True),
    "processes of the node": added(hostPID=True),
    "another service account": added(serviceAccountName="deployer"),
    "a toleration of anything": added(tolerations=[{"operator": "Exists"}]),
    "another name": added(hostname="db"),
    "another scheduler": added(schedulerName="mine"),
    "another label": lambda pod: pod["metadata"]["labels"].update(team="risk"),
    "another value of a label": lambda pod: pod["metadata"]["labels"].update(app="db"),
    "another annotation": lambda pod: pod["metadata"]["annotations"].update({"seccomp": "off"}),
    "an annotation less": lambda pod: pod["metadata"].pop("annotations"),
}


def test_a_pod_unlike_its_template_is_judged_whoever_makes_it(kube: Kube, serving: Serving, let_in: LetIn) -> None:
    owner = let_in(replica_set())
    kube.kubectl("-n", "ml", "create", "serviceaccount", "deployer")
    for name, forge in FORGERIES.items():
        pod = pod_of(owner)
        forge(pod)
        assert "denied the request: profile own denies Pod" in created(kube, pod, MAKER), name
        assert why(serving) == "it is not as ReplicaSet web has it made", name


def test_an_ephemeral_container_is_judged_in_a_pod_that_came_in_unjudged(
    kube: Kube, serving: Serving, let_in: LetIn
) -> None:
    pod = pod_of(let_in(replica_set()))
    pod["metadata"]["name"] = "web-1"
    assert created(kube, pod, MAKER) == ""
    path = "/api/v1/namespaces/ml/pods/web-1"
    value = json.loads(kube.kubectl("get", "--raw", path).stdout)
    value["spec"]["ephemeralContainers"] = [{**SHELL, "securityContext": {"privileged": True}}]
    ran = kube.kubectl(
        "replace", "--raw", f"{path}/ephemeralcontainers", "-f", "-", stdin=json.dumps(value), check=False
    )

    assert "ephemeralContainers[0]" in ran.stderr
    assert why(serving) is None


def test_an_owner_that_no_decision_let_in_lets_nothing_in(kube: Kube, serving: Serving) -> None:
    older = live(kube, replica_set("older"))
    assert "SEC-008" in created(kube, pod_of(older), MAKER)
    assert why(serving) == "no decision on record has let in ReplicaSet older as it is, with what is around it"

    kube.kubectl("-n", "ml", "annotate", "replicaset", "older", "note=there", "--overwrite")
    _, body = last(serving)
    assert body["context"]["answered"] == "allowed: no worse than before"
    assert "let_in" not in body["blobs"]
    assert "SEC-008" in created(kube, pod_of(live(kube, older)), MAKER)
    assert why(serving) == "no decision on record has let in ReplicaSet older as it is, with what is around it"


def test_an_owner_that_is_let_in_and_then_left_no_worse_goes_on(kube: Kube, serving: Serving, let_in: LetIn) -> None:
    owner = let_in(replica_set())
    kube.kubectl("-n", "ml", "annotate", "replicaset", "web", "note=there")
    _, body = last(serving)

    assert (body["outcome"], body["context"]["answered"]) == ("deny", "allowed: no worse than before")
    assert created(kube, pod_of(owner), MAKER) == ""
    assert last(serving)[1]["context"]["made_by"]["let_in"] == body["blobs"]["let_in"]


def test_an_owner_that_has_changed_while_nobody_asked_lets_nothing_in(
    kube: Kube, serving: Serving, let_in: LetIn
) -> None:
    let_in(replica_set())
    kube.kubectl("delete", "validatingwebhookconfiguration", "policyctl")
    kube.kubectl("-n", "ml", "set", "image", "replicaset/web", "web=evil:1")
    installed(kube, serving)

    assert "SEC-008" in created(kube, pod_of(live(kube, replica_set())), MAKER)
    assert why(serving) == "no decision on record has let in ReplicaSet web as it is, with what is around it"


def test_an_owner_in_another_namespace_lets_nothing_in(kube: Kube, serving: Serving, let_in: LetIn) -> None:
    pod = pod_of(let_in(replica_set("far", "plain")))
    pod["metadata"]["namespace"] = "ml"

    assert "SEC-008" in created(kube, pod, MAKER)
    assert why(serving) == 'its owner, ReplicaSet far, cannot be read: replicasets.apps "far" not found'


def test_an_owner_of_the_same_name_made_anew_is_another(kube: Kube, serving: Serving, let_in: LetIn) -> None:
    pod = pod_of(let_in(replica_set()))
    kube.kubectl("-n", "ml", "delete", "replicaset", "web")
    again = let_in(replica_set())

    assert "SEC-008" in created(kube, pod, MAKER)
    assert why(serving) == "ReplicaSet web has another UID than the owner that it names"
    assert created(kube, pod_of(again), MAKER) == ""


def test_an_owner_that_is_being_deleted_lets_nothing_in(kube: Kube, serving: Serving, let_in: LetIn) -> None:
    owner = let_in({**replica_set(), "metadata": {**replica_set()["metadata"], "finalizers": ["test/kept"]}})
    kube.kubectl("-n", "ml", "delete", "replicaset", "web", "--wait=false")
    refused = created(kube, pod_of(owner), MAKER)
    judged = why(serving)
    kube.kubectl("-n", "ml", "patch", "replicaset", "web", "--type=merge", "-p", '{"metadata":{"finalizers":null}}')

    assert "SEC-008" in refused
    assert judged == "its owner, ReplicaSet web, is being deleted"


def deployed(let_in: LetIn) -> tuple[Object, Object]:
    """A Deployment that was let in, and the ReplicaSet that its controller makes."""
    labels = {"app": "web"}
    template = replica_set()["spec"]["template"]
    metadata = {"name": "web", "namespace": "ml", "labels": {"team": "risk"}, "annotations": {"contact": "alex"}}
    spec = {"replicas": 2, "selector": {"matchLabels": labels}, "template": template}
    owner = let_in({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": metadata, "spec": spec})
    hashed = {**labels, "pod-template-hash": "5d4f"}
    made = copy.deepcopy(owner["spec"]["template"])
    made["metadata"]["labels"] = hashed
    counted = {"deployment.kubernetes.io/revision": "1", "deployment.kubernetes.io/desired-replicas": "2"}
    metadata = {
        "name": "web-5d4f",
        "namespace": "ml",
        "labels": hashed,
        "annotations": {"contact": "alex", **counted},
        "ownerReferences": [reference(owner)],
    }
    spec = {"replicas": 2, "selector": {"matchLabels": hashed}, "template": made}
    return owner, {"apiVersion": "apps/v1", "kind": "ReplicaSet", "metadata": metadata, "spec": spec}


def test_a_decision_about_a_deployment_reaches_its_pods(kube: Kube, serving: Serving, let_in: LetIn) -> None:
    _, made = deployed(let_in)
    assert created(kube, made, DEPLOYER) == ""
    assert last(serving)[1]["context"]["made_by"]["kind"] == "Deployment.apps"
    replicas = '{"spec":{"replicas":3},"metadata":{"annotations":{"deployment.kubernetes.io/desired-replicas":"3"}}}'
    kube.kubectl("-n", "ml", "patch", "replicaset", "web-5d4f", "-p", replicas, "--as", DEPLOYER)
    _, updated = last(serving)
    assert updated["context"]["operation"] == "UPDATE"
    assert updated["context"]["made_by"]["kind"] == "Deployment.apps"
    assert created(kube, pod_of(live(kube, made)), MAKER) == ""
    assert last(serving)[1]["context"]["made_by"]["name"] == "web-5d4f"


def test_a_replica_set_unlike_its_deployment_is_judged_and_so_is_its_pod(
    kube: Kube, serving: Serving, let_in: LetIn
) -> None:
    _, made = deployed(let_in)
    made["spec"]["template"]["spec"]["containers"][0]["image"] = "evil:1"

    assert "profile own denies ReplicaSet ml/web-5d4f" in created(kube, made, DEPLOYER)
    assert why(serving) == "it is not as Deployment web has it made"


def test_a_dry_run_is_asked_all_the_same_and_leaves_no_record(kube: Kube, serving: Serving, let_in: LetIn) -> None:
    owner = let_in(replica_set())
    before = last(serving)
    assert created(kube, pod_of(owner), MAKER, "--dry-run=server") == ""
    forged = pod_of(owner)
    forged["spec"]["hostPID"] = True

    assert "a dry run: not on record" in created(kube, forged, MAKER, "--dry-run=server")
    assert last(serving) == before


def test_an_owner_is_taken_only_with_what_was_around_it(kube: Kube, serving: Serving, let_in: LetIn) -> None:
    """Its service account mounts no token when the owner is judged, and one afterwards."""
    account = {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default", "namespace": "ml"}}
    kube.apply({**account, "automountServiceAccountToken": False})
    owner = let_in(replica_set())
    assert created(kube, pod_of(owner), MAKER) == ""
    assert "made_by" in last(serving)[1]["context"]

    kube.apply({**account, "automountServiceAccountToken": True})
    pod = {**pod_of(owner), "metadata": {**pod_of(owner)["metadata"], "name": "web-2"}}
    until(lambda: "SEC-008" in created(kube, pod, MAKER, "--dry-run=server"))
    assert "SEC-008" in created(kube, pod, MAKER)
    assert why(serving) == "no decision on record has let in ReplicaSet web as it is, with what is around it"
    kube.kubectl("-n", "ml", "delete", "serviceaccount", "default")
