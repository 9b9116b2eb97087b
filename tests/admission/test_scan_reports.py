"""PolicyReports of a scan, in a real API server that knows their kinds."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from policyctl import settings
from policyctl.admission.cluster.api import Api
from policyctl.admission.scanning import keeping_on, policy_reports
from policyctl.admission.scanning.running import Told
from policyctl.admission.scanning.running import running as running_scan
from policyctl.admission.scanning.scanned import Row, Scanned
from tests.admission.requests import config_map, vllm
from tests.admission.test_scan import scanned, who_reads_half
from tests.conftest import DATA
from tests.kube.server import Kube, running

pytestmark = pytest.mark.servers


@pytest.fixture(scope="module")
def cluster() -> Iterator[Kube]:
    """An API server with the CRDs of reports."""
    with running() as server:
        server.kubectl("apply", "-f", str(DATA / "kube"))
        server.kubectl("wait", "--for=condition=Established", "crd", "--all", "--timeout=60s")
        deadline = time.monotonic() + 60
        while server.kubectl("get", "--raw", "/apis/wgpolicyk8s.io/v1alpha2", check=False).returncode:
            assert time.monotonic() < deadline  # a kind is established before the API server says that it has it
            time.sleep(0.1)
        yield server


@pytest.fixture
def kube(cluster: Kube) -> Iterator[Kube]:
    """One namespace with an object that is denied and one that passes; no report."""
    cluster.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "ml"}}, vllm(), config_map())
    yield cluster
    cluster.kubectl("delete", "policyreport,clusterpolicyreport", "--all", "-A")


def report(kube: Kube, namespace: str = "ml") -> Any:
    where = ["-n", namespace] if namespace else []
    kind = f"{'policyreport' if namespace else 'clusterpolicyreport'}s.v1alpha2.wgpolicyk8s.io"
    return json.loads(kube.kubectl(*where, "get", kind, "policyctl", "-o", "json").stdout)


def test_counts_are_left_in_the_cluster(kube: Kube, tmp_path: Path) -> None:
    scanned(kube, tmp_path / "ledger.db")
    failed = {one["policy"]: one for one in report(kube)["results"] if one["result"] == "fail"}

    assert sorted(failed) == ["SEC-008", "SUP-004"]
    assert failed["SEC-008"]["message"].endswith(": Deployment.apps/vllm-gemma-deployment")
    assert report(kube)["summary"]["fail"] == 2


def test_none_where_the_cluster_has_not_their_kinds(tmp_path: Path) -> None:
    with running() as kube:
        kube.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "ml"}}, config_map())

        assert scanned(kube, tmp_path / "ledger.db", "ml").written == []


@pytest.mark.parametrize("namespaces", [(), ("ml",)])
def test_a_report_about_what_is_gone_is_deleted(kube: Kube, tmp_path: Path, namespaces: tuple[str, ...]) -> None:
    scanned(kube, tmp_path / "ledger.db")
    kube.kubectl("-n", "ml", "delete", "deployment,configmap", "--all")
    done = scanned(kube, tmp_path / "ledger.db", *namespaces)

    assert "policyreport ml/policyctl: deleted" in done.written
    assert "policyctl" not in kube.kubectl("-n", "ml", "get", "policyreport", "-o", "name").stdout


def test_nothing_is_left_of_a_scan_that_is_not_recorded(kube: Kube, tmp_path: Path) -> None:
    scanned(kube, tmp_path / "ledger.db")
    kube.kubectl("-n", "ml", "delete", "deployment", "--all")
    before = report(kube)
    scanned(kube, tmp_path / "ledger.db", record=False)

    assert report(kube) == before


def test_what_could_not_be_listed_is_an_error_in_each_report(kube: Kube, tmp_path: Path) -> None:
    scanned(kube, tmp_path / "ledger.db")
    kube.kubectl("-n", "ml", "delete", "configmap", "--all")
    half = Kube(kube.folder)
    half.kubeconfig = who_reads_half(kube)
    scanned(half, tmp_path / "ledger.db")
    for namespace in ("ml", ""):
        (first, *_) = report(kube, namespace)["results"]
        assert (first["policy"], first["result"]) == ("not listed", "error")
        assert first["message"].startswith("cannot be listed: ")
        assert report(kube, namespace)["summary"]["error"] >= int(first["properties"]["objects"]) > 5
        assert report(kube, namespace)["summary"]["fail"] == 0


def test_objects_that_could_not_be_read_are_errors(kube: Kube) -> None:
    rows = [Row(f"cluster/ml/Pod/{n}", "ml", "", "not read", "too deep") for n in range(7)]
    api = Api(str(kube.kubeconfig))
    try:
        list(policy_reports.write(api, Scanned(rows), {"controls": {}}, ["ml"]))
    finally:
        api.close()

    assert report(kube)["summary"] == {"pass": 0, "fail": 0, "warn": 0, "error": 7, "skip": 0}
    assert report(kube)["results"][0]["message"] == "cannot be read: Pod/0, Pod/1, Pod/2, Pod/3, Pod/4 and 2 more"


def test_a_scan_whose_reports_cannot_be_written_tells_what_it_found_and_ends_with_2(kube: Kube, tmp_path: Path) -> None:
    reader = Kube(kube.folder)
    reader.kubeconfig = who_reads_half(kube)
    rules = [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["get", "list", "watch"]}]
    role = {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": {"name": "half"}}
    kube.apply({**role, "rules": rules})
    done = scanned(reader, tmp_path / "ledger.db", "ml")

    assert "cannot patch resource" in done.scanned.unreported
    assert done.scanned.exit_code == 2
    assert any(row.outcome == "deny" for row in done.scanned.rows)


def test_the_reports_of_a_scan_that_goes_on_follow_it(
    kube: Kube, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping_on, "_REPORTS", 0.2)
    ended, counts = Event(), []
    chosen = settings.load({"ledger": str(tmp_path / "ledger.db")}, environment={}, cwd=tmp_path)

    def first(_: object) -> None:
        counts.append(report(kube)["summary"]["fail"])
        kube.kubectl("-n", "ml", "delete", "deployment", "--all")

    def told(_: object) -> None:
        Thread(target=until_gone).start()

    def until_gone() -> None:
        deadline = time.monotonic() + 30
        while report(kube)["summary"]["fail"] and time.monotonic() < deadline:
            time.sleep(0.2)
        counts.append(report(kube)["summary"]["fail"])
        ended.set()

    with running_scan(chosen, Told(str(kube.kubeconfig), ["ml"])) as ready:
        code = keeping_on.keep_on(ready, first, told, ended)

    assert (counts, code) == ([2, 0], 0)
