"""A break-glass in a real cluster: started, listed and ended by an administrator, on a server with the rights of an installation."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from policyctl.ledger import open_ledger
from tests.admission.requests import vllm
from tests.admission.serving import Serving
from tests.admission.test_kube import decisions, installed
from tests.conftest import ROOT, Run
from tests.kube.server import Kube, running

pytestmark = pytest.mark.servers
USES = b"policyctl_admission_break_glass_uses_total"


@pytest.fixture(scope="module")
def kube() -> Iterator[Kube]:
    """An API server with namespaces, the rights of an installation, and dana, who may do everything in `ml` and `web`."""
    with running() as server:
        names = ("policyctl", "ml", "web", "plain")
        server.apply(*({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}} for name in names))
        server.kubectl("label", "namespace", "ml", "policyctl.dev/ai-systems=true")
        server.kubectl("apply", "-f", str(ROOT / "deploy" / "kubernetes" / "roles.yaml"))
        for name in ("ml", "web"):
            server.kubectl("-n", name, "create", "rolebinding", "dana", "--clusterrole=cluster-admin", "--user=dana")
        yield server


@pytest.fixture(scope="module")
def serving(kube: Kube, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server that takes break-glasses, as its service account."""
    folder = tmp_path_factory.mktemp("server")
    kube.kubectl("-n", "policyctl", "create", "serviceaccount", "policyctl")
    told = yaml.safe_load(kube.kubeconfig.read_text())
    (user,) = told["users"]
    user["user"] = {"token": kube.kubectl("-n", "policyctl", "create", "token", "policyctl").stdout.strip()}
    mine = folder / "kubeconfig"
    mine.write_text(yaml.safe_dump(told))
    server = Serving(folder, "--cluster", str(mine), "--break-glass", "policyctl").start()
    try:
        installed(kube, server)
        yield server
    finally:
        server.close()


@pytest.fixture(autouse=True)
def afresh(kube: Kube, serving: Serving) -> Iterator[None]:
    """No break-glass, and nothing of what the test before let through."""
    yield
    kube.kubectl("-n", "policyctl", "delete", "configmap", "--all")
    for name in ("ml", "web"):
        kube.kubectl("-n", name, "delete", "deployment,configmap", "--all")
    until(lambda: in_force(serving) == 0)


def glass(run: Run, kube: Kube, *words: str) -> Any:
    return run("admission", "break-glass", *words, "--cluster", str(kube.kubeconfig))


def started(run: Run, kube: Kube, serving: Serving, *words: str) -> str:
    """The name of one that has been started, once the server knows of it."""
    ran = glass(run, kube, "start", "--approved-by", "alex", "--reason", "INC-4711", "--for", "1h", *words)
    assert ran.code == 0, ran.err
    until(lambda: in_force(serving) == 1)
    return str(ran.out).partition(":")[0]


def in_force(serving: Serving) -> int:
    lines = serving.status("/metrics").body.splitlines()
    return int(float(next(line for line in lines if line.startswith(b"policyctl_admission_break_glasses ")).split()[1]))


def uses(serving: Serving) -> int:
    lines = serving.status("/metrics").body.splitlines()
    return int(float(next(line for line in lines if line.startswith(USES)).split()[1]))


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def config_map(name: str, data: dict[str, str], namespace: str = "policyctl") -> dict[str, Any]:
    labels = {"policyctl.dev/break-glass": "true"}
    metadata = {"name": name, "namespace": namespace, "labels": labels}
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "immutable": True, "data": data}


def after(seconds: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + seconds))


def test_what_is_denied_is_let_through_while_it_lasts_and_every_use_is_on_record(
    run: Run, kube: Kube, serving: Serving
) -> None:
    """In one test: each step begins with what the one before it left."""
    assert kube.apply(vllm(), check=False).returncode == 1
    counted = uses(serving)
    name = started(run, kube, serving, "--namespace", "ml")
    elsewhere = kube.apply(vllm("web"), check=False)
    through = kube.apply(vllm())
    last = decisions(serving)[-1]

    assert elsewhere.returncode == 1
    assert f"Warning: denied, and allowed: break-glass {name}, approved by alex until " in through.stderr
    assert "SEC-008: " in through.stderr
    assert (last["outcome"], last["subject"]["id"]) == ("deny", "Deployment.apps/ml/vllm-gemma-deployment")
    told = last["context"]["break_glass"]
    assert (told["name"], told["approved_by"], told["reason"], told["started_by"]) == (
        name,
        "alex",
        "INC-4711",
        "admin",
    )
    uid = kube.kubectl("-n", "policyctl", "get", "configmap", name, "-o", "jsonpath={.metadata.uid}").stdout
    assert told["uid"] == uid
    assert uses(serving) == counted + 1

    assert glass(run, kube, "end", name).code == 0
    until(lambda: in_force(serving) == 0)
    kube.kubectl("-n", "ml", "delete", "deployment", "--all")
    assert kube.apply(vllm(), check=False).returncode == 1
    with open_ledger(str(serving.ledger), readonly=True) as ledger:
        said = [json.loads(ledger.body(e.id)) for e in ledger.entries("admission")]
    changes = [one["outcome"] for one in said if one.get("break_glass", {}).get("name") == name]
    assert changes == ["break-glass begins", "break-glass ends"]
    assert "INC-4711" in serving.log()


