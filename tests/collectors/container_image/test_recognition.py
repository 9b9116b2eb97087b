"""What is a Dockerfile or a compose file, and what is not."""

from __future__ import annotations

import pytest

from policyctl import plugins
from policyctl.collectors.detection import detect
from policyctl.collectors.image_file_names import is_compose_name, is_dockerfile_name
from tests.collectors.container_image.conftest import content_of

DOCKERFILE = "# A comment\n# another\n\nFROM --platform=linux/amd64 python:3.11 AS base\nRUN pip install torch\n"


def kind_of(text: str, path: str) -> str | None:
    found = detect(content_of(text, path), plugins.collectors())
    return found.kind if found else None


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (DOCKERFILE, "Dockerfile"),
        (DOCKERFILE, "-"),
        (DOCKERFILE, "notes.txt"),
        ("ARG V=1\nFROM a:$V\n", "Containerfile.gpu"),
        ("# syntax=docker/dockerfile:1\nfrom a:1\n", "serve.dockerfile"),
        ("# Model card\nFROM a:1\nRUN x\n", "Dockerfile"),
        ("services: {a: {image: 'x:1'}}\n", "compose.yaml"),
        ("services: {a: {build: .}}\n", "stack.yml"),
        ('{"services": {"a": {"extends": "b"}}}', "compose.json"),
    ],
)
def test_dockerfiles_and_compose_files_are_known_by_what_is_in_them(text: str, path: str) -> None:
    assert kind_of(text, path) == "container_image"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("From here on nothing works.\nRUN away\n", "notes.txt"),
        ("FROM a:1\n", "query.txt"),
        ("LABEL a=b\nFROM a:1\n", "Dockerfile"),
        ("{{ range .Stages }}\nFROM a\n", "Dockerfile.tmpl"),
        ("services: {web: {project: ./web, host: appservice}}\n", "azure.yaml"),
        ("services: [a, b]\n", "x.yaml"),
        ("apiVersion: v1\nkind: X\nservices: {a: {image: b}}\n", "x.yaml"),
    ],
)
def test_other_files_are_not(text: str, path: str) -> None:
    assert kind_of(text, path) != "container_image"


def test_names_that_people_give_them() -> None:
    names = (
        "Dockerfile",
        "Dockerfile.gpu",
        "Dockerfile-cuda",
        "dockerfile",
        "a.Dockerfile",
        "Containerfile",
        "x.containerfile",
    )
    assert [name for name in names if not is_dockerfile_name(name)] == []
    others = ("Dockerfile.dockerignore", ".dockerignore", "dockerfiles", "my-dockerfile", "Makefile")
    assert [name for name in others if is_dockerfile_name(name)] == []


def test_names_of_compose_files() -> None:
    names = (
        "compose.yaml",
        "docker-compose.yml",
        "docker-compose.override.yml",
        "podman-compose.yaml",
        "compose-dev.yaml",
    )
    assert [name for name in names if not is_compose_name(name)] == []
    assert [name for name in ("composer.yaml", "compose.json", "decompose.yaml") if is_compose_name(name)] == []
