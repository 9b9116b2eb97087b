"""Switches for remote code behind variables, quotes and files: found where they stand, else not known."""

from __future__ import annotations

import pytest

SERVER = {"image": "vllm/vllm-openai:v0.11.0"}
FROM_CONFIG_MAP = {"valueFrom": {"configMapKeyRef": {"name": "c", "key": "k"}}}
FROM_SECRET = {"valueFrom": {"secretKeyRef": {"name": "c", "key": "k"}}}
SWITCH = {"name": "F", "value": "--trust-remote-code"}


def script(text, *env):
    return {**SERVER, "command": ["/bin/sh", "-c"], "args": [text], "env": list(env)}


@pytest.mark.parametrize(
    "container",
    [
        script("F=--trust-remote-code\nexec vllm serve org/m $F"),
        script("vllm serve org/m ${F}", SWITCH),
        script("vllm serve org/m $(F)", SWITCH),
        script("$CMD", {"name": "CMD", "value": "vllm serve org/m --trust-remote-code"}),
        script('vllm serve org/m --trust-remote"-code"'),
        script("vllm serve org/m '--trust-remote-code'"),
        script("vllm serve org/m --trust\\-remote-code"),
        script("vllm serve org/m --port $P", {"name": "P", "value": "80 --trust-remote-code"}),
        script("bash -c 'vllm serve org/m --trust-remote-code'"),
        script("python - <<EOF\nLLM(model='org/m',\n  trust_remote_code=True,\n)\nEOF"),
        {**SERVER, "args": ["--model=org/m", "$(F)"], "env": [SWITCH]},
        {**SERVER, "args": ["--model=org/m", "$(F)"], "env": [{"name": "F", "value": "$(G)"}, {**SWITCH, "name": "G"}]},
        {**SERVER, "args": ["--model=org/m", "--trust_remote_code"]},
        {**SERVER, "args": ["--model=org/m", "--trust-remote"]},
        {**SERVER, "args": ["--model=org/m", "--trust-remote\\-code"]},
        {**SERVER, "args": ["--model=org/m"], "env": [{"name": "VLLM_ARGS", "value": "'--trust-remote-code'"}]},
        {**SERVER, "args": ["--model=org/m"], "env": [{"name": "ARGS", "value": "--trust-remote-code"}]},
        {**SERVER, "args": ["--x"], "env": [{"name": "ENGINE", "value": '{"trust_remote_code": true}'}]},
        {**SERVER, "command": ["python3", "-c", "LLM('org/m', trust_remote_code=True)"]},
        {**SERVER, "env": [{"name": "HF_MODEL_TRUST_REMOTE_CODE", "value": "true"}]},
    ],
)
def test_a_switch_is_found_behind_variables_and_quotes(of_pod, container):
    found = of_pod(container).facts["unsafe_loading"]

    assert {entry["risk"] for entry in found} == {"remote_code"}


@pytest.mark.parametrize(
    "container",
    [
        script("vllm serve org/m $EXTRA_ARGS"),
        script("vllm serve org/m $EXTRA_ARGS", {"name": "EXTRA_ARGS", **FROM_CONFIG_MAP}),
        script("vllm serve org/m --port $PORT", {"name": "PORT", **FROM_CONFIG_MAP}),
        script("vllm serve org/m --enable-lora $FLAG", {"name": "FLAG", **FROM_SECRET}),
        script("vllm serve org/m $(cat /etc/vllm/args)"),
        script("$CMD", {"name": "CMD", **FROM_CONFIG_MAP}),
        script("vllm serve org/m {{inputs.parameters.extra}}"),
        script("vllm serve org/m --trust-remot{e-code,}"),
        script("exec /scripts/start.sh"),
        script(". /etc/vllm/env.sh; vllm serve org/m"),
        script("echo dmxsbSBzZXJ2ZSBvcmcvbQo= | base64 -d | sh"),
        {**SERVER, "command": ["/bin/bash", "/scripts/start.sh"]},
        {**SERVER, "args": ["--model=org/m", "$(F)"]},
        {**SERVER, "args": ["--model=org/m", "$(F)"], "env": [{"name": "F", **FROM_CONFIG_MAP}]},
        {**SERVER, "args": ["--model=org/m", "--$(F)"], "env": [{"name": "F", **FROM_CONFIG_MAP}]},
        {**SERVER, "args": ["--model=org/m"], "env": [{"name": "VLLM_ARGS", **FROM_CONFIG_MAP}]},
        {**SERVER, "args": ["--model=org/m", "--config", "/etc/vllm/config.yaml"]},
        {**SERVER, "args": ["--model=org/m", "--config=/etc/vllm/config.yaml"]},
        {**SERVER, "args": ["org/m", "--extra_llm_api_options", "/c.yaml"]},
    ],
)
def test_options_from_elsewhere_are_not_known(of_pod, hidden, container):
    assert {"unsafe_loading", "models"} <= hidden(of_pod(container))


@pytest.mark.parametrize("source", ["configMapRef", "secretRef"])
def test_variables_from_elsewhere_may_be_switches(of_pod, hidden, source):
    subject = of_pod({**SERVER, "args": ["--model=org/m"], "envFrom": [{source: {"name": "c"}}]})

    assert "unsafe_loading" in hidden(subject)


@pytest.mark.parametrize(
    "container",
    [
        script("vllm serve org/m --port $PORT", {"name": "PORT", "value": "80"}),
        script(
            "echo $GREETING; mkdir -p $DIR\nexport X=$(hostname)\nvllm serve org/m --api-key $KEY",
            {"name": "KEY", **FROM_SECRET},
        ),
        script('vllm serve org/m --host "$POD_IP" --node-rank $RANK --address $(LWS_LEADER_ADDRESS)'),
        script('ARGS="--port 80"\nif [ -n "$DEBUG" ]; then ARGS="$ARGS --debug"; fi\nvllm serve org/m $ARGS'),
        {
            **SERVER,
            "args": ["--model=org/m", "--port", "$(P)", "--host=$(H)"],
            "env": [{"name": "P", **FROM_CONFIG_MAP}],
        },
        script("source /opt/venv/bin/activate && vllm serve org/m"),
        {**SERVER, "args": ["--model", "org/m"], "env": [{"name": "JAVA_OPTS", **FROM_CONFIG_MAP}]},
        {**SERVER, "args": ["--chat-template", "{% for m in messages %} {{ m.content }} $x {% endfor %}"]},
    ],
)
def test_values_and_other_commands_are_no_options(of_pod, container):
    subject = of_pod(container)

    assert subject.gaps == ()
    assert subject.facts["unsafe_loading"] == []


def test_only_what_may_run_a_model_is_asked_for_its_options(of_pod):
    assert of_pod({"image": "nginx:1", "args": ["$(EXTRA)"]}).gaps == ()


def ray(subjects, **spec):
    import json

    value = {
        "apiVersion": "ray.io/v1",
        "kind": "RayJob",
        "metadata": {"name": "j"},
        "spec": {"clusterSelector": {"a": "b"}, **spec},
    }
    (found,) = subjects(json.dumps(value)).values()
    return found


def test_the_entrypoint_of_a_ray_job_is_read_the_same_way(subjects, hidden):
    assert "unsafe_loading" in hidden(ray(subjects, entrypoint="python serve.py $ARGS"))
    assert ray(subjects, entrypoint="F=--trust-remote-code; python serve.py $F").facts["unsafe_loading"]
    assert ray(subjects, runtimeEnvYAML='env_vars: {TRUST_REMOTE_CODE: "1"}').facts["unsafe_loading"]
