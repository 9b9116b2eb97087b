"""A scan of a real API server: what is judged, recorded and said."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import yaml

from policyctl import pipeline, settings
from policyctl.admission.scanning import reading
from policyctl.admission.scanning.running import Done, Told, run
from policyctl.context import current
from policyctl.ledger import open_ledger
from policyctl.model.errors import UsageError
from policyctl.opening import open_run
from tests.admission.corpus import corpus, extensions, one_of_each_kind_that_others_are_related_to, prepared
from tests.admission.requests import config_map, vllm
from tests.admission.test_configuration import WAIVER
from tests.kube.server import Kube, running

pytestmark = pytest.mark.servers

VLLM_PATH = "cluster/ml/Deployment.apps/vllm-gemma-deployment"


@pytest.fixture(scope="module")
def kube() -> Iterator[Kube]:
    """An API server that knows every kind of the corpus, with namespaces."""
    with running() as server:
        server.apply(*extensions(list(corpus())))
        server.kubectl("wait", "--for=condition=Established", "crd", "--all", "--timeout=60s")
        for name in ("corpus", "ml", "plain"):
            server.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}})
        yield server


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """Where scans are recorded."""
    return tmp_path / "ledger.db"


def scanned(kube: Kube, ledger: Path, *namespaces: str, **told: Any) -> Done:
    """A scan of these namespaces, or of all."""
    chosen = settings.load({"ledger": str(ledger)}, environment={}, cwd=ledger.parent)
    return run(chosen, Told(str(kube.kubeconfig), namespaces, **told))


def bodies(ledger: Path) -> dict[str, dict[str, Any]]:
    """The bodies of the decisions on record, by the path of their subject."""
    with open_ledger(str(ledger), readonly=True) as opened:
        found = [json.loads(opened.body(entry.id)) for entry in opened.entries("decision")]
    return {body["subject"]["path"]: body for body in found}


def test_the_verdict_of_a_scan_is_that_of_check_on_the_same_objects(kube: Kube, ledger: Path, tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as creating:
        objects = (json.dumps(prepared(item)) for item in corpus())
        list(creating.map(lambda one: kube.kubectl("create", "-f", "-", stdin=one, check=False), objects))
    one_of_each_kind_that_others_are_related_to(kube)
    done = scanned(kube, ledger)
    by_scan = {body["subject"]["id"]: body["answer"] for body in bodies(ledger).values()}
    files = tmp_path / "objects"
    files.mkdir()
    for number, value in enumerate(everything(kube)):
        (files / f"{number}.json").write_text(json.dumps(value))
    with open_run(settings.load({}, environment={}, cwd=tmp_path), ["kubernetes_object"]) as opened:
        checked = pipeline.check([str(files)], opened, pipeline.Options(record=False), current()).decisions
    by_check = {decided.body["subject"]["id"]: decided.answer for decided in checked}

    assert len(by_check) > 300
    assert sorted(by_scan.keys() - by_check.keys()) == []
    assert [id for id, answer in sorted(by_check.items()) if by_scan.get(id) != answer] == []
    assert sum(answer["outcome"] == "deny" for answer in by_check.values()) > 30
    assert done.scanned.exit_code == 1


def everything(kube: Kube) -> Iterator[dict[str, Any]]:
    """All that an administrator would export, but for the namespaces of the system and what is never asked about."""
    listed = kube.kubectl("api-resources", "--verbs=list", "-o", "name").stdout.split()
    core = {"bindings", "componentstatuses", "endpoints", "events", "nodes", "secrets"}
    apart = ("coordination", "discovery", "events", "metrics", "authentication", "authorization")
    kinds = [
        k for k in listed if k not in core and not k.partition(".")[2].startswith(tuple(f"{a}.k8s" for a in apart))
    ]
    for value in json.loads(kube.kubectl("get", ",".join(kinds), "-A", "-o", "json").stdout)["items"]:
        if value["metadata"].get("namespace", "") not in ("kube-system", "kube-public", "kube-node-lease"):
            yield value


def test_each_object_is_on_record_with_what_it_was(kube: Kube, ledger: Path) -> None:
    kube.apply(vllm())
    done = scanned(kube, ledger, "ml")
    body = bodies(ledger)[VLLM_PATH]
    (row,) = (row for row in done.scanned.rows if row.path == VLLM_PATH)
    uid = kube.kubectl("-n", "ml", "get", "deployment", "-o", "jsonpath={.items[0].metadata.uid}").stdout

    assert body["outcome"] == row.outcome == "deny"
    assert body["context"]["uid"] == uid
    assert body["context"]["cluster"].startswith("https://127.0.0.1:")
    assert len({one["context"]["scan"] for one in bodies(ledger).values()}) == 1
    assert {one["subject"]["path"].split("/")[1] for one in bodies(ledger).values()} == {"ml"}


def test_the_consequences_of_having_a_control_deny_are_told(kube: Kube, ledger: Path) -> None:
    kube.apply(vllm())
    lines = cli(kube, ledger, "-n", "ml", "--would-deny").stdout.splitlines()

    assert "SEC-008  deny  ml/Deployment.apps/vllm-gemma-deployment" in lines
    assert "SUP-003  warn  ml/Deployment.apps/vllm-gemma-deployment" in lines


def test_a_program_is_told_all_of_it(kube: Kube, ledger: Path) -> None:
    kube.apply(vllm())
    ran = cli(kube, ledger, "-n", "ml", "--output", "json")
    told = json.loads(ran.stdout)
    controls = {one["id"]: one for one in told["controls"]}

    assert ran.returncode == told["exit_code"] == 1
    assert told["namespaces"]["ml"]["deny"] == 1
    assert controls["SUP-003"]["enforcement"] == "warn"
    assert controls["SUP-003"]["would_deny"] == controls["SUP-003"]["fail"] == [VLLM_PATH]
    assert VLLM_PATH in [one["object"] for one in told["without_decision"]]


def test_a_namespace_is_scanned_by_the_profile_that_it_has_chosen(kube: Kube, ledger: Path) -> None:
    for name, choice in (("chosen", "iso-42001"), ("misspelt", "iso-42oo1"), ("nothing", "")):
        metadata = {"name": name, "labels": {"policyctl.dev/profile": choice}}
        kube.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": metadata}, config_map(name))
    done = scanned(kube, ledger, "chosen", "misspelt", "nothing", namespace_profiles=["iso-42001"])
    found = {path: (body["profile"]["id"], body["context"]["profile_by"]) for path, body in bodies(ledger).items()}
    why = "its label policyctl.dev/profile, names no profile that a namespace may choose"

    assert found == {
        "cluster/chosen/ConfigMap/colours": ("iso-42001", "namespace label policyctl.dev/profile"),
        "cluster/misspelt/ConfigMap/colours": ("baseline", f"server: 'iso-42oo1', {why}"),
        "cluster/nothing/ConfigMap/colours": ("baseline", f"server: {why.replace('profile, ', 'profile ')}"),
    }
    assert done.scanned.warnings() == [
        f"misspelt: profile baseline decides: 'iso-42oo1', {why}",
        f"nothing: profile baseline decides: {why.replace('profile, ', 'profile ')}",
    ]
    assert done.profiles == ["baseline", "iso-42001"]


def cli(kube: Kube, ledger: Path, *options: str, kubeconfig: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The command, run as people do."""
    line = [sys.executable, "-m", "policyctl", "admission", "scan", "--cluster", str(kubeconfig or kube.kubeconfig)]
    return subprocess.run([*line, "--ledger", str(ledger), *options], capture_output=True, text=True, check=False)


