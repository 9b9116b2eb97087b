"""From a request to what is judged: an object as the collector reads it from a file, or the reason why there is nothing to judge."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from policyctl.admission.review import Request
from policyctl.collectors.kubernetes.collecting import collect_beside
from policyctl.collectors.kubernetes.relations import Run
from policyctl.documents.building import canonical, digest
from policyctl.gathering import concealed
from policyctl.model.content import Content
from policyctl.model.document import Collected, Gap

KIND = "kubernetes_object"
_NOTHING_TO_RUN = {
    "status": "a status says what is, not what shall be",
    "scale": "only the number of replicas changes",
    "binding": "a pod is given its node",
    "eviction": "a pod is evicted",
    "token": "a token is asked for",
    "approval": "a certificate is approved",
    "finalize": "a namespace is finalised",
}
"""Subresources that change nothing which a control looks at. Of any other, the object that comes with it is judged."""
_BOOKKEEPING = frozenset(
    {"finalizers", "generation", "managedFields", "ownerReferences", "resourceVersion", "selfLink"}
)
"""Metadata that a cluster keeps for itself: no fact is read from them."""
_UNASKED = frozenset({"nodeName", "replicas"})
"""Of a spec: what the subresources `binding` and `scale` set."""
_REVISION = "deployment.kubernetes.io/revision"
"""An annotation that the controller of Deployments writes by way of their status."""


@dataclass(frozen=True, slots=True)
class NotJudged:
    """Why nothing is judged. `refused`: because it cannot be read, and what cannot be read never passes."""

    reason: str
    refused: bool = False


Around = Callable[[], tuple[Run, list[Gap]]]
"""Gives the objects of the cluster that say something of others, and what of them is not known."""


def nothing_known() -> tuple[Run, list[Gap]]:
    """Where nobody watches the cluster: no kind of objects has been seen, which controls take for not known."""
    return Run(count=1), []


def subject(request: Request, around: Around = nothing_known) -> Collected | NotJudged:
    """What a request would have the cluster run, related to what is around it."""
    if request.operation == "DELETE":
        return NotJudged("what is deleted no longer runs")
    if request.operation == "CONNECT":
        return NotJudged("a connection changes no object")
    if reason := _NOTHING_TO_RUN.get(request.subResource):
        return NotJudged(reason)
    if request.object is None:
        return NotJudged("the request holds no object", refused=True)
    if request.oldObject is not None and _kept(request.object) == _kept(request.oldObject):
        return NotJudged("nothing changes that a control looks at")
    return _collected(request, request.object, around)


def before(request: Request, around: Around = nothing_known) -> Collected | None:
    """The object as it was before an update; None where it cannot be read."""
    found = _collected(request, request.oldObject, around) if request.oldObject is not None else None
    return found if isinstance(found, Collected) else None


def probe() -> Collected:
    """An object that nobody asks about, to see whether an answer comes."""
    value = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "probe"}}
    content = Content("cluster/-/ConfigMap/probe", digest(canonical(value)), "json", "", (value,))
    (entry,) = collect_beside(content, Run(count=1))
    return entry.subjects[0]


def id_of(request: Request) -> str:
    """The id of what is asked about, as the collector would give it: "Deployment.apps/ml/scoring"."""
    kind = request.kind
    return f"{kind.kind}.{kind.group or kind.version}/{request.namespace or '-'}/{request.name or '*'}"


def path_of(request: Request) -> str:
    """What stands for the file of the object that is asked about."""
    return path(request.kind.kind, request.kind.group, request.namespace, request.name)


def path(kind: str, group: str, namespace: str, name: str) -> str:
    """What stands for the file of an object: "cluster/ml/Deployment.apps/scoring", "-" for no namespace, "*" for a name to be made."""
    return "/".join(("cluster", namespace or "-", ".".join(filter(None, (kind, group))), name or "*"))


def uid_of(value: Mapping[str, Any]) -> str:
    """The UID that the cluster has given an object, which no other object ever has; empty where it has none."""
    metadata = value.get("metadata")
    uid = metadata.get("uid") if isinstance(metadata, dict) else None
    return uid if isinstance(uid, str) else ""


def state_of(value: Mapping[str, Any]) -> str:
    """What an object is: SHA-256 in hex, to tell whether it is still what was decided about. Left out is what changes without anybody
    asking, and the version of the API in which it is told.
    """
    kept = _kept(value)  # a copy, its metadata, too
    kept.pop("apiVersion", None)
    if isinstance(spec := kept.get("spec"), dict):
        kept["spec"] = {key: below for key, below in spec.items() if key not in _UNASKED}
    metadata = kept.get("metadata")
    if isinstance(metadata, dict) and isinstance(annotations := metadata.pop("annotations", None), dict):
        left = {key: text for key, text in annotations.items() if key != _REVISION}
        metadata |= {"annotations": left} if left else {}
    return digest(canonical(kept))


def _collected(request: Request, value: Mapping[str, Any], around: Around) -> Collected | NotJudged:
    if (value.get("apiVersion"), value.get("kind")) != (request.kind.api_version, request.kind.kind):
        # An API server sends none such: a list, of which one object would be judged, and what is read by its kind alone.
        return NotJudged("the object is not of the kind that the request is about", refused=True)
    return collected(_placed(value, request.namespace), path_of(request), around)


def collected(value: Mapping[str, Any], path: str, around: Around) -> Collected | NotJudged:
    """One object of a cluster, related to what is around it."""
    content = Content(path, digest(canonical(value)), "json", "", (value,))
    run, gaps = around()
    (entry,) = map(concealed, collect_beside(content, run))
    if entry.status == "decided":
        found = entry.subjects[0]
        return replace(found, gaps=(*found.gaps, *gaps)) if found.facts["pods"] else found
    return NotJudged(entry.message, refused=entry.status == "error")


def _placed(value: Mapping[str, Any], namespace: str) -> Mapping[str, Any]:
    """The object in the namespace of its request, whatever it leaves out."""
    metadata = value.get("metadata")
    if not namespace or not isinstance(metadata, dict) or metadata.get("namespace"):
        return value
    return {**value, "metadata": {**metadata, "namespace": namespace}}


def _kept(value: Mapping[str, Any]) -> dict[str, Any]:
    """An object without its status and what the cluster notes of it."""
    metadata = value.get("metadata")
    kept = {key: below for key, below in value.items() if key != "status"}
    if isinstance(metadata, dict):
        kept["metadata"] = {key: below for key, below in metadata.items() if key not in _BOOKKEEPING}
    return kept
