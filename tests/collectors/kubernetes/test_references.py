"""Credentials under names that do not say so: what they are used for tells."""

from __future__ import annotations

import base64
import json

import pytest

TOKEN = "hf_" + "Ab3" * 12
FROM_CONFIG_MAP = {"valueFrom": {"configMapKeyRef": {"name": "c", "key": "k"}}}


def literals(subject) -> list[str]:
    return sorted(entry["name"] for entry in subject.facts["literal_secrets"])


@pytest.mark.parametrize(
    "container",
    [
        {"env": [{"name": "X", "value": "hunter2"}, {"name": "HF_TOKEN", "value": "$(X)"}]},
        {"env": [{"name": "X", "value": "hunter2"}], "args": ["--api-key=$(X)"]},
        {"env": [{"name": "X", "value": "hunter2"}], "args": ["--api-key", "$(X)"]},
        {"env": [{"name": "X", "value": "hunter2"}], "command": ["sh", "-c", "export HF_TOKEN=$X; vllm serve m"]},
        {"env": [{"name": "X", "value": "hunter2"}], "command": ["sh", "-c", 'vllm serve m --api-key "${X}"']},
        {"env": [{"name": "X", "value": "hunter2"}], "args": ["--header=Authorization: Bearer $(X)tail"]},
    ],
)
def test_a_value_that_is_handed_on_as_a_credential_is_one(of_pod, container):
    subject = of_pod(container)

    assert literals(subject) == ["X"]
    assert "hunter2" not in json.dumps(subject.facts)
    (variable,) = (one for one in subject.facts["containers"][0]["env"] if one["name"] == "X")
    assert (variable["source"], variable["secret_like"]) == ("literal", True)


def test_references_are_followed(of_pod):
    env = [
        {"name": "X", "value": "hunter2"},
        {"name": "Y", "value": "$(X)"},
        {"name": "HF_TOKEN", "value": "$(Y)"},
    ]

    assert "hunter2" not in json.dumps(of_pod({"env": env}).facts)


def test_parts_make_a_credential_together(of_pod):
    env = [
        {"name": "A", "value": TOKEN[:10]},
        {"name": "B", "value": TOKEN[10:]},
        {"name": "HUB", "value": "$(A)$(B)"},
        {"name": "PORT", "value": "80"},
    ]
    subject = of_pod({"env": env, "args": ["--port=$(PORT)"]})

    assert literals(subject) == ["A", "B"]


@pytest.mark.parametrize("container", [{"args": ["--api-key=$(X)"]}, {"args": ["--x", "$(X)"]}])
def test_a_credential_from_a_config_map_under_another_name(of_pod, container):
    (variable,) = of_pod({"env": [{"name": "X", **FROM_CONFIG_MAP}], **container}).facts["containers"][0]["env"]

    assert variable["secret_like"] is ("--api-key=$(X)" in container["args"])


@pytest.mark.parametrize(
    "container",
    [
        {"env": [{"name": "PORT", "value": "8000"}], "args": ["--port=$(PORT)", "--api-key=$(KEY)"]},
        {"env": [{"name": "X", "value": "/run/secrets/token"}], "args": ["--api-key=$(X)"]},
        {"env": [{"name": "X", "value": "gpt"}, {"name": "MODEL", "value": "$(X)"}], "args": ["--max-tokens", "$(X)"]},
        {"env": [{"name": "X"}, {"name": "HF_TOKEN", "value": "$(X)"}]},
        {"env": "HF_TOKEN"},
        {"env": [3, {"name": 4, "value": "$(X)"}], "args": "--api-key=$(X)"},
    ],
)
def test_other_values_are_none(of_pod, container):
    assert literals(of_pod(container)) == []


@pytest.mark.parametrize("where", ["env", "args", "data", "binaryData"])
def test_a_credential_in_base64_is_one(of_pod, subjects, where):
    encoded = base64.b64encode(f"token={TOKEN}".encode()).decode()
    match where:
        case "env":
            subject = of_pod({"env": [{"name": "BLOB", "value": encoded}]})
        case "args":
            subject = of_pod({"command": ["sh", "-c", f"echo {encoded} | base64 -d > /x"]})
        case _:
            value = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "c"}, where: {"blob": encoded}}
            (subject,) = subjects(json.dumps(value)).values()

    assert len(literals(subject)) == 1
    assert encoded not in json.dumps(subject.facts)
