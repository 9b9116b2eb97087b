"""Profiles that namespaces choose by their label, as a real API server asks about them."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.admission.lenient import configured
from tests.admission.requests import config_map, vllm
from tests.admission.serving import Serving
from tests.admission.test_kube import decisions, installed
from tests.conftest import Run
from tests.kube.server import Kube, running

pytestmark = pytest.mark.servers
LABEL = "policyctl.dev/profile"
ALLOWED = ["--namespace-profile", "lenient", "--namespace-profile", "iso-42001"]
SERVERS_OWN = (
    "Warning: profile baseline decides: its label policyctl.dev/profile names no profile that a namespace may choose"
)


@pytest.fixture(scope="module")
def kube() -> Iterator[Kube]:
    """An API server whose user dana may do everything in namespaces, and make them, but nothing about webhooks."""
    with running() as server:
        rules = [
            {"apiGroups": ["", "apps"], "resources": ["*"], "verbs": ["*"]},
        ]
        role: dict[str, Any] = {"apiVersion": "rbac.authorization.k8s.io/v1", "metadata": {"name": "developer"}}
        subject = {"kind": "User", "name": "dana", "apiGroup": "rbac.authorization.k8s.io"}
        reference = {"kind": "ClusterRole", "name": "developer", "apiGroup": "rbac.authorization.k8s.io"}
        server.apply(
            {**role, "kind": "ClusterRole", "rules": rules},
            {**role, "kind": "ClusterRoleBinding", "roleRef": reference, "subjects": [subject]},
            namespace("plain", {}),
            namespace("ml", {"policyctl.dev/ai-systems": "true"}),
        )
        yield server


@pytest.fixture(scope="module")
def serving(kube: Kube, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server under the baseline that lets namespaces choose an organisation's own profile, and one of the library."""
    trusted = configured(tmp_path_factory.mktemp("trusted"))
    server = Serving(tmp_path_factory.mktemp("server"), "--trusted-config", str(trusted), *ALLOWED).start()
    try:
        installed(kube, server, *ALLOWED)
        yield server
    finally:
        server.close()


@pytest.fixture(autouse=True)
def without_labels(kube: Kube, serving: Serving) -> Iterator[None]:
    """No namespace has chosen when a test begins, and nothing is left of the one before."""
    yield
    for name in ("ml", "plain"):
        kube.kubectl("label", "namespace", name, f"{LABEL}-")
        kube.kubectl("-n", name, "delete", "configmap,deployment", "--all")


def namespace(name: str, labels: dict[str, str]) -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}}


def labelled(kube: Kube, name: str, profile: str) -> None:
    """Labels a namespace, and waits until the API server goes by it."""
    kube.kubectl("label", "--overwrite", "namespace", name, f"{LABEL}={profile}")
    time.sleep(1)


@pytest.mark.parametrize("name", ["ml", "plain"])
def test_a_namespace_is_decided_by_the_profile_that_it_may_choose(kube: Kube, serving: Serving, name: str) -> None:
    assert kube.apply(vllm(name), check=False).returncode == 1
    labelled(kube, name, "lenient")
    ran = kube.apply(vllm(name))
    last = decisions(serving)[-1]

    assert "SEC-008: " in ran.stderr
    assert (last["profile"]["id"], last["outcome"]) == ("lenient", "warn")
    assert last["context"]["profile_by"] == f"namespace label {LABEL}"


def test_a_label_that_changes_while_the_server_runs_counts_from_then_on(kube: Kube, serving: Serving) -> None:
    profiles = []
    for chosen in ("lenient", "iso-42001", "typo", "lenient"):
        labelled(kube, "plain", chosen)
        ran = kube.apply(vllm("plain"), check=False)
        profiles.append((decisions(serving)[-1]["profile"]["id"], ran.returncode))
        kube.kubectl("-n", "plain", "delete", "deployment", "--all")

    assert profiles == [("lenient", 0), ("iso-42001", 1), ("baseline", 1), ("lenient", 0)]


