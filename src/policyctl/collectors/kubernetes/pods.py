"""One pod: its labels, identity, namespaces and volumes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from policyctl.collectors.kubernetes.fields import Fields, Node
from policyctl.collectors.kubernetes.places import PodPlace
from policyctl.collectors.kubernetes.security import read_security_context
from policyctl.model.document import Path
from policyctl.model.facts.kubernetes import Pod, Volume

_PODS = ("pods",)
_LABELS = ("pods", "relations")


def read_pod(fields: Fields, place: PodPlace, root: Mapping[str, Any], added: Mapping[str, str]) -> Pod:
    """The facts of one pod; `added` are the labels that its controller adds."""
    path, node = place.path, place.node
    pod: Pod = {
        "path": list(path),
        "labels": _labels(fields, place, root),
        "controller_labels": dict(added),
        "host_network": _flag(fields, place, "hostNetwork") is True,
        "host_pid": _flag(fields, place, "hostPID") is True,
        "host_ipc": _flag(fields, place, "hostIPC") is True,
        "security_context": {},
        "volumes": [],
    }
    account = fields.text(node, "serviceAccountName", path, _LABELS) or fields.text(
        node, "serviceAccount", path, _LABELS
    )
    if not account and place.beneath:
        account = fields.text(place.beneath[1], "serviceAccountName", place.beneath[0], _LABELS)
    if account:
        pod["service_account"] = account
    if (automount := _flag(fields, place, "automountServiceAccountToken")) is not None:
        pod["automount_token"] = automount
    holder = (path, node)
    if place.beneath and node.get("securityContext") is None:
        holder = place.beneath
    pod["security_context"] = read_security_context(fields, holder[1], holder[0], _PODS)
    for at, below in [holder for holder in ((path, node), place.beneath) if holder]:
        pod["volumes"].extend(
            _volume(fields, volume, where) for where, volume in fields.items(below, "volumes", at, _PODS)
        )
    return pod


def _flag(fields: Fields, place: PodPlace, key: str) -> bool | None:
    own = fields.flag(place.node, key, place.path, _PODS)
    if own is None and place.beneath:
        return fields.flag(place.beneath[1], key, place.beneath[0], _PODS)
    return own


def _labels(fields: Fields, place: PodPlace, root: Mapping[str, Any]) -> dict[str, str]:
    """The labels of the template: beside a `spec`, else inside the mapping itself."""
    found: dict[str, str] = {}
    if place.beneath:
        shared = fields.mapping(place.beneath[1], "podMetadata", place.beneath[0], _LABELS)
        found.update(fields.strings(shared, "labels", (*place.beneath[0], "podMetadata"), _LABELS))
    if place.path[-1:] == ("spec",):
        parent = place.path[:-1]
        holder = _at(root, parent)
        # Below the object's own spec: the object is the pod only where it is a Pod; elsewhere its labels stay its own.
        if parent or root.get("kind") == "Pod":
            metadata = fields.mapping(holder, "metadata", parent, _LABELS)
            found.update(fields.strings(metadata, "labels", (*parent, "metadata"), _LABELS))
    else:
        metadata = fields.mapping(place.node, "metadata", place.path, _LABELS)
        found.update(fields.strings(metadata, "labels", (*place.path, "metadata"), _LABELS))
    if isinstance(place.node.get("labels"), dict):
        found.update(fields.strings(place.node, "labels", place.path, _LABELS))
    return found


def _volume(fields: Fields, node: Node, path: Path) -> Volume:
    name = fields.text(node, "name", path, _PODS) or ""
    sources = [key for key, value in node.items() if key != "name" and value is not None]
    if len(sources) > 1:
        fields.gap(f"volume {name!r} has several sources: {', '.join(sorted(sources))}", _PODS)
    volume: Volume = {"name": name, "path": list(path), "source": sources[0] if sources else "emptyDir"}
    if "hostPath" in sources:
        volume["source"] = "hostPath"
        host = fields.mapping(node, "hostPath", path, _PODS)
        volume["host_path"] = fields.text(host, "path", (*path, "hostPath"), _PODS) or ""
    projected, at = fields.mapping(node, "projected", path, _PODS), (*path, "projected")
    if any(
        source.get("serviceAccountToken") is not None for _, source in fields.items(projected, "sources", at, _PODS)
    ):
        volume["token"] = True
    return volume


def _at(root: Mapping[str, Any], path: Path) -> Node:
    node: Any = root
    for part in path:
        node = node[part]
    return node if isinstance(node, dict) else {}
