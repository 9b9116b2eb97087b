from __future__ import annotations

import pytest

from policyctl.collectors.kubernetes.images import parse_image

DIGEST = "sha256:" + "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("reference", "registry", "repository", "tag", "digest"),
    [
        ("nginx", "docker.io", "library/nginx", None, None),
        ("vllm/vllm-openai:v0.11.0", "docker.io", "vllm/vllm-openai", "v0.11.0", None),
        ("localhost:5001/crew:latest", "localhost:5001", "crew", "latest", None),
        ("localhost/crew", "localhost", "crew", None, None),
        ("registry:5000/a/b", "registry:5000", "a/b", None, None),
        ("ghcr.io/llm-d/llm-d-cuda:v0.9.0", "ghcr.io", "llm-d/llm-d-cuda", "v0.9.0", None),
        (f"nginx@{DIGEST}", "docker.io", "library/nginx", None, DIGEST),
        (f"quay.io/a/b:1.2@{DIGEST}", "quay.io", "a/b", "1.2", DIGEST),
        ("docker.io/busybox", "docker.io", "library/busybox", None, None),
        ("index.docker.io/library/busybox:1", "docker.io", "library/busybox", "1", None),
        ("a__b/c.d-e--f:T_1", "docker.io", "a__b/c.d-e--f", "T_1", None),
        ("[::1]:5000/a", "[::1]:5000", "a", None, None),
    ],
)
def test_a_reference_is_taken_apart(reference, registry, repository, tag, digest):
    image = parse_image(reference)

    assert image is not None
    assert (image["registry"], image["repository"]) == (registry, repository)
    assert (image.get("tag"), image.get("digest")) == (tag, digest)
    assert image["reference"] == reference


@pytest.mark.parametrize(
    "reference",
    [
        "",
        "Nginx",
        "gcr.io/YOUR_PROJECT/app",
        "<image>",
        "$IMAGE",
        "{{ .Values.image }}",
        "a b",
        "a//b",
        "/a",
        "a/",
        "a:",
        "a:-x",
        "a@sha256:abc",
        f"a@{DIGEST.upper()}",
        f"a@{DIGEST}0",
        "https://example.com/a",
        "a:" + "x" * 129,
        "a" * 513,
        "nginx\n",
    ],
)
def test_what_no_runtime_would_pull_is_no_image(reference):
    assert parse_image(reference) is None


@pytest.mark.parametrize("image", ["Nginx", 3, ["nginx"], {"x": 1}])
def test_an_invalid_image_is_a_gap(of_pod, hidden, image):
    subject = of_pod({"image": image})

    assert "image" not in subject.facts["containers"][0]
    assert {"models", "ai_workload", "serving"} <= hidden(subject)


@pytest.mark.parametrize("image", [None, ""])
def test_a_container_of_a_deployment_without_an_image_is_a_gap(of_pod, hidden, image):
    subject = of_pod({"image": image})

    assert subject.facts["containers"][0]["image_source"] == "missing"
    assert {"ai_workload", "serving"} <= hidden(subject)
