from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from policyctl.collectors.container_image import ContainerImageCollector
from policyctl.collectors.reading import parse, read
from policyctl.model.content import Content
from policyctl.model.document import Collected, Input

DATA = Path(__file__).parents[2] / "data" / "kubernetes"

Facts = Mapping[str, Any]


def content_of(text: str, path: str) -> Content:
    return parse(text, path, hashlib.sha256(text.encode()).hexdigest(), len(text))


def collected(content: Content) -> list[Collected]:
    return [subject for entry in ContainerImageCollector().collect([content]) for subject in entry.subjects]


@pytest.fixture
def dockerfile() -> Callable[[str], Collected]:
    """The subject of a Dockerfile's text."""

    def collect(text: str) -> Collected:
        (found,) = collected(content_of(text, "Dockerfile"))
        return found

    return collect


@pytest.fixture
def services() -> Callable[[str], dict[str, Collected]]:
    """The services of a compose file's text, by name."""

    def collect(text: str) -> dict[str, Collected]:
        return {str(found.facts["name"]): found for found in collected(content_of(text, "compose.yaml"))}

    return collect


@pytest.fixture
def service(services: Callable[[str], dict[str, Collected]]) -> Callable[[str], Collected]:
    """One service with an image and these further lines, each a field."""

    def collect(fields: str) -> Collected:
        lines = "\n".join(f"    {line}" for line in fields.splitlines())
        return services(f"services:\n  llm:\n    image: vllm/vllm-openai:v0.11.0\n{lines}\n")["llm"]

    return collect


@pytest.fixture
def inputs() -> Callable[[str, str], list[Input]]:
    """All that becomes of a text of this name."""
    return lambda text, path: list(ContainerImageCollector().collect([content_of(text, path)]))


@pytest.fixture
def real() -> Callable[[str], dict[str, Collected]]:
    """The subjects of a real file, by name."""
    return lambda name: {str(one.facts["name"]).rpartition("/")[2]: one for one in collected(read(str(DATA / name)))}


def hidden(found: Collected) -> set[str]:
    """The facts that gaps hide."""
    return {path[1] for gap in found.gaps for path in gap["paths"] if len(path) > 1}
