"""What the name of a metric says beside what was measured: the aspect that was examined, and the part of the data.

    toxicity/v1/mean          safety, by a metric of MLflow's own
    robustness/f1_score       an aspect as the first part of a name, for what MLflow has no metric of its own for
    recall_score/sex:female   a part of the data: MLflow allows ":" in names, and no "="

Source: MLflow's documentation, "mlflow.metrics" and "Scorers"; what names may hold: mlflow.utils.validation.
"""

from __future__ import annotations

from typing import Final

_ASPECTS: Final = {
    "drift": "drift",
    "fairness": "fairness",
    "robustness": "robustness",
    "safety": "safety",
    "toxicity": "safety",
}


def told_by(name: str) -> dict[str, str]:
    """`metric`, `aspect` and, where the name has one, `slice`. An aspect stays in the metric's name, a part of the data does not."""
    parts = name.lower().split("/")
    slices = [part.partition(":") for part in parts if _is_slice(part)]
    told = {
        "metric": "/".join(part for part in parts if not _is_slice(part)),
        "aspect": _ASPECTS.get(parts[0], "performance"),
    }
    return told | ({"slice": ", ".join(f"{key}={value}" for key, _, value in slices)} if slices else {})


def _is_slice(part: str) -> bool:
    key, _, value = part.partition(":")
    return bool(key.strip() and value.strip())
