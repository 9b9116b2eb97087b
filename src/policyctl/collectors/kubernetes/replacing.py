"""How a new version of what an object runs takes the place of the earlier one.

Only kinds whose documentation says so have an entry; what a kind leaves to the cluster's configuration, or to another
object, stays absent. Sources: the Kubernetes API reference of apps/v1 and extensions/v1beta1 (strategies, their defaults
and rounding), Knative Serving "Revisions" and "Traffic management", KServe "Canary Rollout Strategy" and "Rollout
Strategy Guide", Argo Rollouts "Specification", Seldon Core 1 "Deployments".
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from policyctl.collectors.kubernetes.fields import Fields, Node
from policyctl.collectors.kubernetes.objects import Item
from policyctl.model.document import Path
from policyctl.model.facts.kubernetes import Replacement, Rollout

_HIDES = ("inference",)
_DEFAULT = "25%"
_MODE = "serving.kserve.io/deploymentMode"
_WITH_REVISIONS = ("Serverless", "Knative")
_KSERVE = ("predictor", "transformer", "explainer")

Amount = int | str
"""A number of pods, or a percentage such as "25%"."""


def read_replacements(
    item: Item, root: Mapping[str, Any], spec: Node, fields: Fields, rollouts: Sequence[Rollout]
) -> list[Replacement]:
    """One entry for each part of the object that is replaced by itself; none for kinds that do not say how."""
    match item.group, item.kind:
        case (("apps" | "extensions"), "Deployment"):
            return [_deployment(item, spec, fields)]
        case "apps", "StatefulSet":
            return [_stateful_set(spec, fields)]
        case "argoproj.io", "Rollout":
            return list(_argo_rollout(spec, fields))
        case "serving.knative.dev", "Service":
            return [_kept(["spec"], "revisions", way_back=True)]
        case "serving.kserve.io", "InferenceService":
            return list(_inference_service(root, spec, fields))
        case "machinelearning.seldon.io", "SeldonDeployment":
            return _seldon(rollouts)
        case _:
            return []


def _kept(path: Sequence[str | int], strategy: str, way_back: bool) -> Replacement:
    return {"path": list(path), "strategy": strategy, "old_kept": True, "way_back": way_back}


def _way_back(spec: Node, fields: Fields) -> bool:
    """Ten earlier versions are kept unless the object says otherwise; with none there is nothing to return to."""
    return fields.number(spec, "revisionHistoryLimit", ("spec",), _HIDES) != 0


def _deployment(item: Item, spec: Node, fields: Fields) -> Replacement:
    default: Amount = 1 if item.group == "extensions" else _DEFAULT
    replicas = fields.number(spec, "replicas", ("spec",), _HIDES)
    found = _by_strategy(spec, "strategy", ("spec",), replicas, default, fields)
    found["way_back"] = _way_back(spec, fields)
    return found


def _argo_rollout(spec: Node, fields: Fields) -> Iterator[Replacement]:
    """Blue and green stand beside each other; a canary rolls like a Deployment, in steps or in one."""
    strategy, path = fields.mapping(spec, "strategy", ("spec",), _HIDES), ("spec", "strategy")
    replicas, way_back = fields.number(spec, "replicas", ("spec",), _HIDES), _way_back(spec, fields)
    if strategy.get("blueGreen") is not None:
        yield _kept((*path, "blueGreen"), "blueGreen", way_back)
    if strategy.get("canary") is not None:
        canary, at = fields.mapping(strategy, "canary", path, _HIDES), (*path, "canary")
        found: Replacement = {"path": list(at), "strategy": "canary", "way_back": way_back}
        surge = _amount(canary, "maxSurge", at, _DEFAULT, fields)
        unavailable = _amount(canary, "maxUnavailable", at, _DEFAULT, fields)
        if (kept := _rolls(surge, unavailable, replicas)) is not None:
            found["old_kept"] = kept
        yield found


def _by_strategy(node: Node, key: str, at: Path, replicas: int | None, default: Amount, fields: Fields) -> Replacement:
    """What a Deployment's strategy keeps; `replicas` is None where another object or the cluster decides on them."""
    strategy, path = fields.mapping(node, key, at, _HIDES), (*at, key)
    type = fields.text(strategy, "type", path, _HIDES) or "RollingUpdate"
    found: Replacement = {"path": list(path if strategy else at), "strategy": type}
    rolling, place = fields.mapping(strategy, "rollingUpdate", path, _HIDES), (*path, "rollingUpdate")
    surge = _amount(rolling, "maxSurge", place, default, fields)
    unavailable = _amount(rolling, "maxUnavailable", place, default, fields)
    if type == "Recreate":
        found["old_kept"] = False
    elif type == "RollingUpdate" and (kept := _rolls(surge, unavailable, replicas)) is not None:
        found["old_kept"] = kept
    return found


