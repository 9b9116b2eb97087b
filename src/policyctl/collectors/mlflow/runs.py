"""Facts of a run: `run`, `code`, `datasets`.

Source: MLflow REST API 2.0, "Get Run"; names of tags: MLflow's documentation, "System Tags", and those that Databricks writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from policyctl.collectors.mlflow.values import inner_json, mappings, moments, number, pairs, texts
from policyctl.model.facts.model import Dataset

_STATUS = {
    "RUNNING": "running",
    "SCHEDULED": "scheduled",
    "FINISHED": "finished",
    "FAILED": "failed",
    "KILLED": "killed",
}
_WHERE = ("uri", "url", "path", "table_name", "delta_table_name")


def run_facts(run: Mapping[str, Any]) -> dict[str, Any]:
    """What "Get Run" tells, under the names of our facts."""
    info, data, inputs = (_mapping(run, key) for key in ("info", "data", "inputs"))
    status = _STATUS.get(info.get("status", ""))
    return {
        "run": {
            **texts(info, id="run_id", user="user_id"),
            "deleted": info.get("lifecycle_stage") != "active",
            **({"status": status} if status else {}),
            **moments(info, started="start_time", ended="end_time"),
            "parameters": pairs(data.get("params")),
        },
        "code": code_of(pairs(data.get("tags"))),
        "datasets": [_dataset(entry) for entry in mappings(inputs.get("dataset_inputs"))],
    }


def code_of(tags: Mapping[str, str]) -> dict[str, Any]:
    """The code that a run's or a logged model's tags name."""
    plain = texts(
        tags,
        revision="mlflow.source.git.commit",
        branch="mlflow.source.git.branch",
        repository="mlflow.source.git.repoURL",
        entry="mlflow.source.name",
    )
    databricks = texts(
        tags,
        revision="mlflow.databricks.gitRepoCommit",
        branch="mlflow.databricks.gitRepoReference",
        repository="mlflow.databricks.gitRepoUrl",
        entry="mlflow.databricks.notebookPath",
    )
    return {**databricks, **plain, **_dirty(tags)}


def _dirty(tags: Mapping[str, str]) -> dict[str, bool]:
    stated = tags.get("mlflow.source.git.dirty", tags.get("mlflow.databricks.gitRepoStatus", "")).lower()
    known = {"true": True, "dirty": True, "false": False, "clean": False}
    return {"dirty": known[stated]} if stated in known else {}


def _dataset(entry: Mapping[str, Any]) -> Dataset:
    dataset, tags = _mapping(entry, "dataset"), pairs(entry.get("tags"))
    read: dict[str, Any] = {
        "name": "",
        **texts(dataset, name="name", digest="digest", source_type="source_type"),
        **texts(tags, context="mlflow.data.context"),
    }
    source = inner_json(dataset.get("source"))
    if isinstance(source, dict) and (
        where := next((source[key] for key in _WHERE if isinstance(source.get(key), str)), "")
    ):
        read["source"] = where
    if columns := _columns(inner_json(dataset.get("schema"))):
        read["columns"] = columns
    profile = inner_json(dataset.get("profile"))
    rows = number(profile.get("num_rows")) if isinstance(profile, dict) else None
    if rows is not None and rows >= 0:
        read["rows"] = int(rows)
    return cast("Dataset", read)


def _columns(schema: Any) -> list[str]:
    listed = mappings(schema.get("mlflow_colspec")) if isinstance(schema, dict) else []
    return [name for column in listed if isinstance(name := column.get("name"), str)]


def _mapping(entry: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = entry.get(key)
    return value if isinstance(value, dict) else {}
