"""Models on command lines, in scripts, variables and configurations, and the switches that let them run code."""

from __future__ import annotations

import json

import pytest

COMMIT = "5fd2b1b5a4e3cfa8b7d7e0d1c2b3a4958677f0e1"


def models(subject) -> list[tuple[str, str]]:
    return [(model["uri"], model["pinned"]) for model in subject.facts["models"]]


@pytest.mark.parametrize(
    ("container", "expected"),
    [
        ({"args": ["--model", "org/m"]}, [("org/m", "none")]),
        ({"args": ["--model=org/m", f"--revision={COMMIT}"]}, [("org/m", "version")]),
        ({"args": ["--model=org/m", "--revision", "main"]}, [("org/m", "floating")]),
        ({"command": ["vllm", "serve", "org/m"]}, [("org/m", "none")]),
        ({"command": ["sh", "-c", f"exec vllm serve org/m --revision {COMMIT} # pinned"]}, [("org/m", "version")]),
        (
            {
                "command": [
                    "sh",
                    "-c",
                    "python -m vllm.entrypoints.openai.api_server \\\n  --model 'org/m' \\\n  --port 80",
                ]
            },
            [("org/m", "none")],
        ),
        ({"args": ["--model=gpt2"], "image": "vllm/vllm-openai:v1"}, [("gpt2", "none")]),
        ({"args": ["--model=default"]}, []),
        ({"args": ["--model-path", "/models/a"]}, [("/models/a", "none")]),
        ({"args": ["--model-repository=s3://b/models/v2"]}, [("s3://b/models/v2", "version")]),
        ({"args": ["--model_name_or_path=org/m"]}, [("org/m", "none")]),
        ({"args": ["--model-name=served"]}, []),
        ({"command": ["ollama", "run", "llama3:8b"]}, [("ollama://llama3:8b", "floating")]),
        ({"command": ["sh", "-c", "ollama serve & ollama pull llama3"]}, [("ollama://llama3", "none")]),
        ({"command": ["huggingface-cli", "download", "org/m", "--revision", COMMIT]}, [("org/m", "version")]),
        (
            {"env": [{"name": "MODEL_ID", "value": "org/m"}, {"name": "REVISION", "value": COMMIT}]},
            [("org/m", "version")],
        ),
        ({"env": [{"name": "MODEL_NAME", "value": "org/m"}]}, [("org/m", "none")]),
        ({"env": [{"name": "MODEL_NAME", "value": "scorer"}]}, []),
        ({"args": ["--model=$(M)"], "env": [{"name": "M", "value": "org/m"}]}, [("org/m", "none")]),
        ({"args": ["--model-id=$(MODEL_ID)"], "env": [{"name": "MODEL_ID", "value": "org/m"}]}, [("org/m", "none")]),
        ({"args": ["-c", "run --model ${M}"], "env": [{"name": "M", "value": "org/m"}]}, [("org/m", "none")]),
        (
            {"args": ["--speculative-model=org/draft", "--model=org/m", f"--revision={COMMIT}"]},
            [("org/m", "version"), ("org/draft", "none")],
        ),
        ({"args": ["--checkpoint-path=gs://b/flink"], "image": "flink:1"}, []),
        ({"args": ["--checkpoint-path=gs://b/m"], "image": "pytorch/pytorch:2"}, [("gs://b/m", "none")]),
    ],
)
def test_a_model_is_found_where_programs_take_it(of_pod, container, expected):
    subject = of_pod(container)

    assert models(subject) == expected
    assert subject.gaps == ()


@pytest.mark.parametrize(
    "container",
    [
        {"args": ["--model=$(M)"]},
        {"args": ["--model=$(M)"], "env": [{"name": "M", "valueFrom": {"configMapKeyRef": {"name": "c", "key": "k"}}}]},
        {"env": [{"name": "MODEL_ID", "valueFrom": {"configMapKeyRef": {"name": "c", "key": "k"}}}]},
        {"args": ["-c", "vllm serve ${MODEL:-org/m}"]},
        {"args": ["--model={{inputs.parameters.m}}"]},
    ],
)
def test_a_model_that_is_named_elsewhere_is_not_known(of_pod, hidden, container):
    subject = of_pod(container)

    assert [pinned for _, pinned in models(subject)] == ["unknown"]
    assert "models" in hidden(subject)


