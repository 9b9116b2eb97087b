"""Credentials are gone from everything that is handed on; that there was one is still told."""

from __future__ import annotations

import json

import pytest

TOKEN = "hf_" + "Ab3" * 12
KEY = "sk-" + "a1B2" * 8


def told(subject) -> list[tuple[str, str]]:
    return [(entry["where"], entry["name"]) for entry in subject.facts["literal_secrets"]]


def test_a_literal_in_a_variable_is_emptied_in_the_object_and_in_the_facts(of_pod):
    subject = of_pod({"env": [{"name": "HF_TOKEN", "value": TOKEN}, {"name": "X", "value": KEY}]})

    first, second = subject.facts["containers"][0]["env"]
    assert (first["source"], first["secret_like"], first.get("value")) == ("literal", True, None)
    assert (second["source"], second["secret_like"], second.get("value")) == ("literal", True, None)
    assert subject.masked == (
        "facts.object.spec.template.spec.containers.0.env.0.value",
        "facts.object.spec.template.spec.containers.0.env.1.value",
    )
    assert told(subject) == [("env", "HF_TOKEN"), ("env", "X")]
    assert TOKEN not in json.dumps(subject.facts)
    assert KEY not in json.dumps(subject.facts)


@pytest.mark.parametrize(
    ("arguments", "left", "option"),
    [
        ([f"--api-key={KEY}"], ["--api-key="], "--api-key"),
        (["--api-key", "hunter2"], ["--api-key", ""], "--api-key"),
        (["--hf_token=abc"], ["--hf_token="], "--hf_token"),
        (["serve", KEY], ["serve", ""], ""),
        (
            ["-c", f"export HF_TOKEN={TOKEN}; vllm serve m --trust-remote-code"],
            ["-c", "export HF_TOKEN=; vllm serve m --trust-remote-code"],
            "",
        ),
        (["-c", "run --password hunter2 --debug"], ["-c", "run --password  --debug"], ""),
    ],
)
def test_a_literal_in_the_arguments_is_cut_out_and_the_rest_stays(of_pod, arguments, left, option):
    subject = of_pod({"args": arguments})

    container = subject.facts["containers"][0]
    assert container["arguments"] == left
    assert [entry["option"] for entry in container["arguments_secrets"]] == [option]
    assert [where for where, _ in told(subject)] == ["argument"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--api-key=$(API_KEY)"],
        ["--api-key", "$(API_KEY)"],
        ["-c", "run --token ${TOKEN}"],
        ["--max-tokens", "2048"],
        ["--tokenizer", "meta-llama/Llama-3"],
        ["--token-file=/var/run/secrets/token"],
        ["--password", "--debug"],
        ["--enable-auth=true"],
        ["--default-authentication-plugin=mysql_native_password"],
        ["--key=app"],
    ],
)
def test_what_is_no_literal_stays(of_pod, arguments):
    subject = of_pod({"args": arguments})

    assert subject.facts["containers"][0]["arguments"] == arguments
    assert (subject.facts["literal_secrets"], subject.masked) == ([], ())


def test_the_switches_beside_a_literal_are_still_seen(of_pod):
    subject = of_pod({"command": ["sh", "-c", f"vllm serve org/m --api-key {KEY} --trust-remote-code"]})

    assert [entry["option"] for entry in subject.facts["unsafe_loading"]] == ["--trust-remote-code"]
    assert [model["uri"] for model in subject.facts["models"]] == ["org/m"]


def test_a_secret_keeps_its_keys_and_loses_every_value(subjects):
    text = """
apiVersion: v1
kind: Secret
metadata: {name: s}
type: Opaque
data: {token: aGVsbG8=, empty: ""}
stringData: {password: hunter2, odd: [a, {b: 3}]}
"""
    subject = subjects(text)["Secret.v1/-/s"]

    assert subject.facts["object"]["data"] == {"token": "", "empty": ""}
    assert subject.facts["object"]["stringData"] == {"password": "", "odd": ["", {"b": ""}]}
    assert subject.facts["object"]["type"] == "Opaque"
    assert subject.facts["literal_secrets"] == []
    assert "facts.object.stringData.odd.1.b" in subject.masked


def test_the_real_secrets_of_the_corpus_are_gone(real):
    found = real("agents/kagent-modelconfig-tls.yaml")

    assert "sk-litellm" not in json.dumps([subject.facts for subject in found.values()])
    assert found["Secret.v1/kagent/litellm-api-key"].masked == ("facts.object.stringData.key",)
    config = found["ModelConfig.kagent.dev/kagent/litellm-internal"].facts["object"]["spec"]
    assert (config["apiKeySecretRef"], config["apiKeySecretKey"]) == ("litellm-api-key", "key")


def test_config_maps_and_annotations_tell_their_keys(subjects):
    text = f"""
apiVersion: v1
kind: ConfigMap
metadata:
  name: c
  annotations: {{note: "{KEY}", checksum/secret: "0123456789abcdef"}}
data:
  OPENAI_API_KEY: abc123
  plain: value
  app.yaml: |
    database:
      password: hunter2
      user: app
  app.env: |
    A=1
    DB_PASSWORD=hunter2
  url: postgres://app:hunter2@db/x
  main.py: |
    token = os.environ["HF_TOKEN"]
    password = args.password
"""
    subject = subjects(text)["ConfigMap.v1/-/c"]

    assert told(subject) == [
        ("annotation", "note"),
        ("config_map", "OPENAI_API_KEY"),
        ("config_map", "app.yaml"),
        ("config_map", "app.env"),
        ("config_map", "url"),
    ]
    data = subject.facts["object"]["data"]
    assert data["plain"] == "value"
    assert data["app.yaml"] == "database:\n  password: \n  user: app\n"
    assert data["app.env"] == "A=1\nDB_PASSWORD=\n"
    assert data["url"] == "postgres://app:@db/x"
    assert "os.environ" in data["main.py"]
    assert subject.facts["annotations"]["note"] == ""
    assert "hunter2" not in json.dumps(subject.facts)


def test_the_copy_that_kubectl_keeps_is_emptied_and_is_no_finding(subjects):
    text = """
apiVersion: v1
kind: ConfigMap
metadata:
  name: c
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: '{"data": {"a": "b"}}'
"""
    subject = subjects(text)["ConfigMap.v1/-/c"]

    assert subject.facts["annotations"] == {"kubectl.kubernetes.io/last-applied-configuration": ""}
    assert subject.facts["literal_secrets"] == []
    assert len(subject.masked) == 1


def test_a_credential_in_a_field_of_a_kind_that_nobody_knows_is_emptied(subjects):
    text = """
apiVersion: bakery.example/v1
kind: Oven
metadata: {name: o}
spec: {adminPassword: hunter2, pin: {password: 1234}, parameters: [{name: api_key, value: abc}], secretName: s}
"""
    subject = subjects(text)["Oven.bakery.example/-/o"]

    spec = subject.facts["object"]["spec"]
    assert spec == {
        "adminPassword": "",
        "pin": {"password": ""},
        "parameters": [{"name": "api_key", "value": ""}],
        "secretName": "s",
    }
    assert [where for where, _ in told(subject)] == ["field"] * 3


def test_the_input_is_not_changed(content):
    from policyctl.collectors.kubernetes import KubernetesCollector

    made = content("apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {a: b}")
    list(KubernetesCollector().collect([made]))

    assert made.values[0]["data"] == {"a": "b"}
