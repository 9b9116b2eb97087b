"""The pages of the handbook, from a small content folder beside ours: what is in the files is on the page."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run

ENTRY = """id: ORG-001
title: Pods are small
objective: No pod has more than three containers.
rationale: Nobody understands more.
severity: high
kinds: [kubernetes_object]
parameters:
  most: {type: integer, description: The most containers of a pod., default: 3}
remediation: |
  Split the pod:
      containers: [one]
evidence: The manifest's digest.
"""
RULE = """package policyctl.controls.own.small

resources := {input.facts.id}

findings contains finding if {
	count(input.facts.containers) > input.profile.parameters.own.small.most
	finding := {"code": "too_many", "resource": input.facts.id, "message": "it has <4> containers", "path": []}
}
"""
TEST = """package policyctl.controls.own.small_test

import data.policyctl.controls.own.small as control

test_one_container_is_small if {
	control.findings == set() with input.facts as {"id": "a", "containers": [1]}
		with input.profile.parameters as {"own": {"small": {"most": 3}}}
}
"""
POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: big}\nspec:\n  containers:\n" + "".join(
    f"    - {{name: c{n}, image: a}}\n" for n in range(4)
)


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("handbook")
    catalog, rules = place / "policy/controls_catalog/own", place / "policy/rego/policyctl/controls/own/small"
    examples = catalog / "small/examples/fail.too_many"
    for folder in (rules, examples):
        folder.mkdir(parents=True)
    (catalog / "small.yaml").write_text(ENTRY)
    (rules / "small.rego").write_text(RULE)
    (rules / "small_test.rego").write_text(TEST)
    (examples / "pod.yaml").write_text(POD)
    (place / "policyctl.yaml").write_text("content: [policy]\n")
    return place


@pytest.fixture(scope="module")
def pages(docs: Path) -> Path:
    command = [sys.executable, "-m", "policyctl", "control", "docs", "out", "--markdown", "--as-of", "2026-11-21"]
    done = subprocess.run(command, cwd=docs, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return docs / "out" / "docs"


def test_a_control_has_all_that_its_files_say(pages: Path) -> None:
    text = (pages / "controls/ORG-001.md").read_text()
    for said in (
        "# ORG-001 Pods are small",
        "No pod has more than three containers.",
        "Nobody understands more.",
        "It serves no clause of a law or standard.",
        "<code>facts.containers</code>",
        "| <code>most</code> | integer | <code>3</code> | The most containers of a pod. |",
        "Split the pod:",
        "containers: [one]",
        "### fail (too\\_many)",
        "fail  ORG-001  Pod.v1/-/big",
        "too_many at line 1: Pod.v1/-/big: it has <4> containers",
        "- one container is small",
        "nobody measured it",
    ):
        assert said in text, said


def test_our_own_are_there_with_clauses_and_profiles(pages: Path) -> None:
    text = (pages / "controls/DAT-002.md").read_text()
    assert "(../frameworks/eu_ai_act.md)" in text
    assert "| Art. 15(5) | supports |" in text
    assert "| <code>iso-42001</code> | warn |" in text
    assert "fail  DAT-002" in text
    assert "pass  DAT-002" in text


def test_a_framework_names_gaps_and_what_is_out_of_scope(pages: Path) -> None:
    text = (pages / "frameworks/eu_ai_act.md").read_text()
    assert "[DAT-002](../controls/DAT-002.md) (supports, not measured)" in text
    assert "## Out of scope" in text


def test_the_site_names_every_control(pages: Path, run: Run) -> None:
    index = (pages / "index.md").read_text()
    ids = [control["id"] for control in json.loads(run("control", "list", "--output", "json").out)["controls"]]
    assert [id for id in [*ids, "ORG-001"] if f"[{id}](controls/{id}.md)" not in index] == []
    assert {path.stem for path in (pages / "controls").iterdir()} == {*ids, "ORG-001"}
