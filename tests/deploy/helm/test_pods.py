"""The command lines of the chart's containers, run side by side with the rights that the chart gives them in a real cluster."""

from __future__ import annotations

import base64
import http.client
import json
import socket
import ssl
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from policyctl.ledger import open_ledger
from tests.admission.requests import request, vllm
from tests.admission.serving import Answered
from tests.conftest import Run
from tests.deploy.helm import chart
from tests.deploy.helm.test_cluster import got, helm, installed, status
from tests.kube.pod import Pod
from tests.kube.server import Kube
from tests.postgres import PASSWORD, Database

pytestmark = pytest.mark.servers
_NAME = "policyctl.policyctl.svc"


def as_its_account(kube: Kube) -> Path:
    """A kubeconfig of the service account that the chart makes."""
    config = yaml.safe_load(kube.kubeconfig.read_text())
    config["users"][0]["user"] = {
        "token": kube.kubectl("-n", "policyctl", "create", "token", "policyctl").stdout.strip()
    }
    file = kube.folder / "account"
    file.write_text(yaml.safe_dump(config))
    return file


@contextmanager
def of_release(kube: Kube, opa: str, values: chart.Values, secret: dict[str, str] | None = None) -> Iterator[Pod]:
    """The pod of the chart with these values, which is installed as well. Not started."""
    installed(kube, values)
    spec = got(kube, "deployment")["spec"]["template"]["spec"]
    programs = {chart.IMAGE: [sys.executable, "-m", "policyctl"], chart.OPA_IMAGE: [opa]}
    files = {"trusted-config": dict(values.get("trustedConfig", {}))}
    instead = {"--cluster=in-cluster": f"--cluster={as_its_account(kube)}"}
    # The path of a socket may have a hundred characters at most.
    folder = Path(tempfile.mkdtemp(prefix="pod-"))
    pod = Pod(spec, folder, programs, files, instead, secret or {})
    try:
        yield pod
    finally:
        pod.stop()
        helm(kube, "uninstall", "policyctl")


@pytest.fixture
def sidecar(kube: Kube, opa_path: str) -> Iterator[Pod]:
    """A pod with OPA in a container of its own, ready."""
    with of_release(kube, opa_path, chart.SIDECAR) as pod:
        pod.start()
        pod.wait("policyctl", "readinessProbe")
        yield pod


