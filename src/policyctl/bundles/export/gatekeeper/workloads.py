"""The kinds of objects that a Constraint is asked about: Kubernetes' own workloads, whose pod stands at one known place."""

from __future__ import annotations

KINDS = frozenset(
    {
        *(("", kind) for kind in ("Pod", "PodTemplate", "ReplicationController")),
        *(("apps", kind) for kind in ("DaemonSet", "Deployment", "ReplicaSet", "StatefulSet")),
        *(("batch", kind) for kind in ("CronJob", "Job")),
    }
)
"""API group and kind; "" is the core group."""


def match() -> dict[str, object]:
    """Them, as a Constraint's `match`."""
    groups = sorted({group for group, _ in KINDS})
    return {
        "kinds": [
            {"apiGroups": [group], "kinds": sorted(kind for of, kind in KINDS if of == group)} for group in groups
        ]
    }
