"""Files of results among the files of runs, on a real MLflow server."""

from __future__ import annotations

import json
from typing import Any

import pytest

from policyctl.collectors.mlflow import MlflowRegistry
from policyctl.model.content import Surroundings
from policyctl.model.document import Collected
from tests.conftest import DATA
from tests.mlflow_server import Tracking

pytestmark = pytest.mark.servers

PROMPTFOO = (DATA / "results" / "promptfoo-results.json").read_bytes()
CHECK = (DATA / "results" / "ge-1.json").read_bytes()


def one(tracking: Tracking, text: str) -> Collected:
    (entry,) = MlflowRegistry().collect(text, Surroundings(tracking.environment))
    assert entry.status == "decided", entry.message
    return entry.subjects[0]


def registered(tracking: Tracking, name: str, files: dict[str, bytes]) -> tuple[dict[str, Any], str]:
    """A version whose run made its model and no other, with `files` in the run's folder; gives the logged model and the run's id."""
    run = tracking.run()
    info = tracking.logged_model(run["run_id"], {"weights.bin": b"weights"})
    made(tracking, run["run_id"], info["model_id"])
    for path, content in files.items():
        tracking.upload(run["artifact_uri"], path, content)
    tracking.model(name)
    tracking.version(name, f"models:/{info['model_id']}", run["run_id"])
    return info, run["run_id"]


def made(tracking: Tracking, run: str, model: str) -> None:
    tracking.post("runs/outputs", {"run_id": run, "models": [{"model_id": model, "step": 0}]})


def told(version: Collected) -> list[tuple[Any, ...]]:
    keys = ("tool", "metric", "passed", "bound", "file")
    return [tuple(result.get(key) for key in keys) for result in version.facts["evaluations"]]


def test_results_of_the_run_that_made_the_version_are_tied_to_it(tracking: Tracking) -> None:
    files = {"promptfoo.json": PROMPTFOO, "validation.json": CHECK, "notes.json": b"{}", "loss.csv": b"1,2\n"}
    _, run = registered(tracking, "with-results", files)

    version = one(tracking, "with-results/1")

    file = f"mlflow: run {run}: promptfoo.json"
    assert told(version) == [("promptfoo", "pass_rate", False, "registry", file)]
    assert [(check["passed"], check["tested"]) for check in version.facts["data_checks"]] == [(False, 3)]
    assert str(version.locate("", ("evaluations", 0, "passed"))) == file
    assert not version.gaps


def test_results_of_a_run_that_made_two_models_are_tied_to_none(tracking: Tracking) -> None:
    _, run = registered(tracking, "two", {"promptfoo.json": PROMPTFOO})
    made(tracking, run, tracking.logged_model(run, {"weights.bin": b"other"})["model_id"])

    assert [bound for _, _, _, bound, _ in told(one(tracking, "two/1"))] == ["nothing"]


def test_a_run_that_recorded_results_of_the_version_is_looked_at_too(tracking: Tracking) -> None:
    info, _ = registered(tracking, "evaluated", {})
    evaluation = tracking.run()
    metric = {"run_id": evaluation["run_id"], "key": "accuracy", "value": 0.9, "timestamp": 1795370401860, "step": 0}
    tracking.post("runs/log-metric", {**metric, "model_id": info["model_id"]})
    tracking.upload(evaluation["artifact_uri"], "promptfoo.json", PROMPTFOO)

    # The run does not say that it took this model and no other.
    assert told(one(tracking, "evaluated/1"))[1][3] == "nothing"

    linked = {"run_id": evaluation["run_id"], "models": [{"model_id": info["model_id"]}]}
    tracking.post("runs/log-inputs", linked)
    assert told(one(tracking, "evaluated/1"))[1][3] == "registry"


def test_a_json_file_that_cannot_be_read_may_hold_a_result(tracking: Tracking) -> None:
    _, run = registered(tracking, "broken", {"garak.report.jsonl": b'{"entry_type": "start_run setup"}\n{"entry_'})

    version = one(tracking, "broken/1")

    assert told(version) == []
    (gap,) = version.gaps
    assert gap["paths"] == [["facts", "data_checks"], ["facts", "evaluations"]]
    assert gap["reason"].startswith(f"mlflow: run {run}: garak.report.jsonl: ")
    assert "line 2" in gap["reason"] or ":2:" in gap["reason"]


def test_too_many_json_files_are_said(tracking: Tracking) -> None:
    many = {f"{index:02}.json": json.dumps({"step": index}).encode() for index in range(33)}
    _, run = registered(tracking, "crowded", many)

    (gap,) = one(tracking, "crowded/1").gaps

    assert gap["reason"] == f"mlflow: run {run}: files: more than 32 JSON files"


def test_results_of_a_run_that_is_said_to_have_trained_are_tied_to_nothing(tracking: Tracking) -> None:
    other = tracking.run()
    tracking.upload(other["artifact_uri"], "promptfoo.json", PROMPTFOO)
    tracking.model("claimed")
    tracking.version("claimed", "s3://models/claimed", other["run_id"])

    assert [bound for _, _, _, bound, _ in told(one(tracking, "claimed/1"))] == ["nothing"]
