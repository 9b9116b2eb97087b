"""Requests as an API server makes them."""

from __future__ import annotations

import copy
from typing import Any

import yaml

from tests.conftest import EXAMPLES

VLLM: dict[str, Any] = yaml.safe_load((EXAMPLES / "kubernetes" / "vllm-deployment.yaml").read_text())
"""A Deployment that serves a model as root and pins no version: denied under the baseline."""


def vllm(namespace: str = "ml") -> dict[str, Any]:
    """A copy of it, in a namespace."""
    value = copy.deepcopy(VLLM)
    value["metadata"]["namespace"] = namespace
    return value


def config_map(namespace: str = "ml") -> dict[str, Any]:
    """An object that passes."""
    metadata = {"name": "colours", "namespace": namespace}
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": {"a": "b"}}


def replica_set(uid: str = "r-1") -> dict[str, Any]:
    """A ReplicaSet that the baseline lets in, as the API server has it."""
    secured = {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}
    locked = {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}
    container = {"name": "web", "image": "docker.io/library/nginx@sha256:" + "0" * 64, "securityContext": locked}
    template = {"metadata": {"labels": {"app": "web"}}, "spec": {"securityContext": secured, "containers": [container]}}
    spec = {"selector": {"matchLabels": {"app": "web"}}, "template": template}
    metadata = {"name": "web", "namespace": "ml", "uid": uid}
    return {"apiVersion": "apps/v1", "kind": "ReplicaSet", "metadata": metadata, "spec": spec}


def request(
    value: dict[str, Any] | None = None,
    *,
    operation: str = "CREATE",
    old: dict[str, Any] | None = None,
    sub: str = "",
    dry: bool = False,
    uid: str = "u-1",
    user: str = "alex",
) -> dict[str, Any]:
    """The request about an object; about the old one, where there is no new one."""
    about = value or old or {}
    group, _, version = str(about.get("apiVersion", "v1")).rpartition("/")
    kind = {"group": group, "version": version, "kind": about.get("kind", "Pod")}
    resource = {"group": group, "version": version, "resource": f"{str(kind['kind']).lower()}s"}
    metadata = about.get("metadata", {})
    return {
        "uid": uid,
        "kind": kind,
        "resource": resource,
        "subResource": sub,
        "operation": operation,
        "name": metadata.get("name", ""),
        "namespace": metadata.get("namespace", ""),
        "userInfo": {"username": user, "groups": ["system:authenticated"]},
        "object": value,
        "oldObject": old,
        "dryRun": dry,
    }
