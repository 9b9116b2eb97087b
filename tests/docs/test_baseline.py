"""What is said of the baseline is what it does."""

from __future__ import annotations

import re

import yaml

from tests.conftest import ROOT


def test_the_decision_names_the_controls_that_the_baseline_leaves_out() -> None:
    profile = yaml.safe_load((ROOT / "controls_catalog/profiles/baseline.yaml").read_text())
    told = (ROOT / "docs/decisions/baseline-selection.md").read_text()

    assert sorted(set(re.findall(r"[A-Z]{3}-\d{3}", told))) == sorted(profile["select"]["exclude"])
