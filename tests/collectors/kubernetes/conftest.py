from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from policyctl.collectors.kubernetes import KubernetesCollector
from policyctl.model.content import Content
from policyctl.model.document import Collected, Input

DATA = Path(__file__).parents[2] / "data" / "kubernetes"


def content_of(text: str, path: str = "manifest.yaml") -> Content:
    values = tuple(value for value in yaml.safe_load_all(text) if value is not None)
    return Content(path, hashlib.sha256(text.encode()).hexdigest(), "yaml", text, values)


def inputs_of(*contents: Content) -> list[Input]:
    return list(KubernetesCollector().collect(contents))


@pytest.fixture
def content() -> Callable[..., Content]:
    """A content made of YAML text."""
    return content_of


@pytest.fixture
def inputs() -> Callable[..., list[Input]]:
    """What the collector makes of one or more YAML texts, each a file of its own."""

    def collect(*texts: str) -> list[Input]:
        return inputs_of(*(content_of(text, f"{index}.yaml") for index, text in enumerate(texts)))

    return collect


@pytest.fixture
def subjects() -> Callable[..., dict[str, Collected]]:
    """The objects in YAML texts, by id."""

    def collect(*texts: str) -> dict[str, Collected]:
        found = inputs_of(*(content_of(text, f"{index}.yaml") for index, text in enumerate(texts)))
        return {subject.subject["id"]: subject for each in found for subject in each.subjects}

    return collect


@pytest.fixture
def real() -> Callable[..., dict[str, Collected]]:
    """The objects in real manifests of tests/data/kubernetes, by id."""

    def collect(*names: str) -> dict[str, Collected]:
        found = inputs_of(*(content_of((DATA / name).read_text(encoding="utf-8"), name) for name in names))
        return {subject.subject["id"]: subject for each in found for subject in each.subjects}

    return collect


@pytest.fixture
def of_pod() -> Callable[..., Collected]:
    """A Deployment whose pod spec has these fields, and whose only container has those."""

    def collect(container: dict[str, Any] | None = None, **pod: Any) -> Collected:
        spec = {"containers": [{"name": "main", "image": "app:1", **(container or {})}], **pod}
        value = {
            "apiVersion": "apps/v1",
            "kind": "Deployment",
            "metadata": {"name": "web"},
            "spec": {"template": {"metadata": {"labels": {"app": "web"}}, "spec": spec}},
        }
        (found,) = inputs_of(Content("d.yaml", "0" * 64, "yaml", "", (value,)))
        return found.subjects[0]

    return collect


@pytest.fixture
def hidden() -> Callable[[Collected], set[str]]:
    """The facts that the gaps of a subject hide."""
    return lambda subject: {path[1] for gap in subject.gaps for path in gap.get("paths", [])}
