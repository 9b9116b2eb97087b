"""The webhook as a real API server calls it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from policyctl.ledger import open_ledger
from tests.admission.requests import config_map, vllm
from tests.admission.serving import Serving
from tests.conftest import EXAMPLES, ROOT
from tests.kube.server import Kube, running

pytestmark = pytest.mark.servers
_FENCE = re.MULTILINE | re.DOTALL


@pytest.fixture(scope="module")
def kube() -> Iterator[Kube]:
    """An API server; namespace `ml` is labelled as carrying AI systems, `plain` is not."""
    with running() as server:
        for name, labels in (("ml", {"policyctl.dev/ai-systems": "true"}), ("plain", {})):
            metadata = {"name": name, "labels": labels}
            server.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": metadata})
        yield server


@pytest.fixture
def serving(kube: Kube, tmp_path: Path) -> Iterator[Serving]:
    """The webhook, installed. Every object that a test made is gone at its end."""
    server = Serving(tmp_path).start()
    installed(kube, server)
    yield server
    server.close()
    kube.kubectl("delete", "validatingwebhookconfiguration", "policyctl")
    for namespace in ("ml", "plain"):
        kube.kubectl("-n", namespace, "delete", "configmap,deployment,pod", "--all", "--force", "--grace-period=0")


def installed(kube: Kube, server: Serving, *options: str, url: str = "") -> None:
    """Applies what `policyctl admission webhook` prints, and waits until the API server asks. `url`: where it asks, if not the server."""
    line = [sys.executable, "-m", "policyctl", "admission", "webhook", "--url", url or server.url, *options]
    printed = subprocess.run([*line, "--ca", str(server.authority.file)], check=True, capture_output=True, text=True)
    kube.kubectl("apply", "-f", "-", stdin=printed.stdout)
    probe = {**config_map("plain"), "metadata": {"name": "probe", "namespace": "plain"}}
    for attempt in range(200):
        kube.apply({**probe, "data": {"attempt": str(attempt)}})
        if _requests(server):
            return
    raise AssertionError("the API server does not ask")


def _requests(server: Serving) -> bool:
    return b"policyctl_admission_requests_total{" in server.status("/metrics").body


def decisions(server: Serving) -> list[dict[str, Any]]:
    """The bodies of all decisions on record, each with its entry's id."""
    with open_ledger(str(server.ledger), readonly=True) as ledger:
        return [{**json.loads(ledger.body(e.id)), "id": e.id} for e in ledger.entries() if e.kind == "decision"]


def test_a_denied_object_is_not_created_and_kubectl_says_why(kube: Kube, serving: Serving) -> None:
    ran = kube.apply(vllm(), check=False)
    (decision,) = (d for d in decisions(serving) if d["outcome"] == "deny")

    assert ran.returncode == 1
    assert 'admission webhook "enforced.admission.policyctl.dev" denied the request' in ran.stderr
    assert "- SEC-008 (high): Pods meet the restricted Pod Security Standard" in ran.stderr
    assert f"decision {decision['id']}" in ran.stderr
    assert "Warning: SUP-003: " in ran.stderr
    assert kube.kubectl("-n", "ml", "get", "deployments", "-o", "name").stdout == ""


@pytest.mark.parametrize("page", ["README.md", "docs/admission.md"])
def test_kubectl_says_what_the_documents_show(page: str, kube: Kube, serving: Serving) -> None:
    (shown,) = re.findall(
        r"^```text\n\$ kubectl [^\n]* apply -f (\S+)(?: 2>&1 \| tail -10)?\n(.*?)^```$", page_text(page), _FENCE
    )
    manifest, output = shown
    said = kube.kubectl("-n", "ml", "apply", "-f", str(EXAMPLES / manifest), check=False).stderr
    said = said.replace(str(EXAMPLES / manifest), manifest)

    assert without_ids(said).endswith(without_ids(output))


def page_text(page: str) -> str:
    return (ROOT / page).read_text()


def without_ids(text: str) -> str:
    return re.sub(r"decision [0-9a-f-]{36}", "decision ID", text)


def test_the_servers_audit_log_names_the_decision(kube: Kube, serving: Serving) -> None:
    kube.apply(vllm(), check=False)
    (decision,) = (d for d in decisions(serving) if d["outcome"] == "deny")
    key = "enforced.admission.policyctl.dev/decision-id"

    (audited,) = (entry for entry in kube.audited() if entry.get("annotations", {}).get(key) == decision["id"])
    assert audited["objectRef"]["name"] == "vllm-gemma-deployment"
    assert audited["user"]["username"] == decision["actor"] == "admin"


