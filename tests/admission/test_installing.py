"""The webhook installed in a real cluster; there are no nodes, so its pods stay waiting."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from policyctl.admission.installing import Wanted, objects
from tests.conftest import ROOT, Run
from tests.kube.server import Kube, running

IMAGE = "registry.example.org/policyctl@sha256:" + "0" * 64


@pytest.fixture(scope="module")
def kube() -> Iterator[Kube]:
    """An API server with nothing of policyctl's."""
    with running() as server:
        yield server


def command(run: Run, kube: Kube, *arguments: str) -> Any:
    return run("admission", *arguments, "--cluster", str(kube.kubeconfig))


@pytest.mark.servers
def test_it_is_installed_looked_at_and_taken_away_but_for_the_ledger(kube: Kube, run: Run) -> None:
    """In one test: each step begins with what the one before it left."""
    tried = command(run, kube, "install", "--image", IMAGE, "--dry-run")
    assert tried.code == 0, tried.err
    assert "namespace policyctl: would be applied" in tried.out
    absent = command(run, kube, "status")
    assert absent.code == 3
    assert "problem: deployment policyctl/policyctl is not there" in absent.out

    made = command(run, kube, "install", "--image", IMAGE, "--profile", "eu-ai-act-high-risk", "--except", "build")
    assert made.code == 0, made.err
    assert made.out.splitlines()[-1] == "validatingwebhookconfiguration policyctl: applied"
    (container,) = got(kube, "deployment")["spec"]["template"]["spec"]["containers"]
    assert container["image"] == IMAGE
    assert container["args"][-1] == "--profile=eu-ai-act-high-risk"

    there = json.loads(command(run, kube, "status", "--output", "json").out)
    assert all(there["objects"].values())
    assert there["problems"] == [
        "deployment policyctl/policyctl: 0 of 1 replicas are available",
        "validatingwebhookconfiguration policyctl: names no CA yet: no server has written its own in",
    ]
    kube.kubectl("label", "namespace", "default", "policyctl.dev/ai-systems=true")
    assert "fail closed: default" in command(run, kube, "status").out

    gone = command(run, kube, "uninstall")
    assert gone.out.splitlines()[0] == "validatingwebhookconfiguration policyctl: deleted"
    assert "persistentvolumeclaim policyctl/policyctl-ledger: left, with the ledger" in gone.out
    assert kube.kubectl("-n", "policyctl", "get", "pvc", "-o", "name").stdout.strip().endswith("/policyctl-ledger")
    assert command(run, kube, "uninstall").code == 0


@pytest.mark.servers
def test_to_install_again_leaves_the_ca_that_a_server_wrote(kube: Kube, run: Run) -> None:
    command(run, kube, "install", "--image", IMAGE)
    patch = [{"op": "add", "path": f"/webhooks/{n}/clientConfig/caBundle", "value": "Q0E="} for n in range(4)]
    kube.kubectl("patch", "validatingwebhookconfiguration", "policyctl", "--type", "json", "-p", json.dumps(patch))
    again = command(run, kube, "install", "--image", IMAGE, "--timeout", "9")
    kept = got(kube, "validatingwebhookconfiguration")["webhooks"]
    command(run, kube, "uninstall")

    assert again.code == 0, again.err
    assert [(one["clientConfig"]["caBundle"], one["timeoutSeconds"]) for one in kept] == [("Q0E=", 9)] * 4


@pytest.mark.servers
def test_profiles_that_namespaces_may_choose_come_and_go(kube: Kube, run: Run) -> None:
    """In one test: each step begins with what the one before it left."""
    command(run, kube, "install", "--image", IMAGE)
    believed(kube, "Q0E=")
    more = command(run, kube, "install", "--image", IMAGE, "--namespace-profile", "iso-42001")
    kept = got(kube, "validatingwebhookconfiguration")["webhooks"]
    (container,) = got(kube, "deployment")["spec"]["template"]["spec"]["containers"]

    assert more.code == 0, more.err
    assert container["args"][-1] == "--namespace-profile=iso-42001"
    assert [one["clientConfig"]["caBundle"] for one in kept] == ["Q0E="] * 6

    assert not [one for one in status_of(kube, run) if "may choose" in one]

    believed(kube, "Q0I=")
    tried = command(run, kube, "install", "--image", IMAGE, "--dry-run")
    fewer = command(run, kube, "install", "--image", IMAGE)
    left = got(kube, "validatingwebhookconfiguration")["webhooks"]
    patch = [{"op": "add", "path": "/spec/template/spec/containers/0/args/-", "value": "--namespace-profile=iso-42001"}]
    kube.kubectl("-n", "policyctl", "patch", "deployment", "policyctl", "--type", "json", "-p", json.dumps(patch))
    problems = status_of(kube, run)
    command(run, kube, "uninstall")

    assert (tried.code, fewer.code) == (0, 0), tried.err + fewer.err
    assert [one["clientConfig"]["caBundle"] for one in left] == ["Q0I="] * 4
    assert not [one["name"] for one in left if "iso-42001" in one["name"]]
    assert (
        "namespaces may choose iso-42001 by the server's arguments, no profile by the webhook configuration" in problems
    )


