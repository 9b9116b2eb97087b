"""Finds the line of a finding in the manifest."""

from __future__ import annotations

from policyctl.collectors.kubernetes.objects import Item
from policyctl.model.document import Locate, Location, Path
from policyctl.model.facts.kubernetes import KubernetesFacts


def locator(item: Item, facts: KubernetesFacts) -> Locate:
    """Places by resource and path.

    The resource is the object's id or a container's. The path is absolute in the object, as facts write it, or relative
    to the container that the resource names; one that begins with "facts" or "object", or with a list of facts and an
    index ("containers", 0), leads to what the fact was read from.
    """
    places: dict[str, Path] = {container["id"]: tuple(container["path"]) for container in facts["containers"]}

    def locate(resource: str, path: Path) -> Location | None:
        path = _in_object(facts, path)
        base = places.get(resource, ())
        line = item.content.line_of(
            item.document, (*item.prefix, *(path if path[: len(base)] == base else (*base, *path)))
        )
        return Location(item.content.path, line) if line else None

    return locate


def _in_object(facts: KubernetesFacts, path: Path) -> Path:
    if path[:1] == ("facts",):
        path = path[1:]
    if path[:1] == ("object",):
        return path[1:]
    if len(path) > 1 and isinstance(path[1], int):
        index = path[1]
        match path[0]:
            case "containers" if index < len(facts["containers"]):
                return (*facts["containers"][index]["path"], *path[2:])
            case "pods" if index < len(facts["pods"]):
                return (*facts["pods"][index]["path"], *path[2:])
            case "models" if index < len(facts["models"]):
                return tuple(facts["models"][index]["path"])
            case _:
                return path
    return ("metadata", *path) if path[:1] in {("labels",), ("annotations",), ("name",), ("namespace",)} else path
