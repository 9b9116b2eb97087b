"""What a pod has beside its template: what the API server and its admission plugins fill in, and what each controller adds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from policyctl.admission.generated_values import (
    Ours,
    Value,
    at,
    grown,
    is_list,
    is_number,
    is_one_of,
    is_text,
    listed,
    replaced,
    shrunk,
    without,
)

_FILLED_IN: Mapping[str, Ours] = {
    "enableServiceLinks": is_one_of(True),  # a default of pods, not of templates (apis/core/v1, `SetDefaults_Pod`)
    "imagePullSecrets": is_list,  # those of the service account (plugin ServiceAccount)
    "nodeName": is_text,  # by the scheduler; there in updates
    "preemptionPolicy": is_one_of("PreemptLowerPriority", "Never"),  # these three by the plugin Priority
    "priority": is_number,
    "priorityClassName": is_text,
    "serviceAccount": is_one_of("default"),  # the plugin ServiceAccount, where the template names none
    "serviceAccountName": is_one_of("default"),
}
_LIMIT_RANGER = "kubernetes.io/limit-ranger"
"""An annotation by which the plugin LimitRanger says that it has filled in resources."""
_RANGED = frozenset({"cpu", "ephemeral-storage", "memory"})
"""The resources that it may fill in; devices are no matter of defaults."""
_REVISION = "controller-revision-hash"
_INDEX = "batch.kubernetes.io/job-completion-index"
_INDEX_VARIABLE = {
    "name": "JOB_COMPLETION_INDEX",
    "valueFrom": {"fieldRef": {"apiVersion": "v1", "fieldPath": f"metadata.labels['{_INDEX}']"}},
}
_NOT_READY, _UNREACHABLE = "node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"
_TOLERATED = [
    *({"key": key, "operator": "Exists", "effect": "NoExecute"} for key in (_NOT_READY, _UNREACHABLE)),
    *(
        {"key": f"node.kubernetes.io/{key}", "operator": "Exists", "effect": "NoSchedule"}
        for key in ("disk-pressure", "memory-pressure", "network-unavailable", "pid-pressure", "unschedulable")
    ),
]
"""Taints that the pods of a DaemonSet stay with (controller/daemon/util, `AddOrUpdateDaemonPodTolerations`)."""
_REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution"
_MOUNTED = re.compile(r"kube-api-access-[a-z0-9]{5}")
_MOUNTED_AT = "/var/run/secrets/kubernetes.io/serviceaccount"
_TOKEN = {
    "defaultMode": 420,
    "sources": [
        {"serviceAccountToken": {"expirationSeconds": 3607, "path": "token"}},
        {"configMap": {"items": [{"key": "ca.crt", "path": "ca.crt"}], "name": "kube-root-ca.crt"}},
        {
            "downwardAPI": {
                "items": [{"fieldRef": {"apiVersion": "v1", "fieldPath": "metadata.namespace"}, "path": "namespace"}]
            }
        },
    ],
}
"""The token that the plugin ServiceAccount mounts into each container (`TokenVolumeSource`)."""


@dataclass(frozen=True, slots=True)
class _Own:
    """What one sort of controller adds: labels, annotations and fields with their values, tolerations, a variable of each container, and
    volumes for these claims, which stand for volumes of the template of the same name.
    """

    labels: Mapping[str, Ours] = field(default_factory=dict)
    annotations: Mapping[str, Ours] = field(default_factory=dict)
    fields: Mapping[str, Ours] = field(default_factory=dict)
    tolerations: Sequence[Value] = ()
    variable: Value | None = None
    claims: Sequence[str] = ()


def is_pod_of_template(pod: Value, template: Value) -> bool:
    """Of a controller that adds nothing: a ReplicaSet's, a ReplicationController's."""
    return _is_pod(pod, template, _Own())


def is_pod_of_stateful_set(pod: Value, owner: Value) -> bool:
    """It is called by its name, and has the claims that are made for it (controller/statefulset, `newStatefulSetPod`)."""
    name = at(pod, "metadata").get("name")
    labels = {
        "apps.kubernetes.io/pod-index": is_text,
        "statefulset.kubernetes.io/pod-name": is_one_of(name),
        _REVISION: is_text,
    }
    fields = {"hostname": is_one_of(name), "subdomain": is_one_of(at(owner, "spec").get("serviceName"))}
    claims = [str(at(claim, "metadata").get("name")) for claim in listed(at(owner, "spec"), "volumeClaimTemplates")]
    return _is_pod(pod, at(owner, "spec", "template"), _Own(labels, fields=fields, claims=claims))


def is_pod_of_daemon_set(pod: Value, owner: Value) -> bool:
    """It is for one node, by an affinity that takes the place of the template's, and stays on it (controller/daemon)."""
    template = at(owner, "spec", "template")
    made, wanted = at(pod, "spec", "affinity"), at(template, "spec", "affinity")
    terms = at(made, "nodeAffinity", _REQUIRED)
    (name,) = _names_of_nodes(terms) or [None]
    if not is_text(name):
        return False
    labels = {_REVISION: is_text, "pod-template-generation": is_text}
    return _is_pod(
        {**pod, "spec": _scheduled(at(pod, "spec"), made)},
        {**template, "spec": _scheduled(at(template, "spec"), wanted)},
        _Own(labels, tolerations=_TOLERATED),
    )


