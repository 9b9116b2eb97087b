"""Every real object that we have, given to a real API server: the verdict is that of `policyctl check` on the same object."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.admission.demo import dry_run, hold, installed
from tests.conftest import EXAMPLES

pytestmark = pytest.mark.servers

REFUSED_BEFORE = [
    "cronjob-passed.yaml CronJob",
    "cronjob-unknown.yaml CronJob",
    "malformed-securitycontext.yaml Pod",
]
"""By the API server itself: two of a version that it no longer has, and one whose containers are no list."""


def test_the_verdict_at_admission_is_that_of_check_on_the_same_object(tmp_path: Path) -> None:
    with installed() as cluster:
        said = dry_run(cluster.kube, EXAMPLES / "kubernetes" / "vllm-deployment.yaml")
        held = hold(cluster, tmp_path)

    assert "profile baseline denies Deployment corpus/vllm-gemma-deployment" in said
    assert held.unequal == []
    assert held.refused_before == REFUSED_BEFORE
    assert held.outcomes.total() == 145