def test_an_object_that_passes_is_created_and_its_decision_is_on_record(kube: Kube, serving: Serving) -> None:
    kube.apply(config_map())

    assert kube.kubectl("-n", "ml", "get", "configmap", "colours", "-o", "name").stdout == "configmap/colours\n"
    assert [d["outcome"] for d in decisions(serving) if d["subject"]["id"] == "ConfigMap.v1/ml/colours"] == ["allow"]


def test_a_dry_run_on_the_server_leaves_no_record(kube: Kube, serving: Serving) -> None:
    before = len(decisions(serving))
    ran = kube.kubectl("apply", "--dry-run=server", "-f", "-", stdin=yaml.safe_dump(vllm()), check=False)

    assert "a dry run: not on record" in ran.stderr
    assert len(decisions(serving)) == before


def test_an_update_to_what_is_denied_is_refused(kube: Kube, serving: Serving) -> None:
    secured = {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}
    locked = {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}
    container = {"name": "web", "image": "docker.io/library/nginx@sha256:" + "0" * 64, "securityContext": locked}
    pod = {"metadata": {"labels": {"app": "web"}}, "spec": {"securityContext": secured, "containers": [container]}}
    spec = {"selector": {"matchLabels": {"app": "web"}}, "template": pod}
    web = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web", "namespace": "ml"}, "spec": spec}
    kube.apply(web)
    container["image"] = "docker.io/vllm/vllm-openai:latest"
    locked["allowPrivilegeEscalation"] = True
    ran = kube.apply(web, check=False)

    assert ran.returncode == 1
    assert "SEC-008" in ran.stderr
    stored = kube.kubectl("-n", "ml", "get", "deployment", "web", "-o", "jsonpath={..containers[0].image}").stdout
    assert stored.startswith("docker.io/library/nginx@")


def test_replicas_are_scaled_whatever_the_object_is(kube: Kube, serving: Serving) -> None:
    kube.kubectl("delete", "validatingwebhookconfiguration", "policyctl")
    kube.apply(vllm())
    installed(kube, serving)

    assert kube.kubectl("-n", "ml", "scale", "deployment", "vllm-gemma-deployment", "--replicas=3").returncode == 0


def test_without_a_server_labelled_namespaces_refuse_and_others_go_on(kube: Kube, serving: Serving) -> None:
    serving.end()
    closed, opened = kube.apply(config_map(), check=False), kube.apply(config_map("plain"), check=False)

    assert closed.returncode == 1
    assert 'failed calling webhook "enforced.admission.policyctl.dev"' in closed.stderr
    assert opened.returncode == 0


def test_the_systems_namespace_is_never_asked_about(kube: Kube, serving: Serving) -> None:
    before = len(decisions(serving))
    kube.apply(config_map("kube-system"))

    assert len(decisions(serving)) == before


def test_a_label_or_annotation_of_the_object_exempts_nobody(kube: Kube, serving: Serving) -> None:
    for key in ("policyctl.dev/ai-systems", "policyctl.dev/profile", "policyctl.dev/exempt"):
        value = vllm()
        value["metadata"]["labels"] = {key: "false"}
        value["metadata"]["annotations"] = {key: "false"}

        assert kube.apply(value, check=False).returncode == 1


def test_a_network_policy_of_the_cluster_is_known_to_a_server_that_watches_it(kube: Kube, tmp_path: Path) -> None:
    with watching(kube, tmp_path) as server:
        installed(kube, server)
        assert "no network policy of this run governs the pod's egress traffic" in warned(kube)
        spec = {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
        metadata = {"name": "closed", "namespace": "ml"}
        kube.apply({"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": metadata, "spec": spec})
        deadline = time.monotonic() + 30
        while "SEC-011" in warned(kube):
            assert time.monotonic() < deadline
    kube.kubectl("-n", "ml", "delete", "networkpolicy", "closed")


@contextmanager
def watching(kube: Kube, folder: Path) -> Iterator[Serving]:
    """A server that watches the cluster, installed and gone at the end."""
    server = Serving(folder, "--cluster", str(kube.kubeconfig)).start()
    try:
        yield server
    finally:
        server.close()
        kube.kubectl("delete", "validatingwebhookconfiguration", "policyctl")


def warned(kube: Kube) -> str:
    """What kubectl says of the Deployment that is denied."""
    return kube.apply(vllm(), check=False).stderr


def test_in_a_namespace_without_the_label_what_denies_is_denied_as_well(kube: Kube, serving: Serving) -> None:
    assert kube.apply(vllm("plain"), check=False).returncode == 1
