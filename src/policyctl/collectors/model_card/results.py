"""Evaluation results: those of `model-index` in front matter, and the numbers in them.

Source: Hugging Face Hub, modelcard.md, key `model-index`.
"""

from __future__ import annotations

import re
from math import isfinite
from typing import Any, Final

from policyctl.model.document import Gap
from policyctl.model.facts.model_card import Result
from policyctl.model.printable import printable
from policyctl.model.secrets import conceal

_NUMBER: Final = re.compile(r"([-+]?[0-9]+(?:[.,][0-9]+)?(?:[eE][-+]?[0-9]+)?)\s*(%?)", re.ASCII)
_SHARES: Final = re.compile(
    r"^(?:.*[ _/-])?(acc|accuracy|f1|precision|recall|auc|auroc|roc[_ ]auc|exact[_ ]match|em)(?:[ _/@-].*)?$"
)
"""Metrics between 0 and 1 that cards also give in percent. A value above 1 can then only be a percentage."""


def number_of(value: Any) -> tuple[float, bool] | None:
    """The number that `value` is, and whether it is written in percent; None for what is not one finite number.

    Text counts when it is nothing but a number: "0.91", "91.2%", "91,2 %" (a comma is then a decimal comma).
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return (float(value), False) if isfinite(value) else None
    match = _NUMBER.fullmatch(value.strip()) if isinstance(value, str) and len(value) < 64 else None
    if match is None:
        return None
    number = float(match[1].replace(",", "."))
    return (number, bool(match[2])) if isfinite(number) else None


def with_value(result: Result, value: Any) -> Gap | None:
    """Sets `value`, as written, and `share`, when the metric is known to be one; a gap when `value` is no number."""
    found = number_of(value)
    if found is None:
        shown = f": {printable(repr(conceal('', value)), 60)}" if isinstance(value, str) else ""
        reason = f"the value of {result['metric']!r} is not one number{shown}"
        return {"code": "result_value", "reason": reason, "paths": [["facts", "results"]]}
    number, is_percent = found
    result["value"] = number
    if is_percent:
        result["share"] = number / 100
    elif _SHARES.match(result["metric"]) and 0 <= number <= 100:
        result["share"] = number if number <= 1 else number / 100
    return None


def read_results(index: Any) -> tuple[list[Result], list[Gap]]:
    """The results of a `model-index`, one for each metric, and gaps for the parts that are not as they should be."""
    results: list[Result] = []
    gaps: list[Gap] = []
    for model, position in _items(index, ["model-index"], gaps):
        for entry, where in _items(model.get("results"), [*position, "results"], gaps):
            for metric, path in _items(entry.get("metrics"), [*where, "metrics"], gaps):
                result = _result(entry, metric, path, gaps)
                if result is not None:
                    results.append(result)
    return results, gaps


def _items(value: Any, path: list[str | int], gaps: list[Gap]) -> list[tuple[dict[str, Any], list[str | int]]]:
    if value is None:
        return []
    if not isinstance(value, list):
        gaps.append(_shape(path, "is not a list"))
        return []
    good = [(item, [*path, number]) for number, item in enumerate(value) if isinstance(item, dict)]
    if len(good) < len(value):
        gaps.append(_shape(path, "holds something that is not a mapping"))
    return good


def _result(entry: dict[str, Any], metric: dict[str, Any], path: list[str | int], gaps: list[Gap]) -> Result | None:
    name = metric.get("type") or metric.get("name")
    if not isinstance(name, str):
        gaps.append(_shape(path, "names no metric"))
        return None
    result: Result = {"path": path, "metric": name.strip().lower()}
    task, dataset = entry.get("task"), entry.get("dataset")
    if isinstance(task, dict) and isinstance(task.get("type") or task.get("name"), str):
        result["task"] = task.get("type") or task["name"]
    if isinstance(dataset, dict) and isinstance(dataset.get("type") or dataset.get("name"), str):
        result["dataset"] = dataset.get("type") or dataset["name"]
        if isinstance(dataset.get("revision"), str):
            result["dataset_revision"] = dataset["revision"]
    if isinstance(metric.get("verified"), bool):
        result["verified"] = metric["verified"]
    gap = with_value(result, metric.get("value"))
    if gap is not None:
        gaps.append(gap)
    return result


def _shape(path: list[str | int], what: str) -> Gap:
    where = ".".join(str(step) for step in path)
    return {"code": "metadata_shape", "reason": f"{where} {what}", "paths": [["facts", "results"]]}
