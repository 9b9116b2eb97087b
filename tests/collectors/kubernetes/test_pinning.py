from __future__ import annotations

import pytest

from policyctl.collectors.kubernetes.pinning import model_source

COMMIT = "5fd2b1b5a4e3cfa8b7d7e0d1c2b3a4958677f0e1"
SHA = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("uri", "scheme", "pinned"),
    [
        ("meta-llama/Llama-3.1-8B", "hf", "none"),
        (f"meta-llama/Llama-3.1-8B@{COMMIT}", "hf", "version"),
        ("hf://facebook/opt-125m", "hf", "none"),
        (f"hf://facebook/opt-125m:{COMMIT}", "hf", "version"),
        ("hf://facebook/opt-125m:main", "hf", "floating"),
        ("hf://facebook/opt-125m:fp16", "hf", "floating"),
        ("hf://facebook/opt-125m:v1.0", "hf", "version"),
        ("modelscope://Qwen/Qwen2.5:v2", "modelscope", "version"),
        (f"oci://registry.io/models/m@sha256:{SHA}", "oci", "digest"),
        (f"oci://registry.io/models/m:1.0@sha256:{SHA}", "oci", "digest"),
        ("oci://registry.io/models/m:1.0", "oci", "version"),
        ("oci://registry.io/models/m:latest", "oci", "floating"),
        ("oci://registry.io/models/m", "oci", "none"),
        ("s3://bucket/models/iris", "s3", "none"),
        ("s3://bucket/models/iris/v3", "s3", "version"),
        ("s3://v3/models/iris", "s3", "none"),
        ("s3://bucket/models/iris/7/", "s3", "version"),
        ("s3://bucket/models/iris/latest", "s3", "floating"),
        ("s3://bucket/models/v3/latest", "s3", "floating"),
        ("s3://bucket/models/iris?versionId=3sL4kqtJlcpXroDTDmJ", "s3", "version"),
        ("gs://bucket/model.pkl#1712345678901234", "gs", "version"),
        ("gs://bucket/sklearn/1.0/model", "gs", "none"),
        ("gs://bucket/sklearn/1.0/model/2", "gs", "version"),
        ("gs://bucket/iris/2024-05-01", "gs", "version"),
        (f"s3://bucket/models/{SHA}", "s3", "digest"),
        ("gs://bucket/Llama-3.1", "gs", "none"),
        ("pvc://claim", "pvc", "none"),
        ("pvc://claim/model/3", "pvc", "version"),
        ("models:/churn/3", "mlflow", "version"),
        ("models:/churn/Production", "mlflow", "floating"),
        ("models:/churn@champion", "mlflow", "floating"),
        ("models:/churn", "mlflow", "none"),
        (f"runs:/{COMMIT[:32]}/model", "mlflow", "version"),
        ("azureml://registries/r/models/m/versions/3", "azureml", "version"),
        ("azureml://registries/r/models/m/labels/latest", "azureml", "floating"),
        ("wandb://team/project/model:v7", "wandb", "version"),
        (f"https://huggingface.co/org/m/resolve/{COMMIT}/model.safetensors", "https", "version"),
        ("https://huggingface.co/org/m/resolve/main/model.safetensors", "https", "floating"),
        ("ollama://llama3", "ollama", "none"),
        ("ollama://llama3:8b", "ollama", "floating"),
        ("/mnt/models", "file", "none"),
        ("gpt2", "unknown", "none"),
        ("", "", "none"),
        ("$(MODEL_ID)", "unresolved", "unknown"),
        ("gs://bucket/${VERSION}", "unresolved", "unknown"),
        ("{{inputs.parameters.model}}", "unresolved", "unknown"),
        ("<your model>", "unresolved", "unknown"),
    ],
)
def test_how_exact_a_uri_is(uri, scheme, pinned):
    source = model_source(uri, ("spec",))

    assert (source["scheme"], source["pinned"]) == (scheme, pinned)


@pytest.mark.parametrize(
    ("revision", "pinned"), [(COMMIT, "version"), (COMMIT[:7], "version"), ("main", "floating"), ("$(REV)", "unknown")]
)
def test_a_revision_beside_a_hub_id_pins_it(revision, pinned):
    source = model_source("org/model", ("spec",), revision=revision)

    assert (source["pinned"], source["revision"]) == (pinned, revision)


def test_a_revision_does_not_pin_a_bucket():
    assert model_source("s3://bucket/model", ("spec",), revision=COMMIT)["pinned"] == "none"