def test_what_is_not_to_be_recorded_is_not(kube: Kube, ledger: Path) -> None:
    done = scanned(kube, ledger, "ml", record=False)

    assert bodies(ledger) == {}
    assert "NOT RECORDED" in done.recorded


def test_what_check_says_beside_its_verdicts_is_said_here(kube: Kube, ledger: Path, tmp_path: Path) -> None:
    """A waiver that is over, and a role that the law's profile has to assume."""
    kube.apply(vllm())
    waiver = {"id": "W-1", "control": "SEC-008", **WAIVER, "first_day": "2025-01-01", "last_day": "2025-01-31"}
    (tmp_path / "waivers.yaml").write_text(yaml.safe_dump({"policyctl": "waivers", "waivers": [waiver]}))
    (tmp_path / "policyctl.yaml").write_text("waivers: [waivers.yaml]\n")
    ran = cli(kube, ledger, "-n", "ml", "--profile", "eu-ai-act-high-risk", "--trusted-config", str(tmp_path))

    assert "policyctl: waiver W-1 (SEC-008, RISK-9) has no effect: expired on 2025-01-31" in ran.stderr
    assert "policyctl: the organisation's role is not established" in ran.stderr


def test_each_object_of_many_pages_is_judged_once(kube: Kube, ledger: Path, monkeypatch: Any) -> None:
    kube.apply(*({**config_map("plain"), "metadata": {"name": f"c{n}", "namespace": "plain"}} for n in range(11)))
    monkeypatch.setattr(reading, "PAGE", 3)
    paths = [row.path for row in scanned(kube, ledger, "plain").scanned.rows if "/ConfigMap/c" in row.path]

    assert sorted(paths) == sorted(f"cluster/plain/ConfigMap/c{n}" for n in range(11))


def test_a_namespace_that_is_not_there_is_no_clean_one(kube: Kube, ledger: Path) -> None:
    with pytest.raises(UsageError, match="the cluster has no namespace mll"):
        scanned(kube, ledger, "mll")


def who_reads_half(kube: Kube) -> Path:
    """The kubeconfig of an account that may list ConfigMaps alone, and write reports."""
    rules = [{"apiGroups": [""], "resources": ["configmaps", "namespaces"], "verbs": ["get", "list"]}]
    rules += [{"apiGroups": ["wgpolicyk8s.io"], "resources": ["*"], "verbs": ["*"]}]
    role = {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": {"name": "half"}}
    kube.apply({**role, "rules": rules})
    kube.apply({"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "half", "namespace": "default"}})
    binding = ["clusterrolebinding", "half", "--clusterrole=half", "--serviceaccount=default:half"]
    kube.kubectl("create", *binding, check=False)  # it may be there already
    token = kube.kubectl("create", "token", "half").stdout
    half = kube.folder / "half"
    half.write_text(kube.kubeconfig.read_text())
    kube.kubectl("--kubeconfig", str(half), "config", "set-credentials", "admin", "--token", token)
    return half


def test_kinds_that_may_not_be_listed_are_named_and_end_with_2(kube: Kube, ledger: Path) -> None:
    ran = cli(kube, ledger, "-n", "plain", kubeconfig=who_reads_half(kube))

    assert ran.returncode == 2, ran.stderr
    assert "cannot be listed: deployments.apps in namespace plain: deployments.apps is forbidden" in ran.stdout
    assert "configmaps" not in ran.stdout