def is_pod_of_job(pod: Value, owner: Value) -> bool:
    """One of many with indexes is told its own (controller/job, `manageJob`)."""
    template = at(owner, "spec", "template")
    if at(owner, "spec").get("completionMode") != "Indexed":
        return _is_pod(pod, template, _Own())
    index = at(pod, "metadata", "annotations").get(_INDEX)
    annotations = {
        _INDEX: is_text,
        "batch.kubernetes.io/job-index-failure-count": is_text,
        "batch.kubernetes.io/job-index-ignored-failure-count": is_text,
    }
    hostname = is_one_of(f"{at(owner, 'metadata').get('name')}-{index}")
    own = _Own({_INDEX: is_one_of(index)}, annotations, {"hostname": hostname}, variable=_INDEX_VARIABLE)
    return _is_pod(pod, template, own)


def _names_of_nodes(terms: Value) -> list[Any]:
    """The name of the one node that these terms select by it; else nothing."""
    fields = [*listed(terms, "nodeSelectorTerms"), {}][0]
    values = [*(listed(fields, "matchFields") if isinstance(fields, dict) else []), {}][0]
    names = listed(values, "values") if isinstance(values, dict) else []
    exactly = {"matchFields": [{"key": "metadata.name", "operator": "In", "values": list(names)}]}
    return list(names) if len(names) == 1 and terms == {"nodeSelectorTerms": [exactly]} else []


def _scheduled(spec: Value, affinity: Value) -> Value:
    """The spec without the nodes that its affinity requires."""
    nodes = without(at(affinity, "nodeAffinity"), [_REQUIRED])
    left = replaced(affinity, {}, "nodeAffinity", nodes)
    return replaced(spec, {}, "affinity", left)


def _is_pod(pod: Value, template: Value, own: _Own) -> bool:
    annotations = at(pod, "metadata", "annotations")
    spec, wanted = at(pod, "spec"), at(template, "spec")
    overhead = {"overhead": lambda value: isinstance(value, dict)} if "runtimeClassName" in wanted else {}
    return (
        grown(at(pod, "metadata", "labels"), at(template, "metadata", "labels"), own.labels)
        and grown(annotations, at(template, "metadata", "annotations"), {**own.annotations, _LIMIT_RANGER: is_text})
        and grown(
            _reduced(spec, wanted, own, at(pod, "metadata").get("name"), ranged=_LIMIT_RANGER in annotations),
            replaced(wanted, {}, "volumes", [v for v in listed(wanted, "volumes") if _name(v) not in own.claims]),
            {**_FILLED_IN, **own.fields, **overhead},
        )
    )