def status_of(kube: Kube, run: Run) -> list[str]:
    problems: list[str] = json.loads(command(run, kube, "status", "--output", "json").out)["problems"]
    return problems


def believed(kube: Kube, ca: str) -> None:
    """Writes a CA into all webhooks, as a server does."""
    path = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/policyctl"
    value = json.loads(kube.kubectl("get", "--raw", path).stdout)
    for one in value["webhooks"]:
        one["clientConfig"]["caBundle"] = ca
    kube.kubectl("replace", "-f", "-", stdin=json.dumps(value))


@pytest.mark.servers
def test_to_install_again_leaves_the_replicas_that_somebody_set(kube: Kube, run: Run) -> None:
    command(run, kube, "install", "--image", IMAGE)
    kube.kubectl("-n", "policyctl", "scale", "deployment", "policyctl", "--replicas=3")
    again = command(run, kube, "install", "--image", IMAGE)
    kept = got(kube, "deployment")["spec"]["replicas"]
    command(run, kube, "uninstall")

    assert again.code == 0, again.err
    assert kept == 3


@pytest.mark.servers
def test_the_rights_are_those_that_the_server_needs_and_no_others(kube: Kube, run: Run) -> None:
    command(run, kube, "install", "--image", IMAGE)
    may = {
        ("list", "networkpolicies.networking.k8s.io"): True,
        ("watch", "serviceaccounts"): True,
        ("update", "validatingwebhookconfigurations.admissionregistration.k8s.io/policyctl"): True,
        ("update", "validatingwebhookconfigurations.admissionregistration.k8s.io/others"): False,
        ("get", "secrets/policyctl-tls"): True,
        ("get", "secrets/others"): False,
        ("list", "secrets"): False,
        ("watch", "configmaps"): True,
        ("create", "configmaps"): False,
        ("create", "events.events.k8s.io"): True,
        ("list", "events.events.k8s.io"): False,
        ("delete", "configmaps"): False,
        ("create", "pods"): False,
        ("get", "replicasets.apps"): True,
        ("get", "jobs.batch"): True,
        ("get", "replicationcontrollers"): True,
        ("list", "replicasets.apps"): False,
        ("get", "pods"): False,
        ("delete", "networkpolicies.networking.k8s.io"): False,
    }
    who = "system:serviceaccount:policyctl:policyctl"
    told = {
        (verb, what): kube.kubectl("-n", "policyctl", "auth", "can-i", verb, what, "--as", who, check=False).stdout
        for verb, what in may
    }
    command(run, kube, "uninstall")

    assert {asked: answer.strip() == "yes" for asked, answer in told.items()} == may


def got(kube: Kube, kind: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(kube.kubectl("-n", "policyctl", "get", kind, "policyctl", "-o", "json").stdout)
    return found


def test_what_is_installed_passes_our_own_controls(run: Run, tmp_path: Any) -> None:
    file = tmp_path / "installed.yaml"
    file.write_text(yaml.safe_dump_all(list(objects(Wanted(IMAGE)))))
    ran = run("check", str(file), "--no-record")

    assert ran.code == 0, ran.out


def test_the_base_of_kustomize_names_every_manifest() -> None:
    folder = ROOT / "deploy" / "kubernetes"
    listed = yaml.safe_load((folder / "kustomization.yaml").read_text())["resources"]

    assert set(listed) == {path.name for path in folder.glob("*.yaml")} - {"kustomization.yaml"}


def test_a_cluster_that_cannot_be_had_is_said_in_a_sentence(run: Run, tmp_path: Any) -> None:
    ran = run("admission", "status", "--cluster", str(tmp_path / "none"))

    assert ran.code == 2
    assert "Traceback" not in ran.err
    assert "fix: name a kubeconfig" in ran.err
