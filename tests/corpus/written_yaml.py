"""Where a node of a manifest stands, told by PyYAML's own marks: a second opinion on lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_CONTAINERS = ("initContainers", "containers", "ephemeralContainers")


@cache
def objects(file: Path) -> tuple[tuple[yaml.MappingNode, int], ...]:
    """The objects in all documents of a file, those of Lists too, each with the line at which it begins."""
    found: list[tuple[yaml.MappingNode, int]] = []
    for document in yaml.compose_all(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader):
        if not isinstance(document, yaml.MappingNode):
            continue
        items = _get(document, "items")
        listed = (
            items.value
            if isinstance(items, yaml.SequenceNode) and _text(document, "kind").endswith("List")
            else [document]
        )
        found += [(node, node.start_mark.line + 1) for node in listed]
    return tuple(found)


def object_of(file: Path, id: str) -> yaml.MappingNode:
    """The object that an id (Kind.group/namespace/name) names. AssertionError unless there is just one."""
    kind = id.split("/")[0].split(".")[0]
    _, namespace, name = id.split("/", 2)
    named = [
        node
        for node, _ in objects(file)
        if _text(node, "kind") == kind
        and name in (_text(node, "metadata", "name"), _text(node, "metadata", "generateName") + "*")
        and namespace in ("-", _text(node, "metadata", "namespace"))
    ]
    assert len(named) == 1, f"{id} in {file.name}: {len(named)}"
    return named[0]


def lines_of(node: yaml.MappingNode, resource: str, path: Sequence[str | int]) -> set[int]:
    """The lines that a path may mean: inside the object, or inside the container or pod that the resource names."""
    places = [()] if "/" not in resource else [(), *_places(node, resource)]
    return {_line(node, (*place, *path)) for place in places}


def _places(node: yaml.MappingNode, resource: str) -> Iterator[tuple[str | int, ...]]:
    """The paths of containers with the resource's name, in the pod that it names: `spec.template.spec/web`."""
    pod, _, name = resource.rpartition("/")
    steps = tuple(int(step) if step.isdecimal() else step for step in pod.split("."))
    for listed in _CONTAINERS:
        containers = _get(node, *steps, listed)
        for index, container in enumerate(containers.value if isinstance(containers, yaml.SequenceNode) else ()):
            if _text(container, "name") == name:
                yield (*steps, listed, index)


def _line(node: yaml.Node, path: Sequence[str | int]) -> int:
    """The line of the deepest node of the path that is written, a member's at its key."""
    line = node.start_mark.line + 1
    for step in path:
        if isinstance(node, yaml.MappingNode):
            member = next(((key, value) for key, value in node.value if key.value == step), None)
            if member is None:
                return line
            line, node = member[0].start_mark.line + 1, member[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            return line
    return line


def _get(node: Any, *path: str | int) -> Any:
    for step in path:
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
        else:
            return None
    return node


def _text(node: Any, *path: str | int) -> str:
    found = _get(node, *path)
    return str(found.value) if isinstance(found, yaml.ScalarNode) else ""
