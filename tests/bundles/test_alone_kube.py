"""A real API server that asks an OPA alone, over TLS."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from policyctl.bundles.build import Bundle
from policyctl.bundles.export.gatekeeper.workloads import match
from tests.admission.certificates import Authority
from tests.admission.requests import vllm
from tests.bundles.alone import logged, opa_alone
from tests.kube.server import Kube, running

pytestmark = pytest.mark.servers


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("alone")


@pytest.fixture(scope="module")
def kube(opa_path: str, own: Bundle, folder: Path) -> Iterator[Kube]:
    """An API server that asks OPA about workloads of the namespace `ml`, and refuses what OPA does not answer."""
    authority = Authority(folder)
    authority.issue("opa")
    tls = ["--tls-cert-file", str(folder / "opa.crt"), "--tls-private-key-file", str(folder / "opa.key")]
    with running() as server, opa_alone(opa_path, own, folder, *tls, "--set", "decision_logs.console=true") as url:
        server.apply(*({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}} for name in ("ml", "law")))
        server.apply(webhook("opa", f"{url}/", authority), webhook("law", f"{url}{LAW}", authority, law=True))
        probe = vllm()
        for _ in range(200):
            if server.apply(probe, check=False).returncode:
                break
            server.kubectl("-n", "ml", "delete", "deployment", "--all")
        yield server


LAW = "/v0/data/policyctl/webhook/reviews/eu-ai-act-high-risk"


def webhook(name: str, url: str, authority: Authority, *, law: bool = False) -> dict[str, Any]:
    rules = [
        {"apiGroups": one["apiGroups"], "apiVersions": ["*"], "resources": ["*"], "operations": ["CREATE", "UPDATE"]}
        for one in match()["kinds"]
    ]
    selected = {"kubernetes.io/metadata.name": "law" if law else "ml"}
    return {
        "apiVersion": "admissionregistration.k8s.io/v1",
        "kind": "ValidatingWebhookConfiguration",
        "metadata": {"name": name},
        "webhooks": [
            {
                "name": f"{name}.policyctl.dev",
                "admissionReviewVersions": ["v1"],
                "sideEffects": "None",
                "failurePolicy": "Fail",
                "rules": rules,
                "namespaceSelector": {"matchLabels": selected},
                "clientConfig": {"url": url, "caBundle": base64.b64encode(authority.file.read_bytes()).decode()},
            }
        ],
    }


def pod(**changed: Any) -> dict[str, Any]:
    """One that the restricted Pod Security Standard allows, and that names no digest."""
    context = {
        "allowPrivilegeEscalation": False,
        "runAsNonRoot": True,
        "capabilities": {"drop": ["ALL"]},
        "seccompProfile": {"type": "RuntimeDefault"},
    }
    container = {
        "name": "c",
        "image": "nginx:1",
        "securityContext": context,
        "env": [{"name": "A", "value": "planted"}],
    }
    metadata = {"name": "fine", "namespace": "ml"}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": {"containers": [container], **changed}}


def test_a_denied_object_is_not_created_and_kubectl_says_why(kube: Kube) -> None:
    ran = kube.apply(vllm(), check=False)

    assert (
        'admission webhook "opa.policyctl.dev" denied the request: profile baseline denies Deployment ml/' in ran.stderr
    )
    assert "SEC-008: spec.template.spec.containers.0.securityContext" in ran.stderr
    assert kube.kubectl("-n", "ml", "get", "deployments", "-o", "name").stdout == ""


def test_an_object_that_passes_is_created_with_warnings(kube: Kube) -> None:
    ran = kube.apply(pod())

    assert "Warning: SUP-003: spec.containers.0.image: container c runs nginx:1, which names no digest" in ran.stderr
    assert kube.kubectl("-n", "ml", "get", "pods", "-o", "name").stdout == "pod/fine\n"


def test_the_servers_audit_log_tells_the_outcome(kube: Kube) -> None:
    kube.apply({**pod(), "metadata": {"name": "audited", "namespace": "ml"}})

    told = [one for one in kube.audited() if one["objectRef"].get("name") == "audited"]
    assert {one["annotations"]["opa.policyctl.dev/outcome"] for one in told} == {"warn"}


def test_a_profile_that_opa_cannot_decide_by_lets_nothing_through(kube: Kube) -> None:
    ran = kube.apply({**pod(), "metadata": {"name": "fine", "namespace": "law"}}, check=False)

    assert ran.returncode == 1
    assert 'failed calling webhook "law.policyctl.dev"' in ran.stderr


def test_the_log_of_what_the_server_asked_holds_no_value(kube: Kube, folder: Path) -> None:
    kube.apply({**pod(), "metadata": {"name": "logged", "namespace": "ml"}})
    (event,) = (one for one in logged(folder) if one["input"]["request"]["name"] == "logged")

    assert event["input"]["request"]["userInfo"] == {"username": "admin"}
    assert event["result"]["decision"]["subject"] == {"id": "Pod.v1/ml/logged"}
    assert "planted" not in str(event)
