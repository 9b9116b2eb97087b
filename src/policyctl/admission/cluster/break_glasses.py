"""Break-glasses in a cluster: made, listed and ended by whoever may write ConfigMaps in policyctl's namespace."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from policyctl.admission.break_glass import LABEL, SELECTOR, BreakGlass, Refused, read
from policyctl.admission.cluster.api import Api, ApiError

_REVIEW = "/apis/authentication.k8s.io/v1/selfsubjectreviews"
_NOT_FOUND = 404


def whoami(api: Api) -> str:
    """The user as whom the API server knows this client. Raises ApiError."""
    body = {"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"}
    return str(api.send("POST", _REVIEW, body)["status"]["userInfo"]["username"])


def config_map(namespace: str, data: Mapping[str, str]) -> dict[str, Any]:
    """One as an object, with a name of its own."""
    metadata = {"name": f"break-glass-{secrets.token_hex(4)}", "namespace": namespace, "labels": dict([LABEL])}
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "immutable": True, "data": dict(data)}


def start(api: Api, value: Mapping[str, Any]) -> BreakGlass | Refused:
    """Creates it; what a server reads of it. Raises ApiError."""
    return read(api.send("POST", _path(value["metadata"]["namespace"]), value))


def listed(api: Api, namespace: str) -> list[BreakGlass | Refused]:
    """All that are there, by name. Raises ApiError."""
    found = api.get(_path(namespace), {"labelSelector": SELECTOR})["items"]
    return sorted(map(read, found), key=lambda one: one.name)


def end(api: Api, namespace: str, name: str) -> bool:
    """Whether there was one of this name, which is gone now. Raises ApiError."""
    if not any(one.name == name for one in listed(api, namespace)):
        return False
    try:
        api.send("DELETE", f"{_path(namespace)}/{name}", {})
    except ApiError as error:
        if error.status != _NOT_FOUND:
            raise
    return True


def state(one: BreakGlass | Refused, now: datetime) -> str:
    """In a word: in force, over, refused."""
    if isinstance(one, Refused):
        return "refused"
    return "in force" if now < one.until else "over"


def _path(namespace: str) -> str:
    return f"/api/v1/namespaces/{namespace}/configmaps"
