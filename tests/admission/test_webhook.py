"""The webhook configuration, and what the command refuses."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.admission.certificates import Authority
from tests.conftest import Run


@pytest.fixture
def ca(tmp_path: Path) -> str:
    """The file of a CA."""
    return str(Authority(tmp_path).file)


def printed(run: Run, *arguments: str) -> dict[str, Any]:
    ran = run("admission", "webhook", *arguments)
    assert ran.code == 0, ran.err
    made: dict[str, Any] = yaml.safe_load(ran.out)
    return made


def matches(webhook: dict[str, Any], labels: dict[str, str]) -> bool:
    """Whether a namespace of these labels is selected, as Kubernetes reads match expressions."""
    for wanted in webhook["namespaceSelector"]["matchExpressions"]:
        value, operator = labels.get(wanted["key"]), wanted["operator"]
        holds = {
            "In": value in wanted.get("values", []),
            "NotIn": value not in wanted.get("values", []),
            "Exists": value is not None,
            "DoesNotExist": value is None,
        }
        if not holds[operator]:
            return False
    return True


@pytest.mark.parametrize(
    ("name", "labels", "policy"),
    [
        ("ml", {"policyctl.dev/ai-systems": "true"}, ["Fail"]),
        ("web", {}, ["Ignore"]),
        ("web", {"policyctl.dev/ai-systems": "no"}, ["Ignore"]),
        ("kube-system", {}, []),
        ("kube-system", {"policyctl.dev/ai-systems": "true"}, []),
        ("policyctl", {}, []),
        ("build", {}, []),
    ],
)
def test_a_namespace_is_asked_about_once_or_never(
    run: Run, ca: str, name: str, labels: dict[str, str], policy: list[str]
) -> None:
    made = printed(run, "--service", "policyctl/admission:8443", "--ca", ca, "--except", "build")
    of = {"kubernetes.io/metadata.name": name, **labels}

    assert [webhook["failurePolicy"] for webhook in made["webhooks"] if matches(webhook, of)] == policy


def test_what_has_no_namespace_is_asked_about_by_one_webhook_only(run: Run, ca: str) -> None:
    made = printed(run, "--service", "policyctl/admission", "--ca", ca)
    asking = [webhook["name"] for webhook in made["webhooks"] if any(rule["scope"] == "*" for rule in webhook["rules"])]

    assert asking == ["elsewhere.admission.policyctl.dev"]


def test_a_namespace_itself_is_asked_about_whatever_its_profile(run: Run, ca: str) -> None:
    made = printed(run, "--service", "policyctl/admission", "--ca", ca, "--namespace-profile", "iso-42001")
    for label in (None, "iso-42001", "typo"):
        labels = {"kubernetes.io/metadata.name": "web", **({"policyctl.dev/profile": label} if label else {})}
        (webhook,) = (one for one in made["webhooks"] if matches(one, labels))
        cluster = [rule["resources"] for rule in webhook["rules"] if rule["scope"] in ("*", "Cluster")]

        assert len(cluster) == 1
        assert {"*", "namespaces"} & set(cluster[0])


PROFILES = ["--namespace-profile", "iso-42001", "--namespace-profile", "eu-ai-act-high-risk"]


@pytest.mark.parametrize("closed", [True, False])
@pytest.mark.parametrize(
    ("label", "path"),
    [
        (None, "/v1/admit"),
        ("iso-42001", "/v1/admit/profile/iso-42001"),
        ("eu-ai-act-high-risk", "/v1/admit/profile/eu-ai-act-high-risk"),
        ("nist-ai-rmf", "/v1/admit/unknown-profile"),
        ("iso-42002", "/v1/admit/unknown-profile"),
        ("ISO-42001", "/v1/admit/unknown-profile"),
        ("", "/v1/admit/unknown-profile"),
    ],
)
def test_the_label_of_a_namespace_says_where_is_asked_about_it(
    run: Run, ca: str, closed: bool, label: str | None, path: str
) -> None:
    made = printed(run, "--url", "https://gate.example.org", "--ca", ca, *PROFILES)
    labels = {"kubernetes.io/metadata.name": "ml", **({"policyctl.dev/ai-systems": "true"} if closed else {})}
    found = [
        one
        for one in made["webhooks"]
        if matches(one, {**labels, **({"policyctl.dev/profile": label} if label is not None else {})})
    ]

    assert [one["clientConfig"]["url"] for one in found] == [f"https://gate.example.org{path}"]
    assert [one["failurePolicy"] for one in found] == ["Fail" if closed else "Ignore"]


def test_where_no_profile_may_be_chosen_a_label_is_told_so(run: Run, ca: str) -> None:
    made = printed(run, "--url", "https://gate.example.org", "--ca", ca)
    found = [one for one in made["webhooks"] if matches(one, {"policyctl.dev/profile": "baseline"})]

    assert [one["clientConfig"]["url"] for one in found] == ["https://gate.example.org/v1/admit/unknown-profile"]


def test_each_webhook_has_a_name_of_its_own(run: Run, ca: str) -> None:
    names = [one["name"] for one in printed(run, "--service", "a/b", "--ca", ca, *PROFILES, *PROFILES)["webhooks"]]

    assert len(names) == len(set(names)) == 8


def test_the_service_and_its_ca_are_named(run: Run, ca: str) -> None:
    made = printed(run, "--service", "policyctl/admission:8443", "--ca", ca, "--timeout", "7")
    for webhook in made["webhooks"]:
        client = webhook["clientConfig"]
        assert client["service"] == {
            "namespace": "policyctl",
            "name": "admission",
            "port": 8443,
            "path": f"/v1/admit{'/unknown-profile' if webhook['name'].startswith('unknown') else ''}",
        }
        assert base64.b64decode(client["caBundle"]) == Path(ca).read_bytes()
        assert webhook["timeoutSeconds"] == 7
        assert webhook["sideEffects"] == "NoneOnDryRun"


def test_a_server_outside_of_the_cluster_is_named_by_its_url(run: Run, ca: str) -> None:
    made = printed(run, "--url", "https://gate.example.org/", "--ca", ca)

    assert made["webhooks"][0]["clientConfig"]["url"] == "https://gate.example.org/v1/admit"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "one of --url and --service"),
        (["--url", "https://a", "--service", "a/b"], "one of --url and --service"),
        (["--url", "http://a"], "over https only"),
        (["--service", "a"], "names no service"),
        (["--service", "a/b:x"], "names no service"),
        (["--service", "a/b:0"], "names no service"),
    ],
)
def test_what_is_not_said_as_it_should_be_is_refused(run: Run, ca: str, arguments: list[str], said: str) -> None:
    ran = run("admission", "webhook", *arguments, "--ca", ca)

    assert ran.code == 2
    assert said in ran.err
    assert ran.out == ""


def test_a_file_that_holds_no_certificate_is_refused(run: Run, tmp_path: Path) -> None:
    empty = tmp_path / "ca.crt"
    empty.write_text("no certificate")
    for file, said in ((empty, "holds no certificate"), (tmp_path / "none", "No such file")):
        ran = run("admission", "webhook", "--service", "a/b", "--ca", str(file))
        assert ran.code == 2
        assert said in ran.err


def test_without_a_ca_the_server_is_to_write_its_own(run: Run) -> None:
    made = printed(run, "--service", "policyctl/admission")

    assert all("caBundle" not in webhook["clientConfig"] for webhook in made["webhooks"])


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--cert", "tls.crt"],
        ["--cert", "tls.crt", "--key", "tls.key", "--own-certificate", "a/b"],
        ["--own-certificate", "a/b"],
        ["--own-certificate", "a/b", "--cluster", "in-cluster"],
        ["--own-certificate", "a/b", "--host", "a.svc"],
        ["--own-certificate", "a", "--host", "a.svc", "--cluster", "in-cluster"],
    ],
)
def test_a_server_has_one_certificate_or_makes_one(run: Run, arguments: list[str]) -> None:
    ran = run("admission", "serve", *arguments)

    assert ran.code == 2
    assert "-cert" in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("listen", ["8443", "localhost", "localhost:http", "localhost:70000", ":8443"])
def test_an_address_to_listen_at_has_host_and_port(run: Run, ca: str, listen: str) -> None:
    ran = run("admission", "serve", "--cert", ca, "--key", ca, "--listen", listen)

    assert ran.code == 2
    assert "is no address" in ran.err
