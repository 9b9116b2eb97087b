"""Kinds whose pods stand at known places. A pod that has to be there and is not makes a gap.

Kinds that are not listed are searched for what looks like a pod (`places.py`); the list only says where one is missing.
Source: the API references of the projects, read at the versions in the corpus.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from policyctl.collectors.kubernetes.fields import WORKLOAD, Fields, dotted, type_name
from policyctl.collectors.kubernetes.objects import Item
from policyctl.model.document import Path

HIDDEN = (*WORKLOAD, "object")

_TEMPLATE = ("spec.template.spec",)
_RAY = ("headGroupSpec.template.spec", "workerGroupSpecs?.*.template.spec")
_REPLICAS = ("spec.~ReplicaSpecs.*.template.spec",)

# A part is a key; "*" every entry of a list or mapping; "~X" every key that ends in X; "key?" may be absent.
_PODS: dict[str, dict[str, tuple[str, ...]]] = {
    "": {"Pod": ("spec",), "PodTemplate": ("template.spec",), "ReplicationController": _TEMPLATE},
    "apps": dict.fromkeys(("Deployment", "ReplicaSet", "StatefulSet", "DaemonSet"), _TEMPLATE),
    "extensions": dict.fromkeys(("Deployment", "ReplicaSet", "DaemonSet"), _TEMPLATE),
    "batch": {"Job": _TEMPLATE, "CronJob": ("spec.jobTemplate.spec.template.spec",)},
    "serving.knative.dev": {"Service": _TEMPLATE, "Configuration": _TEMPLATE, "Revision": ("spec",)},
    "argoproj.io": {"Rollout": _TEMPLATE},
    "ray.io": {
        "RayCluster": tuple(f"spec.{part}" for part in _RAY),
        "RayJob": tuple(f"spec.rayClusterSpec.{part}" for part in _RAY),
        "RayService": tuple(f"spec.rayClusterConfig.{part}" for part in _RAY),
    },
    "kubeflow.org": {
        **dict.fromkeys(("PyTorchJob", "TFJob", "MPIJob", "XGBoostJob", "PaddleJob", "JAXJob", "MXJob"), _REPLICAS),
        "Notebook": _TEMPLATE,
    },
    "leaderworkerset.x-k8s.io": {
        "LeaderWorkerSet": (
            "spec.leaderWorkerTemplate.workerTemplate.spec",
            "spec.leaderWorkerTemplate.leaderTemplate?.spec",
        )
    },
    "jobset.x-k8s.io": {"JobSet": ("spec.replicatedJobs.*.template.spec.template.spec",)},
    "serving.kserve.io": dict.fromkeys(("ServingRuntime", "ClusterServingRuntime"), ("spec",)),
}
_MAPPINGS: dict[str, dict[str, tuple[str, ...]]] = {
    "serving.kserve.io": {
        "InferenceService": ("spec.predictor",),
        "LLMInferenceService": ("spec",),
        "LLMInferenceServiceConfig": ("spec",),
        "InferenceGraph": ("spec.nodes",),
        "TrainedModel": ("spec.model",),
    },
    "machinelearning.seldon.io": {"SeldonDeployment": ("spec.predictors.*",)},
    "mlops.seldon.io": dict.fromkeys(("Model", "Server", "Pipeline", "Experiment"), ("spec",)),
    "kubeflow.org": {"Experiment": ("spec.trialTemplate.trialSpec",)},
    "argoproj.io": {
        "Workflow": ("spec",),
        "WorkflowTemplate": ("spec",),
        "ClusterWorkflowTemplate": ("spec",),
        "CronWorkflow": ("spec.workflowSpec",),
    },
}
# The pods are made from another object, which is judged as its own subject.
_ELSEWHERE = {
    ("argoproj.io", "Rollout"): "workloadRef",
    ("ray.io", "RayJob"): "clusterSelector",
}

POD_KINDS = frozenset(kind for kinds in (*_PODS.values(), *_MAPPINGS.values()) for kind in kinds) - {"Service"}
"""The kinds above, told without their group; a Service is one of the core group more often than of Knative."""

_CORE = frozenset({"", "apps", "extensions", "batch"})
_PODLESS_GROUPS = frozenset(
    {
        "apiextensions.k8s.io",
        "kyverno.io",
        "policies.kyverno.io",
        "metrics.k8s.io",
        "admissionregistration.k8s.io",
        "authorization.k8s.io",
    }
)
_MAKING_GROUPS = frozenset({"kyverno.io", "policies.kyverno.io"})
_TOLD_KINDS = frozenset({"Secret", "Event", "Endpoints"})
_PODLESS_KINDS = frozenset({"ConfigMap", "Secret", "Event", "Endpoints"})


def holds_pods(item: Item) -> bool:
    """Whether the object may hold pods: not schemas, policies' patterns, measurements or texts."""
    gatekeeper = item.group.endswith("gatekeeper.sh")
    return not (gatekeeper or item.group in _PODLESS_GROUPS or (item.group == "" and item.kind in _PODLESS_KINDS))


