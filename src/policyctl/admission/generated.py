"""Whether an object is what its controller makes of its owner's template, and nothing else.

Compared are labels, annotations and spec. What may be there beside the template is listed here, and in `generated_pods`, field by field
with who adds it and which values it adds: whatever is not listed makes an object unlike its template, and it is judged as any other.
Source: the controllers, defaults and admission plugins of Kubernetes 1.34 (pkg/controller, pkg/apis, plugin/pkg/admission).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from policyctl.admission.generated_pods import (
    is_pod_of_daemon_set,
    is_pod_of_job,
    is_pod_of_stateful_set,
    is_pod_of_template,
)
from policyctl.admission.generated_values import Value, at, grown, is_number, is_one_of, is_text, without

_HASH, _BATCH = "pod-template-hash", "batch.kubernetes.io/"
_NOT_COPIED = (
    "kubectl.kubernetes.io/last-applied-configuration",
    "deployment.kubernetes.io/revision",
    "deployment.kubernetes.io/revision-history",
    "deployment.kubernetes.io/desired-replicas",
    "deployment.kubernetes.io/max-replicas",
    "deprecated.deployment.rollback.to",
)
"""Annotations of a Deployment that its ReplicaSets have not from it (deployment/util, `annotationsToSkip`)."""
_OF_A_REPLICA_SET = {key: is_text for key in _NOT_COPIED if key.startswith("deployment.")}
"""Annotations by which the controller counts revisions and replicas."""
_OF_A_JOB = {
    "backoffLimit": is_one_of(6, 2**31 - 1),
    "completionMode": is_one_of("NonIndexed"),
    "completions": is_one_of(1),
    "manualSelector": is_one_of(False),
    "parallelism": is_one_of(1),
    "podReplacementPolicy": is_one_of("TerminatingOrFailed", "Failed"),
    "suspend": is_one_of(False),
}
"""What the API server fills into a Job, and not into a CronJob's template of one (apis/batch/v1, `SetDefaults_Job`)."""


def is_as_template(made: Value, owner: Value) -> bool:
    """Whether the owner's controller makes just this of the owner as it is. Both are JSON objects as the API server has them; of other
    kinds than those listed below it is never so.
    """
    compare = _BY_KINDS.get((_kind(owner), _kind(made)))
    return compare is not None and compare(made, owner)


def generated_by(owner: Value) -> str | None:
    """The kind that an owner's controller makes, as "v1/Pod"; None for an owner that is not known."""
    return next((made for of, made in _BY_KINDS if of == _kind(owner)), None)


def _kind(value: Value) -> str:
    return f"{value.get('apiVersion')}/{value.get('kind')}"


def _replica_set(made: Value, owner: Value) -> bool:
    """As `getNewReplicaSet` of the deployment controller makes it: the template, with its hash as one more label."""
    spec, wanted = at(made, "spec"), at(owner, "spec")
    own = {_HASH: at(spec, "template", "metadata", "labels").get(_HASH)}
    template, selector = _labelled(at(wanted, "template"), own), at(wanted, "selector")
    expected = {
        **{key: value for key, value in wanted.items() if key == "minReadySeconds"},
        "selector": {**selector, "matchLabels": {**at(selector, "matchLabels"), **own}},
        "template": template,
    }
    annotations = without(at(owner, "metadata", "annotations"), _NOT_COPIED)
    return (
        is_text(own[_HASH])
        and at(made, "metadata", "labels") == at(template, "metadata", "labels")
        and grown(at(made, "metadata", "annotations"), annotations, _OF_A_REPLICA_SET)
        and grown(spec, expected, {"replicas": is_number})
    )


def _job(made: Value, owner: Value) -> bool:
    """As `getJobFromTemplate2` of the cron job controller makes it, with the selector and labels that the API server gives a Job and its
    pods (registry/batch/job, `generateSelector`).
    """
    metadata, wanted = at(made, "metadata"), at(owner, "spec", "jobTemplate")
    names = {"controller-uid": metadata.get("uid"), "job-name": metadata.get("name")}
    own = {**names, **{f"{_BATCH}{key}": value for key, value in names.items()}}
    template = at(wanted, "spec", "template")
    expected = {
        **at(wanted, "spec"),
        "selector": {"matchLabels": {f"{_BATCH}controller-uid": metadata.get("uid")}},
        "template": _labelled(template, own),
    }
    labels = at(wanted, "metadata", "labels")
    # A Job without labels takes those of its template (`SetDefaults_Job`).
    taken = (
        [labels] if labels else [at(template, "metadata", "labels"), at(_labelled(template, own), "metadata", "labels")]
    )
    return (
        at(made, "metadata", "labels") in taken
        and grown(
            at(metadata, "annotations"),
            at(wanted, "metadata", "annotations"),
            {f"{_BATCH}cronjob-scheduled-timestamp": is_text},
        )
        and grown(at(made, "spec"), expected, _OF_A_JOB)
    )


def _labelled(template: Value, own: Value) -> Value:
    """The template with more labels."""
    metadata = at(template, "metadata")
    return {**template, "metadata": {**metadata, "labels": {**at(metadata, "labels"), **own}}}


def _of_template(made: Value, owner: Value) -> bool:
    return is_pod_of_template(made, at(owner, "spec", "template"))


_BY_KINDS: Mapping[tuple[str, str], Callable[[Value, Value], bool]] = {
    ("apps/v1/Deployment", "apps/v1/ReplicaSet"): _replica_set,
    ("apps/v1/ReplicaSet", "v1/Pod"): _of_template,
    ("v1/ReplicationController", "v1/Pod"): _of_template,
    ("apps/v1/StatefulSet", "v1/Pod"): is_pod_of_stateful_set,
    ("apps/v1/DaemonSet", "v1/Pod"): is_pod_of_daemon_set,
    ("batch/v1/Job", "v1/Pod"): is_pod_of_job,
    ("batch/v1/CronJob", "batch/v1/Job"): _job,
}
