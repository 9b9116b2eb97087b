"""What Amazon SageMaker Clarify and Model Monitor write: analysis.json and statistics.json.

Source: SageMaker's developer guide, "Clarify: Analysis Results", "Model quality metrics and CloudWatch metrics".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from policyctl.collectors.results.told import Told, at, evaluation, mapping, mappings, number
from policyctl.model.facts.model import Evaluation

_QUALITY: Final = ("binary_classification_metrics", "multiclass_classification_metrics", "regression_metrics")


def read(values: Sequence[Any]) -> Told | None:
    """Bias after training, by facet; and the quality of a model. Bias before training is one of the data, and none of a model.

    None where this is no such file.
    """
    written = mapping(values[0]) if len(values) == 1 else {}
    bias = mapping(written, "post_training_bias_metrics", "facets")
    quality = [mapping(written, name) for name in _QUALITY if name in written]
    if not (quality or "post_training_bias_metrics" in written or "pre_training_bias_metrics" in written):
        return None
    when = at(mapping(written, "dataset").get("evaluation_time"))
    measured = [
        evaluation(name, "sagemaker_model_monitor", "performance", value=number(one["value"]), at=when)
        for metrics in quality
        for name, one in metrics.items()
        if isinstance(one, dict) and "value" in one and not name.endswith("_best_constant_classifier")
    ]
    return Told((*_bias(bias), *measured))


def _bias(facets: Any) -> Iterator[Evaluation]:
    for facet, groups in facets.items():
        for group in mappings(groups):
            for metric in mappings(group.get("metrics")):
                yield evaluation(
                    str(metric.get("name")),
                    "sagemaker_clarify",
                    "fairness",
                    value=number(metric.get("value")),
                    slice=f"{facet}={group.get('value_or_threshold')}",
                )