def _reduced(spec: Value, wanted: Value, own: _Own, name: Any, *, ranged: bool) -> Value:
    """The spec without what was put into its lists."""
    mounted = wanted.get("automountServiceAccountToken") is not False
    tokens = [_name(one) for one in listed(spec, "volumes") if mounted and _is_token(one)]
    claims = [{"name": claim, "persistentVolumeClaim": {"claimName": f"{claim}-{name}"}} for claim in own.claims]
    reduced = shrunk(spec, wanted, "volumes", lambda one: one in claims or (mounted and _is_token(one)))
    reduced = shrunk(reduced, wanted, "tolerations", lambda one: _tolerated(one, own))
    for key in ("initContainers", "containers"):
        made, like = listed(spec, key), listed(wanted, key)
        if made and len(made) == len(like):
            on_host = wanted.get("hostNetwork") is True
            pairs = zip(made, like, strict=True)
            containers = [
                _container(one, of, own, tokens, ranged=ranged, on_host=on_host)
                if isinstance(one, dict) and isinstance(of, dict)
                else one
                for one, of in pairs
            ]
            reduced = {**reduced, key: containers}
    return reduced


def _container(made: Value, wanted: Value, own: _Own, tokens: Sequence[Any], *, ranged: bool, on_host: bool) -> Value:
    """A container without what was put into it."""
    mounts = [{"name": token, "readOnly": True, "mountPath": _MOUNTED_AT} for token in tokens]
    reduced = shrunk(made, wanted, "volumeMounts", lambda one: one in mounts)
    reduced = shrunk(reduced, wanted, "env", lambda one: own.variable is not None and one == own.variable)
    if made.get("imagePullPolicy") == "Always" and "imagePullPolicy" in wanted:  # the plugin AlwaysPullImages
        reduced = {**reduced, "imagePullPolicy": wanted["imagePullPolicy"]}
    if on_host and isinstance(made.get("ports"), list):  # `defaultHostNetworkPorts`
        reduced = {**reduced, "ports": [_port(one, listed(wanted, "ports")) for one in made["ports"]]}
    if isinstance(made.get("resources"), dict):
        resources = _resources(made["resources"], at(wanted, "resources"), ranged=ranged)
        reduced = replaced(reduced, wanted, "resources", resources)
    return reduced


def _resources(made: Value, wanted: Value, *, ranged: bool) -> Value:
    """Resources without what was filled in: by a LimitRange, or, where only a limit is set, its request (`SetDefaults_Pod`)."""
    limits = at(made, "limits")
    left: dict[str, Value] = {
        "limits": {
            key: value
            for key, value in limits.items()
            if key in at(wanted, "limits") or not (ranged and key in _RANGED)
        },
        "requests": {
            key: value
            for key, value in at(made, "requests").items()
            if key in at(wanted, "requests")
            or not ((key in limits and value == limits[key]) or (ranged and key in _RANGED))
        },
    }
    for part, values in left.items():
        if isinstance(made.get(part), dict):
            made = replaced(made, wanted, part, values)
    return made


def _port(made: Any, wanted: Sequence[Any]) -> Any:
    if made in wanted or not isinstance(made, dict) or made.get("hostPort") != made.get("containerPort"):
        return made
    return without(made, ["hostPort"])


def _tolerated(one: Any, own: _Own) -> bool:
    """By its controller, or for some seconds by the plugin DefaultTolerationSeconds."""
    if one in own.tolerations:
        return True
    keys = {"key", "operator", "effect", "tolerationSeconds"}
    return (
        isinstance(one, dict)
        and one.keys() == keys
        and one["key"] in (_NOT_READY, _UNREACHABLE)
        and (one["operator"], one["effect"]) == ("Exists", "NoExecute")
        and is_number(one["tolerationSeconds"])
    )


def _is_token(volume: Any) -> bool:
    name = _name(volume)
    return isinstance(name, str) and bool(_MOUNTED.fullmatch(name)) and volume == {"name": name, "projected": _TOKEN}


def _name(value: Any) -> Any:
    return value.get("name") if isinstance(value, dict) else None
