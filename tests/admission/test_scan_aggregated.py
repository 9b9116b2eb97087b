"""A scan of a cluster in which programs of others answer for some kinds: what they leave out, get wrong or do not answer at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.admission.requests import config_map
from tests.admission.test_scan import scanned
from tests.kube.aggregated import VERSION, aggregated, registration
from tests.kube.server import Kube, running

pytestmark = pytest.mark.servers

GROUP = "stats.example.com"
RESOURCES = {
    "kind": "APIResourceList",
    "apiVersion": "v1",
    "groupVersion": f"{GROUP}/{VERSION}",
    "resources": [
        {"name": plural, "singularName": "", "namespaced": True, "kind": kind, "verbs": ["list"]}
        for plural, kind in (("gauges", "Gauge"), ("numbers", "Number"), ("nothings", "Nothing"))
    ],
}


def page(*names: str, token: str = "") -> dict[str, Any]:
    """A list whose objects have neither a UID nor a time."""
    items = [{"metadata": {"name": name, "namespace": "ml"}} for name in names]
    return {"kind": "GaugeList", "apiVersion": f"{GROUP}/{VERSION}", "metadata": {"continue": token}, "items": items}


@pytest.fixture(scope="module")
def kube(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kube]:
    """A cluster with a program that answers for gauges in two pages and for others in no shape, and with one that is gone."""
    answers = {
        "": RESOURCES,
        "/namespaces/ml/gauges?limit=100": page("a", "b", token="more"),
        "/namespaces/ml/gauges?continue=more&limit=100": page("c"),
        "/namespaces/ml/gauges?limit=100&continue=more": page("c"),
        "/namespaces/ml/numbers": {**page(), "items": [7]},
        "/namespaces/ml/nothings": {"kind": "Status"},
    }
    with running() as server:
        server.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "ml"}}, config_map())
        for gone in ("metrics.k8s.io", "gone.example.com"):
            server.apply(*registration(gone, 9))
        with aggregated(server, tmp_path_factory.mktemp("aggregated"), GROUP, answers):
            yield server


def test_each_object_is_judged_though_it_has_no_uid_and_no_time(kube: Kube, tmp_path: Path) -> None:
    found = scanned(kube, tmp_path / "ledger.db", "ml").scanned
    paths = [row.path.removeprefix("cluster/ml/") for row in found.rows]

    assert sorted(paths) == ["ConfigMap/colours", *(f"Gauge.{GROUP}/{name}" for name in "abc")]


def test_what_cannot_be_listed_is_named_unless_nobody_would_look_at_it(kube: Kube, tmp_path: Path) -> None:
    found = scanned(kube, tmp_path / "ledger.db", "ml").scanned
    reasons = {one.place: one.reason for one in found.unlisted}

    assert sorted(reasons) == [
        f"gone.example.com/{VERSION}",
        f"nothings.{GROUP} in namespace ml",
        f"numbers.{GROUP} in namespace ml",
    ]
    assert "not in the shape of the API" in reasons[f"numbers.{GROUP} in namespace ml"]
    assert found.exit_code == 2
