"""Metrics by group, such as Fairlearn's `MetricFrame.by_group`, as pandas writes them with `to_json(orient="table")`.

    metrics.by_group.to_json("by_group.json", orient="table")

Source: pandas, "Table schema"; Fairlearn's user guide, "Performing a fairness assessment".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from policyctl.collectors.results.told import Told, evaluation, mapping, mappings, number


def read(values: Sequence[Any]) -> Told | None:
    """One evaluation a group and metric: the table's index names the groups. None where this is no such table."""
    written = mapping(values[0]) if len(values) == 1 else {}
    schema, rows = mapping(written, "schema"), written.get("data")
    keys = schema.get("primaryKey")
    if "pandas_version" not in schema or not isinstance(rows, list) or not isinstance(keys, list) or not keys:
        return None
    metrics = [
        field["name"]
        for field in mappings(schema.get("fields"))
        if field.get("type") in ("number", "integer") and field.get("name") not in keys
    ]
    return Told(
        tuple(
            evaluation(
                str(metric),
                "table",
                "performance",
                value=number(row.get(metric)),
                slice=", ".join(f"{key}={row.get(key)}" for key in keys),
            )
            for row in mappings(rows)
            for metric in metrics
        )
    )
