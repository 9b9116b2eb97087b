"""`make demo-kubernetes`: a real API server asks the webhook that `policyctl admission install` has put there about every real object that
the repository has, and each decision on record is held against that of `policyctl check` on the same object.

There are no nodes: what the installed Deployment says is run here, as a process with the rights of its own service account, and in the
place of a cluster's network the Service leads to localhost.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from policyctl import pipeline, settings
from policyctl.admission.cluster.kinds import WATCHED
from policyctl.context import current
from policyctl.ledger import open_ledger
from policyctl.opening import Opened, open_run
from tests.admission.corpus import (
    NAMESPACE,
    NOT_ASKED,
    corpus,
    extensions,
    one_of_each_kind_that_others_are_related_to,
    prepared,
    verdict,
)
from tests.conftest import EXAMPLES
from tests.kube.pod import Pod
from tests.kube.programs import VERSION
from tests.kube.server import Kube, running

_POLICYCTL = [sys.executable, "-m", "policyctl"]
_IMAGE = "policyctl"


@dataclass(slots=True)
class Held:
    """What came of it: how many decisions had which outcome, which were not those of `check`, and which objects the API server refused
    before it asked.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    unequal: list[str] = field(default_factory=list)
    refused_before: list[str] = field(default_factory=list)


class Installed:
    """A cluster with the webhook. `ledger` is where it records."""

    def __init__(self, kube: Kube, ledger: Path) -> None:
        self.kube, self.ledger = kube, ledger
        self._seen = 0

    def decisions(self) -> list[dict[str, Any]]:
        """The bodies of the decisions on record since the last time."""
        with open_ledger(str(self.ledger), readonly=True) as ledger:
            entries = list(ledger.entries("decision"))[self._seen :]
            self._seen += len(entries)
            return [json.loads(ledger.body(entry.id)) for entry in entries]


@contextmanager
def installed() -> Iterator[Installed]:
    """An API server that knows every kind of the corpus, with the webhook; its namespace fails closed."""
    with running() as kube:
        kube.apply(*extensions(list(corpus())))
        kube.kubectl("wait", "--for=condition=Established", "crd", "--all", "--timeout=60s")
        line = [*_POLICYCTL, "admission", "install", "--cluster", str(kube.kubeconfig), "--image", _IMAGE]
        subprocess.run(line, check=True, capture_output=True)
        for name, labels in ((NAMESPACE, {"policyctl.dev/ai-systems": "true"}), ("plain", {})):
            kube.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}})
        one_of_each_kind_that_others_are_related_to(kube)
        deployment = json.loads(kube.kubectl("-n", "policyctl", "get", "deployment", "policyctl", "-o", "json").stdout)
        instead = {"--cluster=in-cluster": f"--cluster={as_its_account(kube)}"}
        spec = deployment["spec"]["template"]["spec"]
        pod = Pod(spec, Path(tempfile.mkdtemp(prefix="pod-")), {_IMAGE: _POLICYCTL}, {}, instead, {})
        try:
            pod.start()
            pod.wait("policyctl", "readinessProbe")
            lead(kube, pod.port("admission"))
            yield Installed(kube, pod.path("/var/lib/policyctl/ledger.db"))
        finally:
            pod.stop()


def as_its_account(kube: Kube) -> Path:
    """A kubeconfig of the service account that is installed."""
    config = yaml.safe_load(kube.kubeconfig.read_text())
    token = kube.kubectl("-n", "policyctl", "create", "token", "policyctl").stdout.strip()
    config["users"][0]["user"] = {"token": token}
    file = kube.folder / "account"
    file.write_text(yaml.safe_dump(config))
    return file


def lead(kube: Kube, port: int) -> None:
    """Has the API server reach the process where it would reach the Service, and waits until it asks."""
    outside = {"spec": {"type": "ExternalName", "externalName": "localhost", "clusterIP": None, "clusterIPs": None}}
    kube.kubectl("-n", "policyctl", "patch", "service", "policyctl", "--type=merge", "-p", json.dumps(outside))
    hooks = json.loads(kube.kubectl("get", "validatingwebhookconfiguration", "policyctl", "-o", "json").stdout)
    for hook in hooks["webhooks"]:
        hook["clientConfig"]["service"]["port"] = port
    kube.kubectl("replace", "-f", "-", stdin=json.dumps(hooks))
    deadline = time.monotonic() + 60
    denied = EXAMPLES / "kubernetes" / "vllm-deployment.yaml"
    while "denied the request" not in (said := dry_run(kube, denied)):
        assert time.monotonic() < deadline, said
        time.sleep(0.2)


