"""A scan that goes on, on a real API server: what changes is decided again, and what does not is not."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from policyctl import settings
from policyctl.admission.scanning import following
from policyctl.admission.scanning.following import Change, Following
from policyctl.admission.scanning.running import Running, Told, running
from policyctl.context import Context, current
from policyctl.ledger import open_ledger
from tests.admission.requests import config_map, vllm
from tests.admission.test_configuration import WAIVER
from tests.admission.test_scan import who_reads_half
from tests.kube.server import Kube
from tests.kube.server import running as cluster

pytestmark = pytest.mark.servers

VLLM = "cluster/ml/Deployment.apps/vllm-gemma-deployment"
POLICY: dict[str, Any] = {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "NetworkPolicy",
    "metadata": {"name": "all", "namespace": "ml"},
    "spec": {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]},
}
PIPE: dict[str, Any] = {"apiVersion": "example.com/v1", "kind": "Pipe", "metadata": {"name": "a", "namespace": "ml"}}


class Scene:
    """A scan that goes on, in a cluster, on a day."""

    def __init__(self, kube: Kube, folder: Path) -> None:
        self.kube, self.folder, self.ledger = kube, folder, folder / "ledger.db"
        self.day = "2026-11-22"
        self.told: list[Change] = []
        self._stack = ExitStack()

    def start(self, *namespaces: str, trusted: bool = False, kubeconfig: Path | None = None) -> Scene:
        """Looks at everything, or at these namespaces, as the administrator or somebody else."""
        flags = {"ledger": str(self.ledger), **({"trusted_config": str(self.folder)} if trusted else {})}
        (elsewhere := self.folder / "elsewhere").mkdir()
        chosen = settings.load(flags, environment={}, cwd=elsewhere)
        told = Told(str(kubeconfig or self.kube.kubeconfig), namespaces, namespace_profiles=["iso-42001"])
        self.running: Running = self._stack.enter_context(running(chosen, told))
        self.following: Following = self.running.following(self.context)
        self.following.first()
        return self

    def context(self) -> Context:
        return replace(current(), today=self.day)

    def until(self, holds: Callable[[], bool]) -> list[Change]:
        """What is told until it holds."""
        self.told, deadline = [], time.monotonic() + 60
        while not holds():
            assert time.monotonic() < deadline, self.told
            self.told += self.following.changes()
        return self.told

    def told_of(self, path: str) -> list[str]:
        """The outcomes that are told of an object."""
        return [row.outcome if row else "gone" for at, row in self.told if at == path]

    def recorded(self) -> list[str]:
        """The paths of what is decided on record, in their order."""
        with open_ledger(str(self.ledger), readonly=True) as opened:
            return [json.loads(opened.body(entry.id))["subject"]["path"] for entry in opened.entries("decision")]

    def close(self) -> None:
        self._stack.close()


@pytest.fixture(scope="module")
def server() -> Iterator[Kube]:
    with cluster() as kube:
        yield kube


@pytest.fixture
def kube(server: Kube) -> Iterator[Kube]:
    """A namespace with an object that is denied and one that passes."""
    server.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "ml"}}, vllm(), config_map())
    yield server
    server.kubectl("-n", "ml", "delete", "deployment,configmap,networkpolicy,serviceaccount", "--all")
    server.kubectl("label", "namespace", "ml", "policyctl.dev/profile-")


@pytest.fixture
def scene(kube: Kube, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    monkeypatch.setattr(following, "_SETTLE", 0.3)
    made = Scene(kube, tmp_path)
    yield made
    made.close()


def test_what_is_made_changed_and_deleted_is_decided_recorded_and_told(scene: Scene) -> None:
    scene.start("ml")
    before = scene.recorded()
    made = {**config_map(), "metadata": {"name": "made", "namespace": "ml"}}
    path = "cluster/ml/ConfigMap/made"
    scene.kube.apply(made)
    scene.until(lambda: scene.told_of(path) == ["allow"])
    scene.kube.apply({**made, "data": {"a": "another"}})
    scene.until(lambda: scene.told_of(path) == ["allow"])
    scene.kube.kubectl("-n", "ml", "delete", "configmap", "made")
    scene.until(lambda: scene.told_of(path) == ["gone"])

    assert scene.recorded()[len(before) :] == [path, path]


def test_a_change_that_no_control_looks_at_is_not_decided_about(scene: Scene) -> None:
    scene.start("ml")
    before = scene.recorded()
    scene.kube.kubectl("-n", "ml", "scale", "deployment", "--all", "--replicas=4")
    scene.kube.apply({**config_map(), "metadata": {"name": "later", "namespace": "ml"}})
    scene.until(lambda: scene.told_of("cluster/ml/ConfigMap/later") == ["allow"])

    assert scene.recorded()[len(before) :] == ["cluster/ml/ConfigMap/later"]


def test_an_object_is_decided_again_when_what_it_is_related_to_changes(scene: Scene) -> None:
    scene.start()
    assert "SEC-011" in [said.control for said in scene.following.rows[VLLM].said]
    scene.kube.apply(POLICY)
    scene.until(lambda: "SEC-011" not in [said.control for said in scene.following.rows[VLLM].said])
    assert scene.told_of(VLLM) == ["deny"]

    scene.kube.kubectl("-n", "ml", "delete", "networkpolicy", "all")
    scene.until(lambda: "SEC-011" in [said.control for said in scene.following.rows[VLLM].said])


def test_a_namespace_that_chooses_another_profile_is_decided_again_by_it(scene: Scene) -> None:
    scene.start()
    scene.kube.kubectl("label", "namespace", "ml", "policyctl.dev/profile=iso-42001")
    before = scene.following.rows["cluster/ml/ConfigMap/colours"].entry
    scene.until(lambda: scene.following.rows["cluster/ml/ConfigMap/colours"].entry != before)
    with open_ledger(str(scene.ledger), readonly=True) as opened:
        last = json.loads(opened.body(scene.following.rows["cluster/ml/ConfigMap/colours"].entry))

    assert last["profile"]["id"] == "iso-42001"


def test_on_another_day_all_is_decided_and_recorded_again(scene: Scene) -> None:
    """A waiver that covers what would deny is over then."""
    waivers = [
        {"id": f"W-{n}", "control": control, **WAIVER, "system": "chat"}
        for n, control in enumerate(("SEC-008", "SUP-004"))
    ]
    (scene.folder / "system.yaml").write_text("policyctl: system\nid: chat\n")
    (scene.folder / "waivers.yaml").write_text(yaml.safe_dump({"policyctl": "waivers", "waivers": waivers}))
    (scene.folder / "policyctl.yaml").write_text(
        "systems: [{file: system.yaml, paths: ['cluster/ml/**']}]\nwaivers: [waivers.yaml]\n"
    )
    scene.start("ml", trusted=True)
    first = scene.recorded()
    assert scene.following.rows[VLLM].outcome == "warn"

    scene.day = "2026-12-01"
    scene.until(lambda: scene.told_of(VLLM) == ["deny"])
    assert sorted(scene.recorded()) == sorted(first * 2)


def test_kinds_come_and_go(scene: Scene) -> None:
    version = {"name": "v1", "served": True, "storage": True}
    version |= {"schema": {"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": True}}}
    names = {"plural": "pipes", "singular": "pipe", "kind": "Pipe"}
    spec = {"group": "example.com", "scope": "Namespaced", "names": names, "versions": [version]}
    metadata = {"name": "pipes.example.com"}
    crd = {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition"}
    scene.start()
    scene.kube.apply({**crd, "metadata": metadata, "spec": spec})
    scene.kube.kubectl("wait", "--for=condition=Established", "crd/pipes.example.com", "--timeout=60s")
    scene.until(lambda: not scene.kube.apply(PIPE, check=False).returncode)
    scene.until(lambda: "cluster/ml/Pipe.example.com/a" in scene.following.rows)
    scene.kube.kubectl("delete", "crd", "pipes.example.com")
    scene.until(lambda: "cluster/ml/Pipe.example.com/a" not in scene.following.rows and not scene.running.unlisted)


def test_what_changed_while_the_api_server_was_away_is_found(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "_AGAIN", 1.0)
    scene.start("ml")
    scene.kube.stop_api()
    scene.until(lambda: bool(scene.running.unlisted))
    assert scene.running.scanned(scene.following.rows).exit_code == 2

    scene.kube.start_api()
    scene.kube.apply({**config_map(), "data": {"a": "meanwhile"}})
    scene.until(lambda: scene.told_of("cluster/ml/ConfigMap/colours") == ["allow"] and not scene.running.unlisted)
    known = {path: (row.outcome, row.answer) for path, row in scene.following.rows.items()}
    anew = {row.path: (row.outcome, row.answer) for row in scene.running.once().scanned.rows}
    assert known == anew


def test_whoever_may_not_watch_is_told_so_once_and_finds_changes_all_the_same(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(following, "_AGAIN", 1.0)
    scene.start("ml", kubeconfig=who_reads_half(scene.kube))
    for name in ("first", "second"):
        scene.kube.apply({**config_map(), "metadata": {"name": name, "namespace": "ml"}})
        scene.until(lambda name=name: scene.told_of(f"cluster/ml/ConfigMap/{name}") == ["allow"])

    assert (
        capsys.readouterr().err.count(
            "policyctl: configmaps cannot be watched, and are listed again, each 1 s at most: "
        )
        == 1
    )


def test_the_command_tells_a_line_for_each_change_and_ends_on_sigterm(kube: Kube, tmp_path: Path) -> None:
    line = [sys.executable, "-m", "policyctl", "admission", "scan", "--watch", "-n", "ml", "--output", "json"]
    line += ["--cluster", str(kube.kubeconfig), "--ledger", str(tmp_path / "ledger.db")]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as ran:
        assert ran.stdout
        first = ran.stdout.readline()
        kube.apply({**vllm(), "metadata": {**vllm()["metadata"], "name": "another"}})
        told = json.loads(ran.stdout.readline())
        ran.send_signal(signal.SIGTERM)
        code = ran.wait(timeout=30)

    assert json.loads(first)["namespaces"]["ml"]["deny"] == 1
    assert (told["object"], told["outcome"]) == ("cluster/ml/Deployment.apps/another", "deny")
    assert "SEC-008" in told["fail"]
    assert told["without_decision"]
    assert code == 1
