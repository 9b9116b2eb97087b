"""Events about the server's own pod, for whoever looks at it with kubectl.

Source: Kubernetes API reference, events.k8s.io/v1.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from policyctl.admission.cluster.api import Api

_CONTROLLER, _ACTION = "policyctl.dev/admission", "Admission"


@dataclass(frozen=True, slots=True)
class Pod:
    """The server's own; without its `uid`, `kubectl describe` does not find what is told about it."""

    namespace: str
    name: str
    uid: str = ""


def write(api: Api, pod: Pod, reason: str, note: str, warning: bool) -> None:
    """Writes an Event. Raises ApiError."""
    regarding = {"apiVersion": "v1", "kind": "Pod", "namespace": pod.namespace, "name": pod.name}
    event = {
        "apiVersion": "events.k8s.io/v1",
        "kind": "Event",
        "metadata": {"generateName": "policyctl-", "namespace": pod.namespace},
        "eventTime": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "reportingController": _CONTROLLER,
        "reportingInstance": pod.name,
        "regarding": {**regarding, **({"uid": pod.uid} if pod.uid else {})},
        "action": _ACTION,
        "type": "Warning" if warning else "Normal",
        "reason": reason,
        "note": note,
    }
    api.send("POST", f"/apis/events.k8s.io/v1/namespaces/{pod.namespace}/events", event)
