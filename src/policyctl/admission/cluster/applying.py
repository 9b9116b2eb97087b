"""Objects applied to a cluster, as `kubectl apply --server-side` does: fields that others manage are left to them.

Source: Kubernetes API concepts, "Server-Side Apply".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from policyctl.admission.cluster.api import Api, ApiError

_MANAGER = "policyctl"
_NOT_FOUND = 404
_PLURALS = {
    "ClusterRole": "clusterroles",
    "ClusterRoleBinding": "clusterrolebindings",
    "Deployment": "deployments",
    "Namespace": "namespaces",
    "ClusterPolicyReport": "clusterpolicyreports",
    "NetworkPolicy": "networkpolicies",
    "PersistentVolumeClaim": "persistentvolumeclaims",
    "PolicyReport": "policyreports",
    "Role": "roles",
    "RoleBinding": "rolebindings",
    "Service": "services",
    "ServiceAccount": "serviceaccounts",
    "ValidatingWebhookConfiguration": "validatingwebhookconfigurations",
}
"""Of the kinds that policyctl applies."""

Object = Mapping[str, Any]


def named(value: Object) -> str:
    """An object as people call it: "deployment policyctl/policyctl"."""
    metadata = value["metadata"]
    namespace = f"{metadata['namespace']}/" if "namespace" in metadata else ""
    return f"{value['kind'].lower()} {namespace}{metadata['name']}"


def apply(api: Api, value: Object, *, dry_run: bool = False) -> Any:
    """The object as the cluster has it now; with `dry_run` as it would have it. Raises ApiError."""
    query = {"fieldManager": _MANAGER, "force": "true", **({"dryRun": "All"} if dry_run else {})}
    return api.send("PATCH", _path(value), value, query=query, content_type="application/apply-patch+yaml")


def found(api: Api, value: Object) -> dict[str, Any] | None:
    """The object as the cluster has it; None where it has not. Raises ApiError."""
    try:
        kept: dict[str, Any] = api.get(_path(value), {})
    except ApiError as error:
        if error.status != _NOT_FOUND:
            raise
        return None
    return kept


def delete(api: Api, value: Object) -> Literal["deleted", "not there"]:
    """What became of it. Raises ApiError."""
    try:
        api.send("DELETE", _path(value), {"propagationPolicy": "Background"})
    except ApiError as error:
        if error.status != _NOT_FOUND:
            raise
        return "not there"
    return "deleted"


def _path(value: Object) -> str:
    version, metadata = value["apiVersion"], value["metadata"]
    root = f"/apis/{version}" if "/" in version else f"/api/{version}"
    namespace = f"/namespaces/{metadata['namespace']}" if "namespace" in metadata else ""
    return f"{root}{namespace}/{_PLURALS[value['kind']]}/{metadata['name']}"
