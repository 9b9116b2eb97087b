"""Validation results of Great Expectations: what a validation gives as JSON, or a checkpoint, which holds several.

Source: Great Expectations' documentation, "Validation Results"; results of 0.11 and 1.x.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from policyctl.collectors.results.told import Told, at, count, mapping, mappings, text
from policyctl.model.facts.model import DataCheck


def read(values: Sequence[Any]) -> Told | None:
    """One data check a validation; None where this holds none. An expectation that raised an error is untold, and was not met."""
    written = mapping(values[0]) if len(values) == 1 else {}
    found = [one for one in _validations(written) if _is_validation(one)]
    if not found:
        return None
    raised = [
        f"{_expectation(result)} ended with an error"
        for one in found
        for result in mappings(one["results"])
        if mapping(result, "exception_info").get("raised_exception") is True
    ]
    return Told(data_checks=tuple(_checked(one) for one in found), untold=tuple(raised))


def _validations(written: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    runs = mapping(written, "run_results")
    if not runs:
        yield written
    for run in runs.values():
        yield mapping(run, "validation_result") or mapping(run)


def _is_validation(written: Mapping[str, Any]) -> bool:
    return (
        isinstance(written.get("results"), list)
        and "success" in written
        and isinstance(written.get("statistics"), dict)
    )


def _checked(validation: Mapping[str, Any]) -> DataCheck:
    meta, results = mapping(validation, "meta"), mappings(validation["results"])
    tested = count(mapping(validation, "statistics").get("evaluated_expectations"))
    suite = text(validation.get("suite_name")) or text(meta.get("expectation_suite_name"))
    dataset = text(mapping(meta, "active_batch_definition").get("data_asset_name"))
    when = at(mapping(meta, "run_id").get("run_time")) or at(meta.get("validation_time"))
    checked: DataCheck = {
        "tool": "great_expectations",
        "passed": validation["success"] is True,
        "failed": [_expectation(result) for result in results if result.get("success") is not True],
    }
    if suite is not None:
        checked["suite"] = suite
    if tested is not None:
        checked["tested"] = tested
    if dataset is not None:
        checked["dataset"] = dataset
    if when is not None:
        checked["at"] = when
    return checked


def _expectation(result: Mapping[str, Any]) -> str:
    config = mapping(result, "expectation_config")
    name = text(config.get("type")) or text(config.get("expectation_type")) or "an expectation"
    column = text(mapping(config, "kwargs").get("column"))
    return f"{name}({column})" if column else name
