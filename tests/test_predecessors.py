"""The version that a release record says is replaced."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from policyctl.gathering import gather
from policyctl.model.document import Collected, Gap

RECORD = """policyctl: release
id: triage-3
system: ticket-triage
model: triage/3
sources: [logged_model.json]
"""
METRIC = {"key": "accuracy", "value": 0.91, "timestamp": 1790000000000, "dataset_name": "q3", "dataset_digest": "5f0c"}


def saved(model: str, *metrics: dict[str, Any]) -> str:
    return json.dumps({"model": {"info": {"model_id": model}, "data": {"metrics": list(metrics)}}})


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("logged_model.json").write_text(saved("m-2", METRIC | {"value": 0.95}))
    Path("in_use.json").write_text(saved("m-1", METRIC))


def version(replaces: str) -> Collected:
    Path("release.yaml").write_text(f"{RECORD}replaces: {replaces}\n")
    (found,) = [one for entry in gather(["release.yaml"]) for one in entry.subjects if one.kind == "model"]
    return found


def test_its_results_are_told_apart_from_those_of_the_version_itself() -> None:
    told = version("in_use.json")

    assert [result["value"] for result in told.facts["evaluations"]] == [0.95]
    before = told.facts["predecessor"]
    assert (before["id"], [result["value"] for result in before["evaluations"]]) == ("in_use.json", [0.91])
    assert str(told.locate("", ("predecessor", "evaluations", 0))) == "in_use.json"
    assert not told.gaps


def gap(replaces: str) -> Gap:
    told = version(replaces)
    assert "predecessor" not in told.facts
    (found,) = told.gaps
    assert found["paths"] == [["facts", "predecessor"]]
    return found


def test_one_that_cannot_be_read_is_a_gap() -> None:
    assert gap("gone.json")["reason"] == "gone.json: cannot be read (no such file or directory)"
    assert "does not lie beside the record" in gap("../in_use.json")["reason"]


def test_a_file_that_tells_of_no_version_is_a_gap() -> None:
    Path("in_use.json").write_text("{}")

    assert gap("in_use.json")["code"] == "unreadable_source"


def test_what_could_not_be_measured_of_it_is_a_gap() -> None:
    Path("in_use.json").write_text(json.dumps({"results": {"timestamp": None, "results": [{"success": "?"}]}}))

    told = version("in_use.json")

    (found,) = told.gaps
    assert (found["paths"], found["code"]) == ([["facts", "predecessor"]], "not_measured")
