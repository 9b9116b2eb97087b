"""Reports and test suites of Evidently, as `save_json` writes them: before version 0.7 with a time, since then without one.

Source: Evidently's documentation, "All metrics" and "Output formats"; files of 0.3, 0.4, 0.6 and 0.7.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from policyctl.collectors.json_values import parse_json
from policyctl.collectors.results.told import Told, at, evaluation, mapping, mappings, number
from policyctl.model.errors import InputError
from policyctl.model.facts.model import Evaluation

_QUALITY: Final = ("ClassificationQualityMetric", "RegressionQualityMetric")
_METRIC: Final = "evidently:metric_v2:"
_OF_PREDICTIONS: Final = ("classification_name", "regression_name")
_WORDS: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def read(values: Sequence[Any]) -> Told | None:
    """The drift of the data, the quality of the predictions, and each test; None where this is no file of Evidently."""
    written = _unpacked(values[0]) if len(values) == 1 else {}
    metrics, tests = mappings(written.get("metrics")), mappings(written.get("tests"))
    if not _is_evidently(written, metrics):
        return None
    when = at(written.get("timestamp"))
    ran = [test for test in tests if test.get("status") not in ("ERROR", "SKIPPED")]
    return Told(
        (*(one for metric in metrics for one in _measured(metric, when)), *(_tested(test, when) for test in ran)),
        untold=tuple(f"{test.get('name')} was not tested" for test in tests if test not in ran),
    )


def _is_evidently(written: Mapping[str, Any], metrics: Sequence[Mapping[str, Any]]) -> bool:
    listed = isinstance(written.get("metrics"), list) or isinstance(written.get("tests"), list)
    if "version" in written:
        return listed and "timestamp" in written
    return bool(metrics) and all(_kind(metric) for metric in metrics)


def _measured(metric: Mapping[str, Any], when: str | None) -> Iterator[Evaluation]:
    result, config = mapping(metric, "result"), mapping(metric, "config")
    if metric.get("metric") == "DatasetDriftMetric":
        drifted = result.get("dataset_drift")
        yield _drift(result.get("share_of_drifted_columns"), drifted if isinstance(drifted, bool) else None, when)
    elif metric.get("metric") in _QUALITY:
        for name, value in mapping(result, "current").items():
            if number(value) is not None:
                yield evaluation(name, "evidently", "performance", value=value, at=when)
    elif _kind(metric) == "DriftedColumnsCount":
        share, limit = number(mapping(metric, "value").get("share")), number(config.get("drift_share"))
        yield _drift(share, None if share is None or limit is None else share >= limit, when)
    elif any(name in config for name in _OF_PREDICTIONS) and number(metric.get("value")) is not None:
        yield evaluation(_WORDS.sub("_", _kind(metric)), "evidently", "performance", value=metric["value"], at=when)


def _drift(share: Any, drifted: bool | None, when: str | None) -> Evaluation:
    passed = None if drifted is None else not drifted
    return evaluation("share_of_drifted_columns", "evidently", "drift", value=number(share), passed=passed, at=when)


def _tested(test: Mapping[str, Any], when: str | None) -> Evaluation:
    about = f"{test.get('group')} {test.get('name')}".lower()
    aspect = "drift" if "drift" in about else "performance"
    return evaluation(str(test.get("name")), "evidently", aspect, passed=test.get("status") == "SUCCESS", at=when)


def _kind(metric: Mapping[str, Any]) -> str:
    """ "Accuracy" of a metric since 0.7; "" of any other."""
    kind = mapping(metric, "config").get("type")
    return kind.removeprefix(_METRIC) if isinstance(kind, str) and kind.startswith(_METRIC) else ""


def _unpacked(written: Any) -> Mapping[str, Any]:
    """`report.json()` gives a text: whoever saves it with `json.dump` has a text in a text."""
    try:
        return mapping(parse_json(written, "") if isinstance(written, str) else written)
    except InputError:
        return {}
