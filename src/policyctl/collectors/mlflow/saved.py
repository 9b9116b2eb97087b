"""Answers of MLflow that somebody saved: as its REST API gives them, or as mlflow-export-import writes them.

They tell of a version only where a release record names them: what a file says of a registry is the word of whoever wrote the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from policyctl.collectors.mlflow.logged_models import logged_model_facts, results
from policyctl.collectors.mlflow.runs import run_facts
from policyctl.collectors.mlflow.values import mappings
from policyctl.collectors.mlflow.versions import version_facts
from policyctl.model.content import Content
from policyctl.model.document import Input, Kind
from policyctl.model.gathered import Gathered, Stamp
from policyctl.model.printable import printable


class SavedMlflowCollector:
    """Reads a saved run, logged model, or model version: facts of whatever model the record is about."""

    kind: Kind = "model"

    def recognises(self, content: Content) -> bool:
        """Told by what MLflow's answers hold."""
        return len(content.values) == 1 and _told(content.values[0]) is not None

    def collect(self, contents: Sequence[Content]) -> Iterator[Input]:
        """One partial subject a content."""
        for content in contents:
            told = _told(content.values[0]) if content.values else None
            if told is None:
                message = f"{printable(content.path)}: is no run, logged model or model version of MLflow"
                yield Input(content.path, "error", self.kind, message, "save what MLflow's REST API answers")
                continue
            gathered = Gathered({"id": content.path})
            gathered.add(content.path, Stamp(content.sha256), told)
            collected = replace(gathered.collected(content.path, content.path, None), partial=True)
            yield Input(content.path, "decided", self.kind, subjects=(collected,))


def _told(value: Any) -> dict[str, Any] | None:
    """The facts in a saved answer; None where it is none."""
    if not isinstance(value, dict):
        return None
    exported = value.get("mlflow")
    if isinstance(exported, dict):
        value = {"run": _as_answered(exported)} if "info" in exported else exported
    if isinstance(version := value.get("model_version"), dict) and "version" in version:
        return version_facts(version)
    if isinstance(run := value.get("run"), dict) and isinstance(run.get("info"), dict) and "run_id" in run["info"]:
        data = run.get("data")
        metrics = mappings(data.get("metrics")) if isinstance(data, dict) else []
        id = run["info"]["run_id"]
        return {**run_facts(run), "evaluations": results([{"run_id": id, **metric} for metric in metrics], "nothing")}
    if (
        isinstance(model := value.get("model"), dict)
        and isinstance(model.get("info"), dict)
        and "model_id" in model["info"]
    ):
        return logged_model_facts(model)
    return None


def _as_answered(exported: Mapping[str, Any]) -> dict[str, Any]:
    """An exported run in the shape of the REST API: metrics there are a mapping to all values of each."""
    metrics = exported.get("metrics")
    listed = [
        {"key": key, **entry}
        for key, entries in (metrics.items() if isinstance(metrics, dict) else ())
        for entry in mappings(entries)
    ]
    data = {"params": exported.get("params"), "tags": exported.get("tags"), "metrics": listed}
    return {"info": exported["info"], "data": data, "inputs": {"dataset_inputs": exported.get("inputs")}}