@pytest.mark.parametrize("name", ["ml", "plain"])
@pytest.mark.parametrize("chosen", ["nist-ai-rmf", "Lenient", "lenient.yaml", ""])
def test_a_label_that_names_no_profile_to_choose_weakens_nothing_and_is_said(
    kube: Kube, serving: Serving, name: str, chosen: str
) -> None:
    labelled(kube, name, chosen)
    ran, passing = kube.apply(vllm(name), check=False), kube.apply(config_map(name))
    denied = [d for d in decisions(serving) if d["outcome"] == "deny"][-1]

    assert ran.returncode == 1
    assert SERVERS_OWN in ran.stderr
    assert SERVERS_OWN in passing.stderr
    assert denied["profile"]["id"] == "baseline"
    assert denied["context"]["profile_by"].startswith("server: its label ")


def test_a_user_who_makes_a_namespace_chooses_no_more_than_the_administrator_lets_him(
    kube: Kube, serving: Serving
) -> None:
    made = kube.kubectl("--as", "dana", "create", "-f", "-", stdin=text(namespace("danas", {LABEL: "nist-ai-rmf"})))
    assert made.returncode == 0
    ran = kube.kubectl("--as", "dana", "create", "-f", "-", stdin=text(vllm("danas")), check=False)
    refused = kube.kubectl("--as", "dana", "delete", "validatingwebhookconfiguration", "policyctl", check=False)

    assert ran.returncode == 1
    assert "profile baseline denies Deployment danas/vllm-gemma-deployment" in ran.stderr
    assert decisions(serving)[-1]["actor"] == "dana"
    assert "forbidden" in refused.stderr


def test_a_namespace_made_with_a_label_is_decided_by_it_at_once(kube: Kube, serving: Serving) -> None:
    """The stricter choice must hold for the first object, too."""
    for n in range(5):
        ran = kube.apply(namespace(f"new-{n}", {LABEL: "iso-42001"}), vllm(f"new-{n}"), check=False)
        assert "profile iso-42001 denies Deployment" in ran.stderr


@pytest.mark.parametrize("where", ["labels", "annotations"])
def test_an_object_chooses_nothing(kube: Kube, serving: Serving, where: str) -> None:
    value = vllm("plain")
    value["metadata"][where] = {LABEL: "lenient"}
    value["spec"]["template"]["metadata"].setdefault(where, {})[LABEL] = "lenient"
    ran = kube.apply(value, check=False)

    assert "profile baseline denies Deployment" in ran.stderr


def test_a_webhook_that_names_a_profile_which_the_server_does_not_allow_weakens_nothing(
    kube: Kube, serving: Serving
) -> None:
    """A configuration that is newer, or older, than the server's arguments."""
    installed(kube, serving, *ALLOWED, "--namespace-profile", "nist-ai-rmf")
    labelled(kube, "plain", "nist-ai-rmf")
    ran = kube.apply(vllm("plain"), check=False)
    installed(kube, serving, *ALLOWED)

    assert (
        "Warning: profile baseline decides: 'nist-ai-rmf', its label policyctl.dev/profile, names no profile"
        in ran.stderr
    )
    assert ran.returncode == 1


def test_what_is_in_no_namespace_is_asked_about_once_by_the_servers_own(kube: Kube, serving: Serving) -> None:
    role = {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": {"name": "reader"}}
    rule = {"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}
    before = len(decisions(serving))
    kube.apply({**role, "rules": [rule]}, namespace("chosen", {LABEL: "lenient"}), namespace("free", {}))
    made = {d["subject"]["id"]: d["profile"]["id"] for d in decisions(serving)[before:]}

    assert len(decisions(serving)) == before + 3
    assert made == {
        "ClusterRole.rbac.authorization.k8s.io/-/reader": "baseline",
        "Namespace.v1/chosen/chosen": "lenient",
        "Namespace.v1/free/free": "baseline",
    }


def test_a_decision_by_a_chosen_profile_is_replayed(kube: Kube, serving: Serving, run: Run) -> None:
    labelled(kube, "plain", "lenient")
    kube.apply(vllm("plain"))
    ran = run("ledger", "replay", decisions(serving)[-1]["id"], "--ledger", str(serving.ledger))

    assert ran.code == 0, ran.out + ran.err


def test_the_audit_log_names_the_profile(kube: Kube, serving: Serving) -> None:
    labelled(kube, "plain", "lenient")
    kube.apply(vllm("plain"))
    key = "lenient.profile.elsewhere.admission.policyctl.dev/profile"

    assert "lenient" in {entry.get("annotations", {}).get(key) for entry in kube.audited()}


def text(value: dict[str, Any]) -> str:
    return json.dumps(value)
