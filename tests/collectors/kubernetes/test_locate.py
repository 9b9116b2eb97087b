"""Findings point at the line of the manifest, read by the real reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyctl.collectors.kubernetes import KubernetesCollector
from policyctl.collectors.reading import read

DATA = Path(__file__).parents[2] / "data" / "kubernetes"


def located(name: str, subject_id: str):
    content = read(name, file=DATA / name)
    (found, *_) = KubernetesCollector().collect([content])
    subject = next(subject for subject in found.subjects if subject.subject["id"] == subject_id)
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()

    def line(resource: str, *path: str | int) -> str:
        location = subject.locate(resource, path)
        assert location is not None
        assert location.file == name
        return lines[location.line - 1].strip()

    return line


ID = "LeaderWorkerSet.leaderworkerset.x-k8s.io/-/sglang"
WORKER = ("spec", "leaderWorkerTemplate", "workerTemplate", "spec", "containers", 0)


@pytest.mark.parametrize(
    ("resource", "path", "text"),
    [
        (ID, (*WORKER, "image"), "image: lmsysorg/sglang:latest"),
        (ID, (*WORKER, "command", 13), "- --trust-remote-code"),
        ("spec.leaderWorkerTemplate.workerTemplate.spec/sglang-worker", ("image",), "image: lmsysorg/sglang:latest"),
        (
            "spec.leaderWorkerTemplate.workerTemplate.spec/sglang-worker",
            (*WORKER, "image"),
            "image: lmsysorg/sglang:latest",
        ),
        (ID, ("facts", "object", "spec", "replicas"), "replicas: 2"),
        (ID, ("object", "spec", "replicas"), "replicas: 2"),
        (ID, ("labels",), "metadata:"),
    ],
)
def test_a_place_is_found_by_resource_and_path(resource, path, text):
    assert located("llm/lws-sglang.yaml", ID)(resource, *path) == text


@pytest.mark.parametrize("path", [("containers", 1), ("facts", "containers", 1), ("facts", "containers", 1, "nothing")])
def test_the_index_of_a_fact_leads_to_what_it_was_read_from(path):
    assert located("llm/lws-sglang.yaml", ID)(ID, *path) == "- name: sglang-worker"


def test_an_object_of_a_list_is_found_inside_it():
    line = located("plain/list-frontend.yaml", "Deployment.apps/-/frontend")

    assert line("Deployment.apps/-/frontend", "spec", "replicas") == "replicas: 1"


def test_the_second_document_of_a_file_has_its_own_lines():
    line = located("kserve/trainedmodels-multidoc.yaml", "TrainedModel.serving.kserve.io/-/model2-sklearn")

    assert line("x", "metadata", "name") == 'name: "model2-sklearn"'
