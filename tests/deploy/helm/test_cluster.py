"""The chart in a real cluster; there are no nodes, so its pods stay waiting."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import Run
from tests.deploy.helm import chart
from tests.kube.server import Kube

pytestmark = pytest.mark.servers
_KEPT = "persistentvolumeclaim/policyctl-ledger"


@pytest.fixture(autouse=True)
def afresh(kube: Kube) -> Iterator[None]:
    """No release and no volume before a test."""
    yield
    helm(kube, "uninstall", "policyctl", "--ignore-not-found")
    if left := kube.kubectl("-n", "policyctl", "get", "pvc", "-o", "name").stdout.split():
        # Nobody here takes away what keeps volumes that pods use.
        kube.kubectl("-n", "policyctl", "patch", *left, "--type", "merge", "-p", '{"metadata": {"finalizers": null}}')
        kube.kubectl("-n", "policyctl", "delete", *left)


def helm(kube: Kube, *words: str, values: chart.Values | None = None, check: bool = True) -> str:
    """What Helm says."""
    ran = chart.run(*words, "--namespace", "policyctl", "--kubeconfig", str(kube.kubeconfig), values=values)
    assert not (check and ran.returncode), ran.stderr
    return ran.stdout + ran.stderr


def installed(kube: Kube, values: chart.Values, *words: str) -> str:
    return helm(kube, "upgrade", "--install", "policyctl", str(chart.CHART), *words, values=values)


def got(kube: Kube, kind: str, name: str = "policyctl") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(kube.kubectl("-n", "policyctl", "get", kind, name, "-o", "json").stdout)
    return found


def status(run: Run, kube: Kube) -> dict[str, Any]:
    """What `policyctl admission status` says."""
    told: dict[str, Any] = json.loads(
        run("admission", "status", "--output", "json", "--cluster", str(kube.kubeconfig)).out
    )
    return told


@pytest.mark.parametrize("values", chart.SETS.values(), ids=chart.SETS)
def test_the_api_server_takes_all_of_it(kube: Kube, values: chart.Values) -> None:
    helm(kube, "install", "trial", str(chart.CHART), "--dry-run=server", values=values)
    applied = kube.kubectl("apply", "--server-side", "--dry-run=server", "-f", "-", stdin=chart.text(values))

    assert len(applied.stdout.splitlines()) == len(chart.objects(values))


def test_it_is_installed_looked_at_and_taken_away_but_for_the_ledger(kube: Kube, run: Run) -> None:
    """In one test: each step begins with what the one before it left."""
    installed(kube, chart.PLAIN)
    there = status(run, kube)
    assert all(there["objects"].values())
    assert there["problems"] == [
        "deployment policyctl/policyctl: 0 of 1 replicas are available",
        "validatingwebhookconfiguration policyctl: names no CA yet: no server has written its own in",
    ]

    helm(kube, "uninstall", "policyctl")
    left = kube.kubectl(
        "-n", "policyctl", "get", "deployments,services,pvc,roles,rolebindings,networkpolicies", "-o", "name"
    )
    assert left.stdout.split() == [_KEPT]
    assert not kube.kubectl("get", "validatingwebhookconfigurations", "-o", "name").stdout
    before = got(kube, "pvc", "policyctl-ledger")["metadata"]["uid"]

    installed(kube, chart.PLAIN)
    assert got(kube, "pvc", "policyctl-ledger")["metadata"]["uid"] == before


@pytest.mark.parametrize("how", ["--server-side=true", "--server-side=false"])
def test_upgrades_leave_the_ca_that_a_server_wrote(kube: Kube, how: str) -> None:
    """Helm 4 applies on the server's side, Helm 3 merges three ways."""
    installed(kube, chart.PLAIN, how)
    hook = got(kube, "validatingwebhookconfiguration")
    for one in hook["webhooks"]:
        one["clientConfig"]["caBundle"] = "Q0E="
    kube.kubectl("replace", "-f", "-", stdin=json.dumps(hook))
    for seconds in (9, 3):
        installed(kube, {**chart.PLAIN, "webhook": {"timeoutSeconds": seconds}}, how)
        kept = got(kube, "validatingwebhookconfiguration")["webhooks"]
        assert [(one["clientConfig"]["caBundle"], one["timeoutSeconds"]) for one in kept] == [("Q0E=", seconds)] * 4


def test_an_upgrade_leaves_the_replicas_that_an_autoscaler_chose(kube: Kube) -> None:
    installed(kube, chart.EVERYTHING)
    kube.kubectl("-n", "policyctl", "scale", "deployment", "policyctl", "--replicas=4")
    installed(kube, {**chart.EVERYTHING, "profile": "baseline"})
    kept = got(kube, "deployment")["spec"]

    assert "--profile=baseline" in kept["template"]["spec"]["containers"][0]["args"]
    assert kept["replicas"] == 4


def test_with_a_database_no_volume_is_missed(kube: Kube, run: Run) -> None:
    installed(kube, chart.SEVERAL)
    told = status(run, kube)

    assert told["objects"]["persistentvolumeclaim policyctl/policyctl-ledger"] is False
    assert told["problems"] == [
        "deployment policyctl/policyctl: 0 of 3 replicas are available",
        "validatingwebhookconfiguration policyctl: names no CA yet: no server has written its own in",
    ]


def test_from_a_file_to_a_database_the_file_stays(kube: Kube) -> None:
    installed(kube, chart.PLAIN)
    installed(kube, chart.SEVERAL)
    left = kube.kubectl("-n", "policyctl", "get", "pvc", "-o", "name").stdout.split()

    assert left == [_KEPT]