def dry_run(kube: Kube, file: Path) -> str:
    """What kubectl says to an object that is only tried."""
    return kube.kubectl("-n", NAMESPACE, "create", "--dry-run=server", "-f", str(file), check=False).stderr


def hold(cluster: Installed, folder: Path) -> Held:
    """Creates each object of the corpus, and holds what is decided against `check` on the same object, beside what the cluster has."""
    held = Held()
    around = folder / "around.json"
    watched = ",".join(f"{one.plural}.{one.group}".rstrip(".") for one in WATCHED if not one.optional)
    around.write_text(cluster.kube.kubectl("get", watched, "-A", "-o", "json").stdout)
    with open_run(settings.load({}, environment={}, cwd=folder), ["kubernetes_object"]) as run:
        for item in corpus():
            if item.kind in NOT_ASKED:
                continue
            value, place = prepared(item), f"{Path(item.content.path).name} {item.kind}"
            if (admitted := admission(cluster, value)) is None:
                held.refused_before.append(place)
                continue
            held.outcomes[admitted["outcome"]] += 1
            if verdict(admitted, value) != verdict(checked(run, folder, value), value):
                held.unequal.append(place)
    return held


def admission(cluster: Installed, value: dict[str, Any]) -> dict[str, Any] | None:
    """The answer on record about an object that somebody creates; None where the API server itself refuses it first. It is gone then."""
    cluster.decisions()
    ran = cluster.kube.kubectl("create", "-f", "-", "-o", "name", stdin=yaml.safe_dump(value), check=False)
    made = cluster.decisions()
    if ran.returncode == 0:
        scope = [] if "namespace" not in value["metadata"] else ["-n", NAMESPACE]
        cluster.kube.kubectl(*scope, "delete", "--wait=false", ran.stdout.strip())
    if not made:
        assert "denied the request" not in ran.stderr
        return None
    assert (made[-1]["outcome"] == "deny") == (ran.returncode != 0), ran.stderr
    answer: dict[str, Any] = made[-1]["answer"]
    return answer


def checked(run: Opened, folder: Path, value: dict[str, Any]) -> dict[str, Any]:
    """What `check` answers about the same object, in a folder with what is around it."""
    file = folder / "object.yaml"
    file.write_text(yaml.safe_dump(value))
    decided = pipeline.check([str(folder)], run, pipeline.Options(record=False), current()).decisions
    (found,) = (one for one in decided if one.path == str(file))
    return dict(found.answer)


def main() -> int:
    """Prints what came of it; 1 where a decision is another than that of `check`, or there is none."""
    with installed() as cluster, tempfile.TemporaryDirectory() as folder:
        print(f"kube-apiserver {VERSION} asks the webhook that `policyctl admission install` has put there\n")
        print("$ kubectl create -f examples/kubernetes/vllm-deployment.yaml")
        said = dry_run(cluster.kube, EXAMPLES / "kubernetes" / "vllm-deployment.yaml")
        print(said.replace(str(EXAMPLES), "examples"))
        held = hold(cluster, Path(folder))
    counts = ", ".join(f"{number} {outcome}" for outcome, number in sorted(held.outcomes.items()))
    print(
        f"{held.outcomes.total()} objects decided ({counts}), {len(held.unequal)} of them otherwise than by `policyctl check`"
    )
    print(f"{len(held.refused_before)} refused by the API server itself: {', '.join(held.refused_before)}")
    for place in held.unequal:
        print(f"unequal: {place}")
    if not held.outcomes:
        print("nothing was decided: this shows nothing")
    return 1 if held.unequal or not held.outcomes else 0


if __name__ == "__main__":
    sys.exit(main())
