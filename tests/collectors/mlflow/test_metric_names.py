"""What the names of metrics tell."""

from __future__ import annotations

import pytest

from policyctl.collectors.mlflow.metric_names import told_by


@pytest.mark.parametrize(
    ("name", "metric", "aspect"),
    [
        ("accuracy_score", "accuracy_score", "performance"),
        ("Recall", "recall", "performance"),
        ("toxicity/v1/mean", "toxicity/v1/mean", "safety"),
        ("safety/mean", "safety/mean", "safety"),
        ("Robustness/F1_Score", "robustness/f1_score", "robustness"),
        ("drift/psi", "drift/psi", "drift"),
        ("fairness/selection_rate_ratio", "fairness/selection_rate_ratio", "fairness"),
        ("toxicity_v1", "toxicity_v1", "performance"),
        ("rouge/safety", "rouge/safety", "performance"),
        ("system/cpu_utilization_percentage", "system/cpu_utilization_percentage", "performance"),
    ],
)
def test_the_first_part_is_the_aspect(name: str, metric: str, aspect: str) -> None:
    assert told_by(name) == {"metric": metric, "aspect": aspect}


@pytest.mark.parametrize(
    ("name", "metric", "part"),
    [
        ("recall_score/sex:female", "recall_score", "sex=female"),
        ("Recall/Sex:Female/age:18 to 29", "recall", "sex=female, age=18 to 29"),
        ("robustness/recall/sex:female", "robustness/recall", "sex=female"),
        ("recall/at:10:30", "recall", "at=10:30"),
    ],
)
def test_a_part_with_a_colon_is_a_part_of_the_data(name: str, metric: str, part: str) -> None:
    told = told_by(name)
    assert (told["metric"], told["slice"]) == (metric, part)


@pytest.mark.parametrize("name", ["recall/:female", "recall/sex:", "recall/ : ", "recall/sex"])
def test_half_a_part_is_none(name: str) -> None:
    assert "slice" not in told_by(name)
    assert told_by(name)["metric"] == name