def test_one_that_expires_while_the_server_runs_lets_nothing_more_through(kube: Kube, serving: Serving) -> None:
    said = {"approved_by": "alex", "reason": "INC-1", "until": after(6), "namespaces": "ml"}
    kube.apply(config_map("short", said))
    until(lambda: in_force(serving) == 1)
    assert kube.apply(vllm(), check=False).returncode == 0
    kube.kubectl("-n", "ml", "delete", "deployment", "--all")
    time.sleep(6)

    assert kube.apply(vllm(), check=False).returncode == 1
    until(lambda: in_force(serving) == 0)


@pytest.mark.parametrize(
    "change",
    [
        {"until": "2020-01-01T00:00:00Z"},
        {"until": after(90_000)},
        {"until": "soon"},
        {"until": ""},
        {"reason": ""},
        {"approved_by": ""},
        {"namespaces": "*"},
        {"user": "dana"},
    ],
    ids=str,
)
def test_one_that_does_not_say_all_is_refused_with_the_reason(
    run: Run, kube: Kube, serving: Serving, change: dict[str, str]
) -> None:
    said = {"approved_by": "alex", "reason": "INC-2", "until": after(600), "namespaces": "ml", **change}
    kube.apply(config_map("bad", said))
    logged = serving.log().count("break-glass refused: bad: ")
    until(lambda: serving.log().count("break-glass refused: bad: ") > logged or logged > 0)
    (shown,) = json.loads(glass(run, kube, "list", "--output", "json").out)["break_glasses"]

    assert kube.apply(vllm(), check=False).returncode == 1
    assert in_force(serving) == 0
    assert (shown["name"], shown["state"]) == ("bad", "refused")
    assert shown["why"]


def test_whoever_rules_a_namespace_grants_himself_nothing(kube: Kube, serving: Serving) -> None:
    """Neither in his own namespace, nor in policyctl's, nor by labels and annotations of what he creates."""
    said = {"approved_by": "dana", "reason": "mine", "until": after(600), "namespaces": "ml"}
    own = kube.kubectl("--as", "dana", "create", "-f", "-", stdin=json.dumps(config_map("own", said, "ml")))
    theirs = kube.kubectl("--as", "dana", "create", "-f", "-", stdin=json.dumps(config_map("own", said)), check=False)
    value = vllm()
    for where in ("labels", "annotations"):
        value["metadata"][where] = {"policyctl.dev/break-glass": "true"}
    time.sleep(1)
    ran = kube.kubectl("--as", "dana", "create", "-f", "-", stdin=json.dumps(value), check=False)

    assert own.returncode == 0
    assert "forbidden" in theirs.stderr
    assert ran.returncode == 1
    assert in_force(serving) == 0


def test_one_for_some_users_lets_nobody_else_through(run: Run, kube: Kube, serving: Serving) -> None:
    started(run, kube, serving, "--namespace", "ml", "--user", "dana")
    mine = kube.apply(vllm(), check=False)
    danas = kube.kubectl("--as", "dana", "create", "-f", "-", stdin=json.dumps(vllm()), check=False)

    assert (mine.returncode, danas.returncode) == (1, 0)


def test_what_it_says_cannot_be_changed_while_it_lasts(run: Run, kube: Kube, serving: Serving) -> None:
    name = started(run, kube, serving, "--namespace", "ml")
    patch = json.dumps({"data": {"namespaces": "web"}})
    ran = kube.kubectl("-n", "policyctl", "patch", "configmap", name, "--type", "merge", "-p", patch, check=False)

    assert ran.returncode == 1
    assert "immutable" in ran.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--for", "25h"], "more than 24 hours"),
        (["--for", "2d"], "is no time"),
        (["--reason", " "], "reason is not said"),
        (["--approved-by", ""], "approved_by is not said"),
        (["--namespace", "*"], "is no namespace"),
        (["--in", "nowhere"], "nowhere"),
    ],
)
def test_the_command_refuses_what_would_have_no_effect(run: Run, kube: Kube, words: list[str], said: str) -> None:
    rest = ["--approved-by", "alex", "--reason", "INC-3", "--for", "1h", "--namespace", "ml"]
    ran = glass(run, kube, "start", *rest, *words)

    assert ran.code != 0
    assert said in ran.err
    assert "Traceback" not in ran.err
    assert kube.kubectl("-n", "policyctl", "get", "configmap", "-o", "name").stdout == ""


def test_to_end_what_is_not_there_is_said(run: Run, kube: Kube) -> None:
    kube.kubectl("-n", "policyctl", "create", "configmap", "other")
    ran = glass(run, kube, "end", "other")

    assert ran.code == 2
    assert "no break-glass 'other' in namespace policyctl" in ran.err
    assert kube.kubectl("-n", "policyctl", "get", "configmap", "other").returncode == 0


def test_an_api_server_that_comes_back_ends_what_was_ended_meanwhile(
    run: Run, kube: Kube, serving: Serving, tmp_path: Path
) -> None:
    name = started(run, kube, serving, "--namespace", "ml")
    kube.stop_api()
    kube.start_api()
    glass(run, kube, "end", name)
    until(lambda: in_force(serving) == 0)

    assert kube.apply(vllm(), check=False).returncode == 1
