"""Facts of a logged model of MLflow 3: which run made it, and every result that was recorded about it.

Source: MLflow REST API 2.0, "Get Logged Model".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from policyctl.collectors.mlflow.metric_names import told_by
from policyctl.collectors.mlflow.runs import code_of
from policyctl.collectors.mlflow.values import mappings, moments, number, pairs, texts
from policyctl.model.facts.model import Evaluation

_STATUS = {"LOGGED_MODEL_READY": "ready", "LOGGED_MODEL_PENDING": "pending", "LOGGED_MODEL_UPLOAD_FAILED": "failed"}


def logged_model_facts(model: Mapping[str, Any]) -> dict[str, Any]:
    """What "Get Logged Model" tells, under the names of our facts."""
    info, data = model.get("info"), model.get("data")
    info, data = info if isinstance(info, dict) else {}, data if isinstance(data, dict) else {}
    status = _STATUS.get(info.get("status", ""))
    return {
        "run": texts(info, id="source_run_id"),
        "code": code_of(pairs(info.get("tags"))),
        "artefact": texts(info, location="artifact_uri"),
        **({"status": status} if status else {}),
        "evaluations": results(mappings(data.get("metrics")), "registry"),
    }


def results(metrics: Iterable[Mapping[str, Any]], bound: str) -> list[Evaluation]:
    """The last value of each metric, by run and dataset, in the order of their names. What is no finite number has no value."""
    fixed = {"tool": "mlflow", "bound": bound}
    last: dict[tuple[str, ...], tuple[tuple[float, float], Evaluation]] = {}
    for metric in metrics:
        told = texts(metric, metric="key", dataset="dataset_name", dataset_digest="dataset_digest", run="run_id")
        if "metric" not in told:
            continue
        value = number(metric.get("value"))
        result: Any = {**told, **told_by(told["metric"]), **moments(metric, at="timestamp"), **fixed}
        if value is not None:
            result["value"] = value
        key = tuple(told.get(name, "") for name in ("metric", "run", "dataset", "dataset_digest"))
        age = (number(metric.get("timestamp")) or 0, number(metric.get("step")) or 0)
        if key not in last or last[key][0] <= age:
            last[key] = (age, result)
    return [result for _, (_, result) in sorted(last.items())]
