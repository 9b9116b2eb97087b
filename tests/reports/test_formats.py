"""Every format says the same of the same decisions, and says it in its format's own grammar."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.conftest import DATA, EXAMPLES, Run

INPUTS = (str(EXAMPLES), "no/such/file.json")


@pytest.fixture
def as_json(run: Run) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(run("check", *INPUTS, "--output", "json").out)
    return report


def test_json_is_valid_by_the_published_schema(as_json: dict[str, Any]) -> None:
    schema = json.loads((files("policyctl.reports") / "report.schema.json").read_text())

    jsonschema.Draft202012Validator(schema).validate(as_json)


def test_json_of_nothing_checked_is_valid_too(run: Run, tmp_path: Path) -> None:
    schema = json.loads((files("policyctl.reports") / "report.schema.json").read_text())

    jsonschema.Draft202012Validator(schema).validate(json.loads(run("check", str(tmp_path), "--output", "json").out))


def test_sarif_is_valid_by_its_schema(run: Run) -> None:
    schema = json.loads((DATA / "schemas" / "sarif-2.1.0-rtm.5.json").read_text())

    jsonschema.Draft4Validator(schema).validate(json.loads(run("check", *INPUTS, "--output", "sarif").out))


def test_sarif_has_a_result_for_every_finding_with_its_region_and_fingerprint(
    run: Run, as_json: dict[str, Any]
) -> None:
    (log,) = json.loads(run("check", *INPUTS, "--output", "sarif").out)["runs"]
    findings = [f for d in as_json["decisions"] for r in d["results"] for f in r["findings"]]
    fails = [result for result in log["results"] if result["kind"] == "fail"]

    assert sorted(f["id"] for f in findings) == sorted(r["partialFingerprints"]["policyctlFinding/v1"] for r in fails)
    assert all(r["locations"][0]["physicalLocation"]["region"]["startLine"] >= 1 for r in log["results"])


def test_sarif_rules_are_those_of_its_results_and_tell_their_clauses(run: Run) -> None:
    (log,) = json.loads(run("check", *INPUTS, "--output", "sarif").out)["runs"]
    rules = log["tool"]["driver"]["rules"]

    assert {rule["id"] for rule in rules} == {result["ruleId"] for result in log["results"]}
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in log["results"])
    assert all(any(" " in tag for tag in rule["properties"]["tags"]) for rule in rules)


def test_sarif_tells_of_input_that_could_not_be_read(run: Run) -> None:
    (log,) = json.loads(run("check", *INPUTS, "--output", "sarif").out)["runs"]

    assert log["invocations"][0]["executionSuccessful"] is False
    assert log["invocations"][0]["exitCode"] == 2


def test_the_table_names_each_failing_control_its_place_and_its_fix(run: Run, as_json: dict[str, Any]) -> None:
    table = run("check", *INPUTS).out
    failing = {r["control"]["id"] for d in as_json["decisions"] for r in d["results"] if r["status"] == "fail"}

    assert failing
    assert all(f" {id}  " in table for id in failing)
    assert "main.tf:82" in table
    assert "fix  " in table
    assert "error no/such/file.json" in table


def test_one_unreadable_field_is_said_once(run: Run) -> None:
    """The image of the job is $IMAGE_URL, which hides facts that five controls read, and several that SUP-004 does."""
    table = run("check", str(DATA / "kubernetes/llm/quantize-gptq-job.yaml")).out

    assert table.count("is not an image reference: '$IMAGE_URL'") == 1


def test_the_last_line_of_the_table_adds_up(run: Run, as_json: dict[str, Any]) -> None:
    table = run("check", *INPUTS).out
    statuses = as_json["summary"]["statuses"]
    fails = [r for d in as_json["decisions"] for r in d["results"] if r["status"] == "fail"]
    partly = sum(bool(r["undetermined"]) for r in fails)

    assert partly
    assert (
        f"DENY  {statuses['fail']} failed ({partly} of them in part undetermined), "
        f"{statuses['undetermined']} undetermined, {statuses['pass']} passed" in " ".join(table.split("\n"))
    )


def test_the_markdown_counts_as_the_table_does(run: Run) -> None:
    table, markdown = run("check", *INPUTS).out, run("check", *INPUTS, "--output", "markdown").out
    counted = " ".join(table.split("\n")).partition("DENY  ")[2].rpartition("DENY  ")[2].partition(" undetermined,")[0]

    assert counted
    assert f"{counted} undetermined" in markdown


def test_the_ids_of_findings_stand_in_the_table_and_can_be_explained(run: Run) -> None:
    plan = str(EXAMPLES / "terraform/credit-scorer/plan.json")
    ids = re.findall(r"\[([0-9a-f]{12})\]", run("check", plan).out)

    assert len(ids) > 5
    assert all(run("explain", id).code == 0 for id in ids[:3])


def test_what_is_not_recorded_has_no_id_to_explain(run: Run) -> None:
    table = run("check", *INPUTS, "--no-record").out

    assert "policyctl explain" not in table
    assert not re.findall(r"\[[0-9a-f]{12}\]", table)


@pytest.mark.parametrize("output", ["table", "markdown"])
def test_a_gap_is_said_once_with_the_controls_that_it_keeps_from_telling(run: Run, output: str) -> None:
    told = run("check", str(DATA / "model_cards/hf-spec-modelcard.md"), "--output", output).out

    assert "DAT-004, EVA-001, SUP-005, SUP-006" in told
    assert " ".join(told.split()).count("the front matter cannot be read") == 1


def test_a_gap_has_the_place_that_cannot_be_read(run: Run) -> None:
    table = run("check", str(DATA / "model_cards/hf-spec-modelcard.md")).out

    assert "hf-spec-modelcard.md:38  cannot be told: the front matter" in table


def test_a_field_that_cannot_be_read_is_shown_at_its_line(run: Run) -> None:
    """Line 7 holds the label `country: no`."""
    table = " ".join(run("check", str(DATA / "bad/yaml-norway.yaml")).out.split())
    line = (DATA / "bad/yaml-norway.yaml").read_text().splitlines().index("    country: NO") + 1

    assert f"yaml-norway.yaml:{line} ConfigMap.v1/-/countries: cannot be told: metadata.labels.country" in table


def test_the_table_has_no_escape_sequences_where_there_is_no_terminal(run: Run) -> None:
    assert "\x1b" not in run("check", *INPUTS).out


def test_what_a_file_says_cannot_reach_the_terminal_as_an_escape(run: Run, tmp_path: Path) -> None:
    manifest = tmp_path / "pod.yaml"
    manifest.write_text(
        'apiVersion: v1\nkind: Pod\nmetadata: {name: "a\\e[31m"}\nspec: {containers: [{name: "\\e[2J", image: "x:latest"}]}\n'
    )
    ran = run("check", str(manifest))

    assert "\x1b" not in ran.out + ran.err


def test_markdown_cannot_be_broken_by_what_a_file_says(run: Run, tmp_path: Path) -> None:
    manifest = tmp_path / "pod.yaml"
    manifest.write_text(
        'apiVersion: v1\nkind: Pod\nmetadata: {name: "a|<b>"}\nspec: {containers: [{name: c, image: "x:latest"}]}\n'
    )
    markdown = run("check", str(manifest), "--output", "markdown").out

    assert "## policyctl: deny" in markdown or "## policyctl: warn" in markdown
    assert "<b>" not in markdown


def test_an_unknown_format_is_a_usage_error_before_anything_is_decided(run: Run, own_home: Path) -> None:
    ran = run("check", *INPUTS, "--output", "pdf")

    assert ran.code == 2
    assert "sarif" in ran.err
    assert not list(own_home.rglob("*.db"))
