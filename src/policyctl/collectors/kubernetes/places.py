"""Where the pods and containers of an object stand.

A pod is a mapping with `containers`, wherever it is; so a kind that nobody here knows does not pass unseen. Some kinds
write pods in other ways: KServe's framework fields, Seldon's prepackaged servers, Argo's templates, and the single
image with a command that many operators take.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from policyctl.collectors.kubernetes.fields import CONTAINERS, WORKLOAD, Fields, Node, dotted
from policyctl.collectors.kubernetes.images import parse_image
from policyctl.collectors.kubernetes.kinds import holds_pods, is_core, require_pods
from policyctl.collectors.kubernetes.objects import Item
from policyctl.collectors.kubernetes.vocabulary import names
from policyctl.model.document import Path

Role = Literal["container", "init", "ephemeral"]

_LISTS: tuple[tuple[str, Role], ...] = (
    ("initContainers", "init"),
    ("containers", "container"),
    ("sidecars", "container"),
    ("ephemeralContainers", "ephemeral"),
)
_FRAMEWORKS = names(
    "model sklearn xgboost tensorflow pytorch triton onnx huggingface pmml lightgbm paddle alibi art aix "
    "tensorrt mlflow"
)
_CONTAINER_KEYS = names(
    "command args cmd env envFrom resources resourcesPerNode ports volumeMounts securityContext "
    "imagePullPolicy pullPolicy script source"
)
_POD_KEYS = frozenset({"containers", "initContainers", "sidecars", "ephemeralContainers", "volumes"})
_MAKES = ("create", "apply", "replace", "patch")
_KIND = re.compile(r"(?m)^[ \t]*[\"']?kind[\"']?[ \t]*:[ \t]*(.*?)[ \t]*$")
_PODLESS = frozenset({"PersistentVolumeClaim", "VolumeSnapshot", "ConfigMap", "Service"})
_ARGO_RUNS = ("container", "script", "containerSet")


@dataclass(frozen=True, slots=True)
class ContainerPlace:
    """One container: `name` where it gives itself none, `elsewhere` when its image may come from another object."""

    path: Path
    node: Node
    role: Role
    name: str
    elsewhere: bool


@dataclass(slots=True)
class PodPlace:
    """One pod: the mapping with its fields, and one whose fields hold where it has none (Argo's workflow spec)."""

    path: Path
    node: Node
    containers: list[ContainerPlace] = field(default_factory=list)
    beneath: tuple[Path, Node] | None = None


def find_pods(item: Item, root: Mapping[str, Any], fields: Fields) -> list[PodPlace]:
    """The pods of an object in the order in which they stand, and gaps where one should be."""
    if not holds_pods(item):
        return []
    require_pods(item, root, fields)
    search = _Search(item, fields)
    for key, value in root.items():
        if key not in {"apiVersion", "kind", "metadata", "status"}:
            search.walk(value, (key,))
    return search.pods


class _Search:
    def __init__(self, item: Item, fields: Fields) -> None:
        self.pods: list[PodPlace] = []
        self._fields = fields
        self._core = is_core(item)
        self._kserve = (item.group, item.kind) == ("serving.kserve.io", "InferenceService")
        self._seldon = item.group == "machinelearning.seldon.io"

    def walk(self, node: Any, path: Path) -> None:
        """Look for pods in a value and in everything below it."""
        if isinstance(node, list):
            for index, below in enumerate(node):
                if isinstance(below, (dict, list)):
                    self.walk(below, (*path, index))
            return
        if not isinstance(node, dict):
            return
        seen: frozenset[str] | set[str] = frozenset()
        if _is_argo(node):
            self._argo(node, path)
            seen = {"templates", "templateDefaults", "volumes"}
        elif self._kserve and len(path) == 2 and path[1] in {"predictor", "transformer", "explainer"}:
            seen = _POD_KEYS | self._component(node, path)
        elif node.get("containers") is not None or node.get("initContainers") is not None:
            self._pod(node, path)
            seen = _POD_KEYS
        if "image" in node and _is_loose(node):
            name = node.get("name")
            called = name if isinstance(name, str) else str(path[-1])
            self._add(path, {}, [ContainerPlace(path, node, "container", called, elsewhere=False)])
            seen = {*seen, "image"}
        if self._seldon and path[:2] == ("spec", "predictors") and len(path) == 3:
            self._predictor(node, path)
        for key, below in node.items():
            if key not in seen and isinstance(below, (dict, list)):
                self.walk(below, (*path, key))

    def _name(self, node: Node, path: Path, otherwise: str) -> str:
        return self._fields.text(node, "name", path, CONTAINERS) or otherwise

    def _add(
        self, path: Path, node: Node, containers: list[ContainerPlace], beneath: tuple[Path, Node] | None = None
    ) -> None:
        if containers:
            self.pods.append(PodPlace(path, node, containers, beneath))

    def _pod(self, node: Node, path: Path) -> None:
        listed = node.get("containers")
        if not self._core and isinstance(listed, list) and listed and all(isinstance(entry, str) for entry in listed):
            return
        self._add(path, node, self._containers(node, path))

    def _containers(self, node: Node, path: Path) -> list[ContainerPlace]:
        found: list[ContainerPlace] = []
        for key, role in _LISTS:
            for index, (at, entry) in enumerate(self._fields.items(node, key, path, WORKLOAD)):
                name = self._name(entry, at, f"{key}[{index}]")
                found.append(ContainerPlace(at, entry, role, name, elsewhere=not self._core))
        return found

    def _component(self, node: Node, path: Path) -> set[str]:
        """A KServe component: a pod spec with, instead of a container, the fields of a framework."""
        containers = self._containers(node, path)
        frameworks = [key for key in node if _is_framework(key, node[key])]
        for key in frameworks:
            value = self._fields.mapping(node, key, path, WORKLOAD)
            at = (*path, key)
            containers.append(
                ContainerPlace(at, value, "container", self._name(value, at, "kserve-container"), elsewhere=True)
            )
        if not containers:
            self._fields.gap(
                f"{dotted(path)} names neither a container nor a model: there is no pod to look at",
                WORKLOAD,
            )
        self._add(path, node, containers)
        return set(frameworks)

    def _predictor(self, node: Node, path: Path) -> None:
        """A Seldon predictor: its prepackaged servers, whose containers the operator makes, and its orchestrator."""
        named = {
            str(entry.get("name"))
            for at, component in self._fields.items(node, "componentSpecs", path, WORKLOAD)
            for _, entry in self._fields.items(
                self._fields.mapping(component, "spec", at, WORKLOAD), "containers", (*at, "spec"), WORKLOAD
            )
        }
        found: list[ContainerPlace] = []
        waiting = [((*path, "graph"), self._fields.mapping(node, "graph", path, WORKLOAD))]
        while waiting:
            at, step = waiting.pop(0)
            name = self._name(step, at, "graph")
            if isinstance(step.get("implementation"), str) and name not in named:
                found.append(ContainerPlace(at, {}, "container", name, elsewhere=True))
            waiting.extend(self._fields.items(step, "children", at, WORKLOAD))
        if orchestrator := self._fields.mapping(node, "svcOrchSpec", path, WORKLOAD):
            found.append(
                ContainerPlace(
                    (*path, "svcOrchSpec"), orchestrator, "container", "seldon-container-engine", elsewhere=True
                )
            )
        self._add(path, {}, found)

    def _argo(self, node: Node, path: Path) -> None:
        """An Argo workflow spec: each template that runs something is a pod, with the spec's fields beneath its own."""
        if node.get("podSpecPatch") is not None:
            self._fields.gap(f"{dotted(path)}.podSpecPatch changes the pods when they are made", WORKLOAD, "unresolved")
        templates = list(self._fields.items(node, "templates", path, WORKLOAD))
        if isinstance(node.get("templateDefaults"), dict):
            templates.append(((*path, "templateDefaults"), node["templateDefaults"]))
        for at, template in templates:
            if template.get("podSpecPatch") is not None:
                self._fields.gap(f"{dotted(at)}.podSpecPatch changes the pod when it is made", WORKLOAD, "unresolved")
            self._add(at, template, self._template(template, at), (path, node))

    def _template(self, template: Node, at: Path) -> list[ContainerPlace]:
        found = self._containers({key: template[key] for key in ("initContainers", "sidecars") if key in template}, at)
        for key in ("container", "script"):
            if run := self._fields.mapping(template, key, at, WORKLOAD):
                place = (*at, key)
                found.append(ContainerPlace(place, run, "container", self._name(run, place, "main"), elsewhere=False))
        if several := self._fields.mapping(template, "containerSet", at, WORKLOAD):
            found.extend(self._containers(several, (*at, "containerSet")))
        resource = self._fields.mapping(template, "resource", at, WORKLOAD)
        if resource.get("action") in _MAKES and not _without_pods(resource.get("manifest")):
            self._fields.gap(f"{dotted(at)}.resource makes an object from a template", WORKLOAD, "unresolved")
        return found


def _is_argo(node: Node) -> bool:
    templates = node.get("templates")
    runs = (*_ARGO_RUNS, "resource", "dag", "steps")
    return isinstance(templates, list) and any(
        isinstance(entry, dict) and any(key in entry for key in runs) for entry in templates
    )


def _without_pods(manifest: Any) -> bool:
    """Whether every kind that the text of a manifest names is one that holds no pods."""
    kinds = _KIND.findall(manifest) if isinstance(manifest, str) else []
    return bool(kinds) and all(kind in _PODLESS for kind in kinds)


def _is_framework(key: str, value: Any) -> bool:
    if not isinstance(value, dict):
        return key in _FRAMEWORKS and value is not None
    return key in _FRAMEWORKS or any(name in value for name in ("storageUri", "storageUris", "modelFormat"))


def _is_loose(node: Node) -> bool:
    image = node["image"]
    if isinstance(image, dict):
        return isinstance(image.get("repository"), str) or (
            isinstance(image.get("registry"), str) and isinstance(image.get("name"), str)
        )
    if any(key in node for key in _CONTAINER_KEYS):
        return image is not None
    return isinstance(image, str) and parse_image(image.partition("@")[0]) is not None
