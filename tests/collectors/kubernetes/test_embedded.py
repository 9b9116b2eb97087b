"""Workloads and switches that an object carries in places that nobody here knows."""

from __future__ import annotations

import json

import pytest

IMAGE = "vllm/vllm-openai:v0.11.0"
MANIFEST = f"""
apiVersion: apps/v1
kind: Deployment
metadata: {{name: llm}}
spec: {{template: {{spec: {{containers: [{{name: m, image: "{IMAGE}"}}]}}}}}}
"""
POD = {"containers": [{"name": "m", "image": IMAGE}]}


def one(subjects, version, kind, **body):
    (found,) = subjects(json.dumps({"apiVersion": version, "kind": kind, "metadata": {"name": "x"}, **body})).values()
    return found


def kyverno(**rule):
    return {"rules": [{"name": "r", "match": {"any": [{"resources": {"kinds": ["Namespace"]}}]}, **rule}]}


@pytest.mark.parametrize(
    ("version", "kind", "body"),
    [
        ("example.com/v1", "LLM", {"spec": {"serverImage": IMAGE}}),
        ("example.com/v1", "LLM", {"spec": {"server": {"images": [IMAGE]}}}),
        ("example.com/v1", "LLM", {"spec": {"serverImage": f"{IMAGE}@sha256:abc"}}),
        ("example.com/v1", "LLM", {"spec": {"manifest": MANIFEST}}),
        (
            "helm.toolkit.fluxcd.io/v2",
            "HelmRelease",
            {"spec": {"values": {"engine": {"repository": "vllm/vllm-openai"}}}},
        ),
        (
            "argoproj.io/v1alpha1",
            "Application",
            {"spec": {"source": {"helm": {"parameters": [{"name": "image.repository", "value": "vllm/vllm-openai"}]}}}},
        ),
        (
            "argoproj.io/v1alpha1",
            "Application",
            {"spec": {"source": {"helm": {"values": "image:\n  repository: vllm/vllm-openai\n  tag: v0.11.0\n"}}}},
        ),
        ("kyverno.io/v1", "ClusterPolicy", {"spec": kyverno(generate={"kind": "Pod", "data": {"spec": POD}})}),
        (
            "kyverno.io/v1",
            "ClusterPolicy",
            {
                "spec": kyverno(
                    mutate={
                        "patchesJson6902": f"- op: replace\n  path: /spec/containers/0/image\n  value: x\n  image: {IMAGE}"
                    }
                )
            },
        ),
        (
            "mutations.gatekeeper.sh/v1",
            "Assign",
            {"spec": {"location": "spec.containers[name:*].image", "parameters": {"assign": {"value": IMAGE}}}},
        ),
        ("v1", "ConfigMap", {"data": {"deploy.yaml": MANIFEST}}),
        ("v1", "ConfigMap", {"data": {"deploy.json": json.dumps({"kind": "Pod", "spec": POD})}}),
        ("v1", "ConfigMap", {"data": {"values.yaml": f"image: {IMAGE}"}}),
        (
            "batch/v1",
            "Job",
            {
                "spec": {
                    "template": {
                        "spec": {
                            "containers": [
                                {"name": "k", "image": "kubectl:1", "args": [f"kubectl apply -f - <<EOF{MANIFEST}EOF"]}
                            ]
                        }
                    }
                }
            },
        ),
    ],
)
def test_a_workload_that_nobody_looks_at_is_a_gap(subjects, hidden, version, kind, body):
    assert {"containers", "pods", "models", "unsafe_loading"} <= hidden(one(subjects, version, kind, **body))


@pytest.mark.parametrize(
    ("version", "kind", "body"),
    [
        ("example.com/v1", "LLM", {"spec": {"logoImage": "https://example.com/logo.png", "engine": "vllm"}}),
        ("example.com/v1", "LLM", {"spec": {"docs": "use kind: Deployment"}}),
        ("kyverno.io/v1", "ClusterPolicy", {"spec": kyverno(validate={"pattern": {"spec": POD}})}),
        ("v1", "ConfigMap", {"data": {"README": "kind: Deployment", "model": "vllm/some-model"}}),
        ("apiextensions.k8s.io/v1", "CustomResourceDefinition", {"spec": {"example": MANIFEST}}),
        ("v1", "Service", {"spec": {"selector": {"app": "vllm"}}}),
    ],
)
def test_other_texts_are_none(subjects, version, kind, body):
    assert one(subjects, version, kind, **body).gaps == ()


def test_what_is_known_as_a_container_is_not_told_twice(subjects):
    found = one(subjects, "example.com/v1", "LLM", spec={"server": {"image": IMAGE, "args": ["--model=org/m"]}})

    assert [container["image"]["reference"] for container in found.facts["containers"]] == [IMAGE]
    assert found.gaps == ()


@pytest.mark.parametrize("digest", ["sha256:abc", "sha256:" + "g" * 64, "sha256:" + "A" * 64, "sha256:", "abc"])
@pytest.mark.parametrize("kind", ["Pod", "LLM"])
def test_an_image_with_an_invalid_digest_is_a_container_without_a_valid_image(subjects, digest, kind):
    container = {"name": "m", "image": f"{IMAGE}@{digest}"}
    spec = {"containers": [container]} if kind == "Pod" else {"server": container}
    (found,) = one(subjects, "v1" if kind == "Pod" else "example.com/v1", kind, spec=spec).facts["containers"]

    assert (found["image_source"], found.get("image")) == ("manifest", None)


@pytest.mark.parametrize(
    ("version", "kind", "body"),
    [
        (
            "production-stack.vllm.ai/v1alpha1",
            "VLLMRuntime",
            {"spec": {"vllmConfig": {"extraArgs": ["--trust-remote-code"]}}},
        ),
        ("example.com/v1", "LLM", {"spec": {"args": "--port 80 --trust_remote_code"}}),
        ("example.com/v1", "LLM", {"spec": {"trustRemoteCode": True}}),
        ("example.com/v1", "LLM", {"spec": {"variables": [{"name": "TRUST_REMOTE_CODE", "value": "true"}]}}),
        (
            "helm.toolkit.fluxcd.io/v2",
            "HelmRelease",
            {"spec": {"values": {"vllmConfig": {"trust_remote_code": "true"}}}},
        ),
        ("v1", "ConfigMap", {"data": {"config.yaml": "model: org/m\ntrust-remote-code: true\n"}}),
        ("v1", "ConfigMap", {"data": {"run.sh": "#!/bin/sh\nF=--trust-remote-code\nvllm serve org/m $F\n"}}),
    ],
)
def test_a_switch_outside_containers_is_found(subjects, version, kind, body):
    assert [entry["risk"] for entry in one(subjects, version, kind, **body).facts["unsafe_loading"]] == ["remote_code"]


@pytest.mark.parametrize(
    ("version", "kind", "body"),
    [
        ("example.com/v1", "LLM", {"spec": {"trustRemoteCode": False, "args": ["--trust-remote-code=false"]}}),
        ("v1", "ConfigMap", {"data": {"policy.rego": 'deny contains "no --trust-remote-code" if x'}}),
        ("kyverno.io/v1", "ClusterPolicy", {"spec": kyverno(validate={"message": "no --trust-remote-code"})}),
    ],
)
def test_words_about_switches_are_none(subjects, version, kind, body):
    assert one(subjects, version, kind, **body).facts["unsafe_loading"] == []