def reviewed(kube: Kube, pod: Pod) -> Answered:
    """The answer to a review of what is denied, as an API server asks: by the name and the CA of the webhook configuration."""
    (ca, *others) = (
        base64.b64decode(hook["clientConfig"]["caBundle"]).decode()
        for hook in got(kube, "validatingwebhookconfiguration")["webhooks"]
    )
    assert set(others) == {ca}
    review = {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": request(vllm())}
    with closing(http.client.HTTPConnection(_NAME)) as connection:
        plain = socket.create_connection(("127.0.0.1", pod.port("admission")), timeout=40)
        connection.sock = ssl.create_default_context(cadata=ca).wrap_socket(plain, server_hostname=_NAME)
        connection.request("POST", "/v1/admit?timeout=5s", json.dumps(review), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        return Answered(answer.status, answer.read())


def decisions(address: str) -> list[dict[str, Any]]:
    """The bodies of all decisions on record."""
    with open_ledger(address, readonly=True) as ledger:
        return [json.loads(ledger.body(entry.id)) for entry in ledger.entries("decision")]


def test_a_review_is_decided_by_the_sidecar_and_on_record(kube: Kube, sidecar: Pod, run: Run) -> None:
    answer = reviewed(kube, sidecar)
    (decision,) = decisions(str(sidecar.folder / "ledger" / "ledger.db"))

    assert answer.status == 200
    assert answer.response["allowed"] is False
    assert decision["outcome"] == "deny"
    assert decision["engine"]["kind"] == "remote"
    assert decision["engine"]["trust"] == "asserted"
    assert decision["engine"]["address"].endswith("/opa/opa.sock")
    assert status(run, kube)["problems"] == ["deployment policyctl/policyctl: 0 of 1 replicas are available"]


def test_no_other_pod_can_ask_the_sidecar(sidecar: Pod) -> None:
    codes = {}
    for path in ("/health", "/v1/data", "/v1/policies", "/v1/config"):
        with closing(http.client.HTTPConnection("127.0.0.1", sidecar.port("opa-health"), timeout=10)) as connection:
            connection.request("GET", path)
            codes[path] = connection.getresponse().status

    assert codes == {"/health": 200, "/v1/data": 404, "/v1/policies": 404, "/v1/config": 404}
    assert (sidecar.folder / "opa" / "opa.sock").stat().st_mode & 0o777 == 0o600


def test_an_upgrade_leaves_the_ca_that_the_server_wrote(kube: Kube, sidecar: Pod) -> None:
    for seconds in (9, 3):
        installed(kube, {**chart.SIDECAR, "webhook": {"timeoutSeconds": seconds}})
        assert reviewed(kube, sidecar).status == 200


def test_the_server_is_ready_again_when_its_opa_is(kube: Kube, sidecar: Pod) -> None:
    """As a kubelet begins it anew after it was killed: its socket still lies there."""
    sidecar.kill("opa")
    sidecar.wait("policyctl", "readinessProbe", failing="opa.sock cannot be reached")
    meanwhile = reviewed(kube, sidecar)
    sidecar.begin("opa")
    sidecar.wait("opa", "startupProbe")
    sidecar.wait("policyctl", "readinessProbe")

    assert meanwhile.status == 503
    assert reviewed(kube, sidecar).status == 200


def test_an_opa_with_another_bundle_decides_nothing(kube: Kube, sidecar: Pod, run: Run, tmp_path: Path) -> None:
    profiles = tmp_path / "controls_catalog" / "profiles"
    profiles.mkdir(parents=True)
    lax = {"id": "lax", "title": "Lax", "description": "Nothing denies.", "extends": "baseline"}
    (profiles / "lax.yaml").write_text(yaml.safe_dump({**lax, "enforcement": {"default": "audit"}}))
    (tmp_path / "policyctl.yaml").write_text("content: [.]\n")
    built = run(
        "bundle", "build", str(sidecar.folder / "bundle" / "policyctl.tar.gz"), "--trusted-config", str(tmp_path)
    )
    assert built.code == 0, built.err
    sidecar.kill("opa")
    sidecar.begin("opa")
    sidecar.wait("opa", "startupProbe")
    sidecar.wait("policyctl", "readinessProbe", failing="answered from another revision")
    answer = reviewed(kube, sidecar)

    assert answer.status == 503
    assert decisions(str(sidecar.folder / "ledger" / "ledger.db")) == []


def test_a_replica_records_in_the_database_that_the_secret_names(kube: Kube, opa_path: str, database: Database) -> None:
    secret = {"url": database.url.replace(f":{PASSWORD}@", "@"), "password": PASSWORD, "ca.crt": ""}
    assert PASSWORD not in secret["url"]
    with of_release(kube, opa_path, chart.SEVERAL, secret) as pod:
        pod.start()
        pod.wait("policyctl", "readinessProbe")
        answer = reviewed(kube, pod)
        (decision,) = decisions(database.url)

    assert answer.response["auditAnnotations"]["outcome"] == decision["outcome"]
    assert decision["profile"]["id"] == "eu-ai-act-high-risk"
    assert decision["engine"]["trust"] == "verified"


def test_a_profile_of_the_configuration_that_takes_no_answer_from_a_sidecar_ends_the_server(
    kube: Kube, opa_path: str
) -> None:
    """The chart cannot see which profile a trusted configuration chooses."""
    values = {**chart.SIDECAR, "trustedConfig": {"policyctl.yaml": "profile: eu-ai-act-high-risk\n"}}
    with of_release(kube, opa_path, values) as pod, pytest.raises(AssertionError, match="takes no answer from an OPA"):
        pod.start()
