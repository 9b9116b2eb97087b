"""Our own tests notice what is changed in our own rules."""

from __future__ import annotations

import re

import pytest

from policyctl.mutating.judging import percent
from policyctl.mutating.running import run
from tests.conftest import ROOT

pytestmark = pytest.mark.servers


def test_every_control_reaches_90_percent_and_all_together_95(opa_path: str) -> None:
    results = list(run((ROOT,), [], opa_path))

    assert len(results) >= 245
    assert {judged.subject.id: judged.score for judged in results if judged.score < 90} == {}
    assert [problem for judged in results for problem in judged.problems] == []
    assert {judged.subject.id: judged.score for judged in results} == documented(), "run: make docs"
    assert percent(sum(judged.killed for judged in results), sum(judged.mutants for judged in results)) >= 95


def documented() -> dict[str, float]:
    """The scores that docs/coverage.md names, by control."""
    found = re.findall(r"([A-Z]{3}-\d{3}) \([a-z]+, (\d+\.\d) %\)", (ROOT / "docs/coverage.md").read_text())
    return {id: float(score) for id, score in found}
