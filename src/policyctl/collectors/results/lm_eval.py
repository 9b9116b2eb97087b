"""Results of lm-evaluation-harness, as it wrote them before version 0.4 ("acc") and since ("acc,none").

Source: EleutherAI/lm-evaluation-harness: results, n-samples, task_hashes, config, date.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from policyctl.collectors.results.told import Told, at, count, evaluation, mapping, number, text
from policyctl.model.facts.model import Evaluation

_ASPECTS: Final = (
    ("safety", ("advglue", "realtoxicityprompts", "toxigen", "wmdp")),
    ("fairness", ("bbq", "crows_pairs", "simple_cooccurrence_bias", "winogender")),
)
_NO_METRICS: Final = ("alias", "name", "sample_count", "sample_len")


def read(values: Sequence[Any]) -> Told | None:
    """One evaluation a task and metric; None where this is no file of the harness."""
    if len(values) != 1 or not isinstance(values[0], dict):
        return None
    (written,) = values
    if not isinstance(written.get("results"), dict) or not isinstance(written.get("versions"), dict):
        return None
    found = [one for task, metrics in written["results"].items() for one in _of(task, mapping(metrics), written)]
    return Told(tuple(found), untold=tuple(_limited(written)))


def _of(task: str, metrics: Mapping[str, Any], written: Mapping[str, Any]) -> Iterator[Evaluation]:
    target = text(written.get("model_name")) or text(mapping(written, "config").get("model_args"))
    for name, measured in metrics.items():
        metric, _, how = name.partition(",")
        if metric.strip() and metric not in _NO_METRICS and not metric.endswith("_stderr"):
            yield evaluation(
                metric if how in ("", "none") else f"{metric}/{how}",
                "lm_eval",
                next((aspect for aspect, tasks in _ASPECTS if task.startswith(tasks)), "performance"),
                value=number(measured),
                at=at(written.get("date")),
                dataset=task,
                dataset_digest=text(mapping(written, "task_hashes").get(task)),
                target=target,
            )


def _limited(written: Mapping[str, Any]) -> Iterator[str]:
    """The harness itself says that a run with `--limit` is for trying things out."""
    for task, samples in mapping(written, "n-samples").items():
        every, used = count(mapping(samples).get("original")), count(mapping(samples).get("effective"))
        if every is not None and used is not None and used < every:
            yield f"{task} was measured on {used} of its {every} samples"
