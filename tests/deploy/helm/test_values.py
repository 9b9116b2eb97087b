"""What the chart says of itself is what it has."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from policyctl.admission.metrics import Metrics
from tests.conftest import ROOT

CHART = ROOT / "deploy" / "helm" / "policyctl"
SCHEMA = json.loads((CHART / "values.schema.json").read_text())
BOARD = json.loads((CHART / "dashboards" / "policyctl.json").read_text())
QUERIES = [target["expr"] for panel in BOARD["panels"] for target in panel["targets"]]
_OURS = re.compile(r"\bpolicyctl_\w+")
_LABELS = re.compile(r"\bby \(([^)]*)\)|(\w+)\s*(?:=~|!=|!~|=)\"")


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    """Every schema of an object in a schema."""
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for inner in schema.values():
            yield from objects(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from objects(inner)


def leaves(schema: dict[str, Any], before: str = "") -> Iterator[str]:
    """The values that somebody can set, by their paths."""
    for name, inner in schema["properties"].items():
        if "properties" in inner:
            yield from leaves(inner, f"{before}{name}.")
        elif name != "global":  # Helm's own, where the chart is part of another
            yield before + name


def at(values: Any, path: str) -> Any:
    for name in path.split("."):
        values = values[name]
    return values


def test_no_object_of_values_takes_what_it_does_not_know() -> None:
    open_ended = [one for one in objects(SCHEMA) if one.get("additionalProperties", True) is True]

    assert open_ended == [SCHEMA["properties"]["global"]]


@pytest.mark.parametrize("path", list(leaves(SCHEMA)))
def test_a_value_has_a_default_and_is_told_in_the_readme(path: str) -> None:
    assert at(yaml.safe_load((CHART / "values.yaml").read_text()), path) is not None
    assert f"`{path}`" in (CHART / "README.md").read_text()


def test_the_chart_is_of_this_version() -> None:
    told = yaml.safe_load((CHART / "Chart.yaml").read_text())
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]

    assert (told["version"], told["appVersion"]) == (version, version)


def test_the_dashboard_asks_for_every_measure_and_for_none_that_is_not_there() -> None:
    exposed = dict(re.findall(r"^# TYPE (policyctl_\w+) (\w+)$", Metrics().text().decode(), re.MULTILINE))
    series = {f"{name}_bucket" if kind == "histogram" else name for name, kind in exposed.items()}
    asked = {name for query in QUERIES for name in _OURS.findall(query)}

    assert {name for name in series if not name.endswith("_created")} == asked


def test_the_dashboard_groups_by_labels_that_the_measures_have() -> None:
    metrics = Metrics()
    metrics.requests.labels("CREATE", "deny").inc()
    metrics.controls.labels("SEC-008", "fail").inc()
    metrics.errors.labels("engine").inc()
    lines = metrics.text().decode().splitlines()
    for query in QUERIES:
        (name,) = set(_OURS.findall(query))
        having = {label for line in lines if line.startswith(name) for label in re.findall(r'[{,](\w+)="', line)}
        named = {word.strip() for by, one in _LABELS.findall(query) for word in (by or one).split(",")}
        assert named <= having, query