@pytest.mark.parametrize(
    ("container", "expected"),
    [
        ({"args": ["--trust-remote-code"]}, [("--trust-remote-code", "remote_code")]),
        ({"args": ["--trust_remote_code=True"]}, [("--trust_remote_code", "remote_code")]),
        ({"args": ["--trust-remote-code", "true"]}, [("--trust-remote-code", "remote_code")]),
        ({"args": ["--trust-remote-code=$(TRUST)"]}, [("--trust-remote-code", "remote_code")]),
        ({"args": ["--trust-remote-code=false"]}, []),
        ({"args": ["--no-trust-remote-code"]}, []),
        ({"command": ["bash", "-c", "serve x --trust-remote-code; sleep 1"]}, [("--trust-remote-code", "remote_code")]),
        ({"command": ["bash", "-c", "serve x # --trust-remote-code"]}, []),
        ({"env": [{"name": "TRUST_REMOTE_CODE", "value": "true"}]}, [("TRUST_REMOTE_CODE", "remote_code")]),
        ({"env": [{"name": "TRUST_REMOTE_CODE", "value": "false"}]}, []),
        ({"env": [{"name": "TRUST_REMOTE_CODE"}]}, []),
        (
            {"env": [{"name": "TRUST_REMOTE_CODE", "valueFrom": {"configMapKeyRef": {"name": "c", "key": "k"}}}]},
            [("TRUST_REMOTE_CODE", "remote_code")],
        ),
        (
            {"env": [{"name": "VLLM_EXTRA_ARGS", "value": "--trust-remote-code"}]},
            [("--trust-remote-code", "remote_code")],
        ),
        (
            {"env": [{"name": "VLLM_ALLOW_INSECURE_SERIALIZATION", "value": "1"}]},
            [("VLLM_ALLOW_INSECURE_SERIALIZATION", "insecure_serialization")],
        ),
    ],
)
def test_switches_that_let_a_model_run_code(of_pod, container, expected):
    found = of_pod(container).facts["unsafe_loading"]

    assert [(entry["option"], entry["risk"]) for entry in found] == expected
    assert all(entry["container"] == 0 for entry in found)


def ray_service(subjects, text):
    value = {
        "apiVersion": "ray.io/v1",
        "kind": "RayService",
        "metadata": {"name": "r"},
        "spec": {
            "serveConfigV2": text,
            "rayClusterConfig": {
                "headGroupSpec": {"template": {"spec": {"containers": [{"name": "h", "image": "rayproject/ray:2"}]}}}
            },
        },
    }
    (found,) = subjects(json.dumps(value)).values()
    return found


def test_the_models_of_ray_serve_llm(subjects):
    text = """
applications:
- args:
    llm_configs:
    - model_loading_config: {model_id: short, model_source: org/m}
      engine_kwargs: {trust_remote_code: true}
"""
    subject = ray_service(subjects, text)

    assert models(subject) == [("org/m", "none")]
    assert subject.facts["unsafe_loading"] == [
        {"path": ["spec", "serveConfigV2"], "option": "trust_remote_code", "risk": "remote_code"}
    ]


@pytest.mark.parametrize("text", ["a: [", "a: &x 1\nb: *x", "x" * 300_000, 3, ["a"]])
def test_a_configuration_that_cannot_be_read_hides_the_models(subjects, hidden, text):
    assert {"models", "unsafe_loading"} <= hidden(ray_service(subjects, text))


def test_the_entrypoint_of_a_ray_job_is_a_command_line(subjects):
    spec = {
        "clusterSelector": {"a": "b"},
        "entrypoint": f"python tune.py --model org/m --revision {COMMIT} --trust-remote-code",
    }
    value = {"apiVersion": "ray.io/v1", "kind": "RayJob", "metadata": {"name": "r"}, "spec": spec}
    (subject,) = subjects(json.dumps(value)).values()

    assert models(subject) == [("org/m", "version")]
    assert subject.facts["unsafe_loading"] == [
        {"path": ["spec", "entrypoint"], "option": "--trust-remote-code", "risk": "remote_code"}
    ]


@pytest.mark.parametrize(
    ("predictor", "expected"),
    [
        ({"model": {"storageUri": "s3://b/m/v1"}}, [("s3://b/m/v1", "version")]),
        ({"model": {"storage": {"key": "minio", "path": "models/m/2"}}}, [("storage://minio/models/m/2", "version")]),
        (
            {"model": {"storageUris": [{"uri": "hf://a/b"}, {"uri": "s3://b/m/3"}]}},
            [("hf://a/b", "none"), ("s3://b/m/3", "version")],
        ),
        ({"sklearn": {"storageUri": ""}}, [("", "none")]),
    ],
)
def test_the_storage_of_a_kserve_model(subjects, predictor, expected):
    value = {
        "apiVersion": "serving.kserve.io/v1beta1",
        "kind": "InferenceService",
        "metadata": {"name": "i"},
        "spec": {"predictor": predictor},
    }
    (subject,) = subjects(json.dumps(value)).values()

    assert models(subject) == expected


@pytest.mark.parametrize("uri", [3, ["s3://b"], True])
def test_a_storage_uri_that_is_no_text_hides_the_models(subjects, hidden, uri):
    value = {
        "apiVersion": "serving.kserve.io/v1beta1",
        "kind": "InferenceService",
        "metadata": {"name": "i"},
        "spec": {"predictor": {"model": {"storageUri": uri}}},
    }
    (subject,) = subjects(json.dumps(value)).values()

    assert "models" in hidden(subject)


@pytest.mark.parametrize(
    ("model", "pinned"), [("gpt-4", "floating"), ("gpt-4-0613", "version"), ("claude-3-5-sonnet-20241022", "version")]
)
def test_the_snapshot_of_a_hosted_model_is_a_version(subjects, model, pinned):
    value = {
        "apiVersion": "kagent.dev/v1alpha2",
        "kind": "ModelConfig",
        "metadata": {"name": "m"},
        "spec": {"provider": "OpenAI", "model": model},
    }
    (subject,) = subjects(json.dumps(value)).values()

    assert models(subject) == [(model, pinned)]
