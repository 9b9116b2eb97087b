"""A cluster without nodes, in which the chart is installed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import yaml

from tests.conftest import DATA, ROOT
from tests.kube.server import Kube, running


@pytest.fixture(scope="module")
def kube() -> Iterator[Kube]:
    """An API server with a namespace for policyctl, and the kind ServiceMonitor."""
    with running() as server:
        namespace = ROOT / "deploy" / "kubernetes" / "namespace.yaml"
        kind = DATA / "kube" / "monitoring.coreos.com_servicemonitors.yaml"
        server.apply(yaml.safe_load(namespace.read_text()), yaml.safe_load(kind.read_text()))
        server.kubectl(
            "wait", "--for", "condition=Established", f"crd/{yaml.safe_load(kind.read_text())['metadata']['name']}"
        )
        yield server
