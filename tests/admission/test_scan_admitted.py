"""What a scan says of how objects came to be as they are: on a real API server whose webhook was not always there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.admission.requests import config_map, vllm
from tests.admission.serving import Serving
from tests.admission.test_kube import installed
from tests.admission.test_scan import scanned
from tests.kube.server import Kube, running

pytestmark = pytest.mark.servers

DEPLOYMENT = "cluster/ml/Deployment.apps/vllm-gemma-deployment"


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Kube, Path]]:
    """One object from before the webhook; of those from while it was there, one was changed when it was gone. And the ledger."""
    with running() as kube:
        for name in ("ml", "plain"):
            kube.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}})
        kube.apply(named("before"), vllm())
        serving = Serving(tmp_path_factory.mktemp("serving")).start()
        installed(kube, serving)
        kube.apply(named("as-decided"), named("changed"))
        # Was denied before and is no worse: let through. Its scale is not asked about.
        kube.kubectl("-n", "ml", "annotate", "deployment", "--all", "note=here")
        kube.kubectl("-n", "ml", "scale", "deployment", "--all", "--replicas=3")
        kube.kubectl("delete", "validatingwebhookconfiguration", "policyctl")
        serving.close()
        kube.apply({**named("changed"), "data": {"a": "another"}})
        yield kube, serving.ledger


def named(name: str) -> dict[str, object]:
    return {**config_map("ml"), "metadata": {"name": name, "namespace": "ml"}}


@pytest.mark.parametrize("scan", ["first", "second"])
def test_it_is_told_what_no_decision_let_in_and_what_has_changed_since(scenario: tuple[Kube, Path], scan: str) -> None:
    kube, ledger = scenario
    found = scanned(kube, ledger, "ml").scanned

    assert [row.path for row in found.without_decision()] == ["cluster/ml/ConfigMap/before"]
    assert [row.path for row in found.changed()] == ["cluster/ml/ConfigMap/changed"]
    assert {row.path for row in found.rows} >= {DEPLOYMENT, "cluster/ml/ConfigMap/as-decided"}