def carries_nothing(item: Item) -> bool:
    """Whether the object is a schema, a measurement, a question or a Secret, in which no workload is looked for."""
    return item.group in _PODLESS_GROUPS - _MAKING_GROUPS or (item.group == "" and item.kind in _TOLD_KINDS)


def is_core(item: Item) -> bool:
    """Whether the kind is one of Kubernetes' own workloads, which take every field from their manifest."""
    return item.group in _CORE


def require_pods(item: Item, root: Mapping[str, Any], fields: Fields) -> None:
    """Record a gap for every place where the kind must have a pod (or a component) and has none."""
    spec = root.get("spec")
    if spec is not None and not isinstance(spec, dict):
        fields.wrong(("spec",), spec, "a mapping", HIDDEN)
        return
    elsewhere = _ELSEWHERE.get((item.group, item.kind))
    if elsewhere and isinstance(spec, dict) and spec.get(elsewhere):
        return
    for pattern in _PODS.get(item.group, {}).get(item.kind, ()):
        for path, value in _resolve(root, pattern.split("."), (), fields):
            if path and not value.get("containers"):
                what = "is empty" if value.get("containers") == [] else "is missing"
                if value.get("containers") is None or what == "is empty":
                    fields.gap(f"{dotted((*path, 'containers'))} {what}: there is no pod to look at", HIDDEN)
    for pattern in _MAPPINGS.get(item.group, {}).get(item.kind, ()):
        for _ in _resolve(root, pattern.split("."), (), fields):
            continue


def _resolve(node: Any, parts: list[str], path: Path, fields: Fields) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    if not parts:
        if isinstance(node, dict):
            yield path, node
        else:
            _missing(path, node, fields)
        return
    part, rest = parts[0], parts[1:]
    if part == "*":
        entries = (
            list(enumerate(node)) if isinstance(node, list) else list(node.items()) if isinstance(node, dict) else []
        )
        if not entries:
            _missing(path, node or None, fields)
        for key, below in entries:
            yield from _resolve(below, rest, (*path, key), fields)
        return
    if not isinstance(node, dict):
        _missing(path, node, fields)
        return
    if part.startswith("~"):
        keys = [key for key in node if key.endswith(part[1:])]
        if not keys:
            fields.gap(f"{dotted(path)} has no *{part[1:]}: there is no pod to look at", HIDDEN)
        for key in keys:
            yield from _resolve(node[key], rest, (*path, key), fields)
    elif not part.endswith("?"):
        yield from _resolve(node.get(part), rest, (*path, part), fields)
    elif node.get(part[:-1]) is not None:
        yield from _resolve(node[part[:-1]], rest, (*path, part[:-1]), fields)


def _missing(path: Path, value: Any, fields: Fields) -> None:
    what = "is missing" if value is None else f"is {type_name(value)}, not a mapping"
    fields.gap(f"{dotted(path)} {what}: there is no pod to look at", HIDDEN)