def _rolls(surge: Amount, unavailable: Amount, replicas: int | None) -> bool | None:
    """Whether a rolling update leaves a pod that serves. What may be missing is rounded down, what is added up; where
    neither allows a step, one pod may be missing after all.
    """
    if replicas:
        missing = _of(unavailable, replicas, math.floor)
        if missing == 0 and _of(surge, replicas, math.ceil) == 0:
            missing = 1
        return missing < replicas
    if isinstance(unavailable, str) and _of(unavailable, 1, math.floor) > 0:
        return False
    adds = _of(surge, 1, math.ceil) > 0
    return True if adds and (isinstance(unavailable, str) or unavailable == 0) else None


def _stateful_set(spec: Node, fields: Fields) -> Replacement:
    """One pod after the other is taken down and made anew; those below the partition, or all until somebody deletes
    them, stay as they are.
    """
    strategy, path = fields.mapping(spec, "updateStrategy", ("spec",), _HIDES), ("spec", "updateStrategy")
    type = fields.text(strategy, "type", path, _HIDES) or "RollingUpdate"
    found: Replacement = {"path": list(path if strategy else ("spec",)), "strategy": type}
    rolling, place = fields.mapping(strategy, "rollingUpdate", path, _HIDES), (*path, "rollingUpdate")
    replicas = fields.number(spec, "replicas", ("spec",), _HIDES)
    unavailable = _amount(rolling, "maxUnavailable", place, 1, fields)
    if type == "OnDelete" or (fields.number(rolling, "partition", place, _HIDES) or 0) > 0:
        found["old_kept"] = True
    elif type == "RollingUpdate" and replicas:
        found["old_kept"] = max(1, _of(unavailable, replicas, math.ceil)) < replicas
    found["way_back"] = _way_back(spec, fields)
    return found


def _inference_service(root: Mapping[str, Any], spec: Node, fields: Fields) -> Iterator[Replacement]:
    """With Knative each component has revisions. Otherwise, or where the cluster decides on the mode, a strategy tells
    at most how pods are replaced: KServe keeps its Deployments as the InferenceService is, so that a return to an earlier
    revision would be undone.
    """
    metadata = root.get("metadata")
    annotations = metadata.get("annotations") if isinstance(metadata, dict) else None
    mode = annotations.get(_MODE) if isinstance(annotations, dict) else None
    for name in _KSERVE:
        if not (component := fields.mapping(spec, name, ("spec",), _HIDES)):
            continue
        at: Path = ("spec", name)
        if mode in _WITH_REVISIONS:
            yield _kept(at, "revisions", way_back=True)
        elif component.get("deploymentStrategy") is not None:
            yield _by_strategy(component, "deploymentStrategy", at, None, _DEFAULT, fields)
        else:
            yield {"path": list(at)}


def _seldon(rollouts: Sequence[Rollout]) -> list[Replacement]:
    """Predictors beside each other are versions beside each other, among which traffic can be moved."""
    return [_kept(rollout["path"], rollout["source"], way_back=True) for rollout in rollouts]


def _amount(node: Node, key: str, at: Path, default: Amount, fields: Fields) -> Amount:
    value = node.get(key)
    if value is None:
        return default
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    if isinstance(value, str) and value.endswith("%") and value[:-1].isdecimal():
        return value
    fields.wrong((*at, key), value, "a number or a percentage", _HIDES)
    return default


def _of(amount: Amount, replicas: int, rounded: Callable[[float], int]) -> int:
    if isinstance(amount, int):
        return amount
    return int(rounded(int(amount[:-1]) * replicas / 100))
