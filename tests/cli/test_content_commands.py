"""Commands that read the content: controls, mappings, explanations."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from policyctl.bundles.build import unpack
from tests.conftest import EXAMPLES, Run

FAULTY = str(EXAMPLES / "terraform/credit-scorer/plan.json")


def test_all_controls_are_listed(run: Run) -> None:
    controls = json.loads(run("control", "list", "--output", "json").out)["controls"]

    assert len(controls) >= 24
    assert all(control["clauses"] for control in controls)
    assert {kind for control in controls for kind in control["kinds"]} == {
        "terraform_plan",
        "container_image",
        "kubernetes_object",
        "model_card",
        "agent",
        "bom",
        "system",
        "competence",
        "decommissioning",
        "gpai_model",
        "impact_assessment",
        "incident",
        "supplier",
        "model",
    }


def test_the_list_says_what_the_profile_does_with_each(run: Run) -> None:
    controls = json.loads(run("control", "list", "--output", "json", "--profile", "baseline").out)["controls"]
    enforcement = {control["id"]: control["enforcement"] for control in controls}

    assert enforcement["SEC-001"] == "deny"
    assert enforcement["EVA-002"] is None


def test_the_list_says_what_is_attested_and_what_derived(run: Run) -> None:
    controls = json.loads(run("control", "list", "--output", "json").out)["controls"]
    attested = {control["id"] for control in controls if control["basis"] == "attested"}

    assert len(attested) >= 10
    assert attested == {control["id"] for control in controls if "statement" in control}
    assert [line.split()[3] for line in run("control", "list").out.splitlines() if line.startswith("OVS-001")] == [
        "attested"
    ]
    assert "What a named person attests" in run("control", "show", "OVS-001").out


def test_one_control_is_shown_with_its_clauses_and_what_it_reads(run: Run) -> None:
    shown = json.loads(run("control", "show", "sec-001", "--output", "json").out)

    assert shown["id"] == "SEC-001"
    assert ["facts", "resources", "aws_sagemaker_endpoint_configuration"] in shown["reads"]
    assert any(clause["clause"] == "Art. 15(5)" for clause in shown["clauses"])


def test_an_unknown_control_is_a_usage_error(run: Run) -> None:
    assert run("control", "show", "SEC-999").code == 2


def test_the_content_lints(run: Run) -> None:
    assert run("control", "lint").code == 0


def test_every_edge_is_shown_with_its_reason(run: Run) -> None:
    edges = json.loads(run("mapping", "show", "--output", "json").out)["edges"]

    assert {edge["framework"] for edge in edges} >= {"eu_ai_act"}
    assert all(edge["because"] and edge["covers"] in ("full", "part", "supports") for edge in edges)


def test_edges_of_one_framework(run: Run) -> None:
    edges = json.loads(run("mapping", "show", "--framework", "eu_ai_act", "--output", "json").out)["edges"]

    assert {edge["framework"] for edge in edges} == {"eu_ai_act"}
    assert run("mapping", "show", "--framework", "eu_ai").code == 2


def test_a_control_is_explained(run: Run) -> None:
    out = run("explain", "SEC-001").out

    assert "Art. 15(5)" in out
    assert "kms_key_arn = aws_kms_key.ml.arn" in out


def test_a_finding_is_explained_from_the_record(run: Run) -> None:
    decision = json.loads(run("check", FAULTY, "--output", "json").out)["decisions"][0]
    (result,) = [r for r in decision["results"] if r["control"]["id"] == "LOG-001"]
    explained = json.loads(run("explain", result["findings"][0]["id"], "--output", "json").out)

    assert explained["entry"] == decision["id"]
    assert explained["place"].startswith("examples/terraform/credit-scorer/main.tf:")
    assert explained["rule"].startswith("rego/policyctl/controls/logging/inference_capture/inference_capture.rego:")
    assert "false" in explained["actual"]


def test_a_finding_that_is_not_on_record_is_a_usage_error(run: Run) -> None:
    run("check", FAULTY)

    assert run("explain", "000000000000").code == 2


def test_the_bundle_is_written_and_the_same_content_gives_the_same_bytes(run: Run, tmp_path: Path) -> None:
    first, second = tmp_path / "a.tar.gz", tmp_path / "b.tar.gz"
    ran = run("bundle", "build", str(first))
    run("bundle", "build", str(second))

    assert ran.code == 0
    assert unpack(first.read_bytes()).identity.revision in ran.out
    assert first.read_bytes() == second.read_bytes()


def test_a_bundle_that_cannot_be_written_is_a_usage_error(run: Run, tmp_path: Path) -> None:
    assert run("bundle", "build", str(tmp_path / "missing" / "a.tar.gz")).code == 2


def test_a_family_that_is_not_there_is_a_usage_error(run: Run) -> None:
    assert run("control", "list", "--family", "secuirty").code == 2


@pytest.mark.parametrize(("command", "key"), [("show", "edges"), ("gaps", "gaps")])
def test_mappings_are_also_csv_and_markdown(run: Run, command: str, key: str) -> None:
    listed = [(one["framework"], one["clause"]) for one in json.loads(run("mapping", command, "-o", "json").out)[key]]
    _, *rows = csv.reader(run("mapping", command, "-o", "csv").out.splitlines())
    _, rule, *lines = run("mapping", command, "-o", "markdown").out.splitlines()

    assert [(row[0], row[1]) for row in rows] == listed
    assert set(rule) == set("| -")
    assert [tuple(line.split(" | ")[:2]) for line in lines] == [(f"| {one}", two) for one, two in listed]
