"""Labels that mean something: the system that an object names, and those that controllers put on their pods.

A system is named by the label or annotation `policyctl.dev/system`, else `ai.system/id`, else `ai-system`, labels
before annotations. `app.kubernetes.io/part-of` is not one: it names an application as its packager saw it, and a system
under the Act may span several.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from policyctl.collectors.kubernetes.objects import Item
from policyctl.model.document import Path

SYSTEM_LABELS = ("policyctl.dev/system", "ai.system/id", "ai-system")


def system_id(labels: Mapping[str, str], annotations: Mapping[str, str]) -> str | None:
    """The system that the object says it belongs to; None when it says nothing."""
    for name in SYSTEM_LABELS:
        if found := labels.get(name) or annotations.get(name):
            return found
    return None


def controller_labels(
    item: Item, name: str, labels: Mapping[str, str], root: Mapping[str, Any], path: Path
) -> dict[str, str]:
    """The labels that the documentation of a kind promises for the pod at `path`; without those whose values only the
    cluster knows.
    """
    match item.group, item.kind:
        case "batch", "Job":
            return {"job-name": name, "batch.kubernetes.io/job-name": name}
        case "serving.kserve.io", "InferenceService":
            component = str(path[1]) if len(path) > 1 else "predictor"
            return {
                **labels,
                "serving.kserve.io/inferenceservice": name,
                "component": component,
                "app": f"isvc.{name}-{component}",
            }
        case "serving.knative.dev", "Service":
            return {"serving.knative.dev/service": name}
        case "machinelearning.seldon.io", "SeldonDeployment":
            return {"seldon-deployment-id": name, "app.kubernetes.io/managed-by": "seldon-core"}
        case "ray.io", kind:
            return _ray(kind, name, root, path)
        case "kubeflow.org", kind if kind.endswith("Job") and len(path) > 2:
            return {"training.kubeflow.org/job-name": name, "training.kubeflow.org/replica-type": str(path[2]).lower()}
        case "kubeflow.org", "Notebook":
            return {"statefulset": name, "notebook-name": name}
        case "leaderworkerset.x-k8s.io", "LeaderWorkerSet":
            return {"leaderworkerset.sigs.k8s.io/name": name}
        case _:
            return {}


def _ray(kind: str, name: str, root: Mapping[str, Any], path: Path) -> dict[str, str]:
    found = {"ray.io/is-ray-node": "yes", "ray.io/node-type": "head" if "headGroupSpec" in path else "worker"}
    if kind == "RayCluster":
        found["ray.io/cluster"] = name
    if "headGroupSpec" in path:
        return {**found, "ray.io/group": "headgroup"}
    node: Any = root
    for part in path[: path.index("workerGroupSpecs") + 2] if "workerGroupSpecs" in path else ():
        node = node[part]
    group = node.get("groupName") if isinstance(node, dict) else None
    return {**found, "ray.io/group": group} if isinstance(group, str) else found
