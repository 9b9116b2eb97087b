"""GitLab Code Quality: what its documentation asks of each entry, and fingerprints that last."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from policyctl.model.document import Input
from policyctl.model.report import Report
from policyctl.reports.gitlab import render
from tests.conftest import DATA, EXAMPLES, Run
from tests.reports.handmade import found, report, result, untold

MANIFEST = DATA / "kubernetes/llm/quantize-gptq-job.yaml"
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "additionalProperties": False,
                "properties": {
                    "path": {"type": "string", "minLength": 1, "not": {"pattern": r"^\./"}},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
"""GitLab Docs, "Code Quality", report format: what must be there, and that paths do not begin with "./"."""


def read(text: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads(text)
    jsonschema.Draft202012Validator(SCHEMA).validate(entries)
    return entries


def test_it_is_as_documented_and_has_no_byte_order_mark(run: Run) -> None:
    out = run("check", str(EXAMPLES), "no/such/file.json", "--output", "gitlab").out
    entries = read(out)

    assert out.startswith("[")
    assert {entry["location"]["path"] for entry in entries} >= {
        "no/such/file.json",
        "examples/terraform/credit-scorer/main.tf",
    }


@pytest.mark.parametrize(
    ("made", "severity"),
    [
        pytest.param(report(result("deny", [found()])), "major", id="denies"),
        pytest.param(report(result("deny", (), [untold()], "deny")), "major", id="not told, denies"),
        pytest.param(report(result("deny", (), [untold(code="unreadable")], "deny")), "major", id="a gap, denies"),
        pytest.param(report(result("warn", [found()]), exit_code=0), "minor", id="warns"),
        pytest.param(report(result("deny", (), [untold()]), exit_code=0), "minor", id="not told, warns"),
        pytest.param(report(result("audit", [found()]), exit_code=0), "info", id="audited"),
        pytest.param(report(result("deny", [found(waiver="W-17")]), exit_code=0), "info", id="waived"),
        pytest.param(
            report(result("deny"), inputs=[Input("a", "error", message="no")], exit_code=2), "blocker", id="unreadable"
        ),
        pytest.param(report(outcome="none", exit_code=3), "blocker", id="nothing checked"),
    ],
)
def test_the_severity_says_what_it_does(made: Report, severity: str) -> None:
    assert [entry["severity"] for entry in read(render(made))] == [severity]


def test_a_run_without_findings_is_an_empty_list() -> None:
    assert read(render(report(result("deny"), outcome="allow", exit_code=0))) == []


def test_fingerprints_are_the_same_where_lines_have_moved(run: Run, tmp_path: Path) -> None:
    manifest = tmp_path / "job.yaml"
    shutil.copy(MANIFEST, manifest)
    before = read(run("check", str(manifest), "--output", "gitlab").out)
    manifest.write_text("# a line\n# another\n" + manifest.read_text())
    after = read(run("check", str(manifest), "--output", "gitlab").out)

    assert {entry["check_name"] for entry in before} >= {"SUP-004", "SEC-008"}
    assert [entry["fingerprint"] for entry in before] == [entry["fingerprint"] for entry in after]
    assert [e["location"]["lines"]["begin"] + 2 for e in before if e["check_name"] == "SEC-008"] == [
        e["location"]["lines"]["begin"] for e in after if e["check_name"] == "SEC-008"
    ]


def test_a_findings_fingerprint_is_its_id_and_each_is_there_once(run: Run) -> None:
    entries = read(run("check", str(EXAMPLES), "--output", "gitlab").out)
    decided = json.loads(run("check", str(EXAMPLES), "--output", "json").out)["decisions"]
    ids = {finding["id"] for d in decided for r in d["results"] for finding in r["findings"]}
    fingerprints = [entry["fingerprint"] for entry in entries]

    assert ids <= set(fingerprints)
    assert len(set(fingerprints)) == len(fingerprints)
