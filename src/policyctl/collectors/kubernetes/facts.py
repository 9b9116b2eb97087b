"""The facts of one object, put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from policyctl.collectors.kubernetes.containers import read_arguments, read_container
from policyctl.collectors.kubernetes.embedded import report_embedded
from policyctl.collectors.kubernetes.fields import Fields
from policyctl.collectors.kubernetes.inference import read_inference
from policyctl.collectors.kubernetes.intelligence import ai_reasons, is_serving, runs_model
from policyctl.collectors.kubernetes.labels import controller_labels
from policyctl.collectors.kubernetes.loading import unsafe_loading
from policyctl.collectors.kubernetes.masking import Masked, mask
from policyctl.collectors.kubernetes.models import container_models, field_models, report_unresolved
from policyctl.collectors.kubernetes.objects import Item
from policyctl.collectors.kubernetes.options import Word, words
from policyctl.collectors.kubernetes.places import find_pods
from policyctl.collectors.kubernetes.pods import read_pod
from policyctl.collectors.kubernetes.ray import ray_models
from policyctl.collectors.kubernetes.relations import Known, Run, TooManyRelations, relate, watchers
from policyctl.collectors.kubernetes.switches import field_switches
from policyctl.collectors.kubernetes.unresolved import reads_unseen_variables, unresolved
from policyctl.model.document import Path
from policyctl.model.facts.kubernetes import Container, KubernetesFacts, ModelSource, Pod, UnsafeLoading


@dataclass(slots=True)
class Read:
    """One object as read: its facts, what is masked in them, and the gaps met on the way."""

    facts: KubernetesFacts
    masked: Masked
    fields: Fields


def read_object(item: Item) -> Read:
    """The facts of one object without its relations.

    Raises InputError when the object is too large or too deep.
    """
    fields = Fields()
    masked = mask(item.value)
    root = masked.object
    metadata = root["metadata"] if isinstance(root.get("metadata"), dict) else {}
    name, generated = _name(metadata)
    namespace = fields.text(metadata, "namespace", ("metadata",), ("namespace", "relations")) or None
    labels = fields.strings(metadata, "labels", ("metadata",), ("labels", "ai_workload", "ai_reasons", "relations"))
    annotations = fields.strings(metadata, "annotations", ("metadata",), ("annotations", "inference"))
    workload = _workload(item, root, name, labels, fields, masked)
    pods, containers, lines = workload.pods, workload.containers, workload.lines
    models, unsafe = _models(item, root, fields, workload)
    report_embedded(item, root, containers, fields)
    reasons = ai_reasons(item, _all_labels(labels, pods), containers, models)
    if reasons:
        _report_unresolved(fields, containers, lines)
    group = item.group or item.api_version
    facts: KubernetesFacts = {
        "id": f"{item.kind}.{group}/{namespace or '-'}/{name}",
        "api_version": item.api_version,
        "group": item.group,
        "kind": item.kind,
        "name": name,
        "generated_name": generated,
        "labels": labels,
        "annotations": annotations,
        "ai_workload": bool(reasons),
        "ai_reasons": reasons,
        "serving": is_serving(item, containers),
        "object": root,
        "pods": pods,
        "containers": containers,
        "models": models,
        "unsafe_loading": unsafe,
        "literal_secrets": masked.literal_secrets(),
        "inference": read_inference(item, root, fields, containers, lines),
        "relations": {},
        "objects_in_run": 0,
    }
    if namespace:
        facts["namespace"] = namespace
    return Read(facts, masked, fields)


def known(item: Item, facts: KubernetesFacts) -> Known:
    """The object as others of the run may be related to it."""
    return Known(facts.get("namespace"), facts["name"], item.api_version, item.value)


def finish(read: Read, run: Run) -> None:
    """Add what the other objects of the run say."""
    facts = read.facts
    namespace = facts.get("namespace")
    try:
        facts["relations"] = relate(run, namespace, facts["pods"], read.fields)
        facts["inference"]["monitors"].extend(watchers(run, namespace, facts["pods"], read.fields))
    except TooManyRelations:
        reason = "too many objects of the run would have to be related to each other: judge fewer at once"
        read.fields.gap(reason, ("relations", "inference"), "too_many")
    facts["objects_in_run"] = run.count


def _name(metadata: Mapping[str, Any]) -> tuple[str, bool]:
    name = metadata.get("name")
    if isinstance(name, str) and name:
        return name, False
    return f"{metadata.get('generateName', '')}*", True


def _all_labels(labels: Mapping[str, str], pods: list[Pod]) -> dict[str, str]:
    return {name: value for held in (*(pod["labels"] for pod in pods), labels) for name, value in held.items()}


@dataclass(slots=True)
class _Workload:
    """The pods and containers of an object; by container, its arguments as written and their words."""

    pods: list[Pod] = field(default_factory=list)
    containers: list[Container] = field(default_factory=list)
    arguments: list[list[tuple[Path, str]]] = field(default_factory=list)
    lines: list[list[Word]] = field(default_factory=list)


def _workload(
    item: Item, root: Mapping[str, Any], name: str, labels: Mapping[str, str], fields: Fields, masked: Masked
) -> _Workload:
    found = _Workload()
    for place in find_pods(item, root, fields):
        found.pods.append(read_pod(fields, place, root, controller_labels(item, name, labels, root, place.path)))
        for at in place.containers:
            container = read_container(fields, at, place, len(found.pods) - 1, masked.emptied)
            arguments = read_arguments(Fields(), at)
            found.containers.append(container)
            found.arguments.append(arguments)
            found.lines.append(words(container, arguments))
    return found


def _report_unresolved(fields: Fields, containers: list[Container], lines: list[list[Word]]) -> None:
    """Options that nobody sees may be any, so what they switch on and which model they name is not known."""
    for container, line in zip(containers, lines, strict=True):
        for reason in unresolved(line):
            fields.gap(reason, ("unsafe_loading", "models"), "unresolved")
        for reason in reads_unseen_variables(container):
            fields.gap(reason, ("unsafe_loading",), "unresolved")


def _models(
    item: Item, root: Mapping[str, Any], fields: Fields, workload: _Workload
) -> tuple[list[ModelSource], list[UnsafeLoading]]:
    models = field_models(item, root, fields)
    unsafe: list[UnsafeLoading] = []
    each = zip(workload.containers, workload.lines, workload.arguments, strict=True)
    for index, (container, line, arguments) in enumerate(each):
        models.extend(container_models(container, line, runs_model=runs_model(container)))
        unsafe.extend(unsafe_loading(container, index, line, arguments))
    more_models, more_unsafe = ray_models(item, root, fields)
    models.extend(more_models)
    report_unresolved(models, fields)
    unsafe.extend(more_unsafe)
    seen = {tuple(place) for place in (*(one["path"] for one in workload.containers), *(one["path"] for one in unsafe))}
    return models, [*unsafe, *field_switches(item, root, seen)]
