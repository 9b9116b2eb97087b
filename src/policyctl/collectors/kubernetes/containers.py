"""One container: image, command line, variables, resources, security, probes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from policyctl.collectors.kubernetes.environment import env_sources, read_env
from policyctl.collectors.kubernetes.fields import CONTAINERS, MODELS, Fields, Node, dotted, type_name
from policyctl.collectors.kubernetes.images import parse_image
from policyctl.collectors.kubernetes.places import ContainerPlace, PodPlace
from policyctl.collectors.kubernetes.quantities import read_quantities
from policyctl.collectors.kubernetes.security import read_security_context
from policyctl.model.document import Path
from policyctl.model.facts.kubernetes import ArgumentSecret, Container, Image

_PROBES: tuple[tuple[str, Literal["liveness", "readiness", "startup"]], ...] = (
    ("livenessProbe", "liveness"),
    ("readinessProbe", "readiness"),
    ("startupProbe", "startup"),
)
_IMAGE = (*MODELS, "serving", "inference")
"""What an image that is none hides: what runs there. The rest of the container was read, and says that it has no image."""
_ARGUMENTS = (*CONTAINERS, *_IMAGE)
_RESOURCES = ("resources", "resourcesPerNode")


def read_container(
    fields: Fields, place: ContainerPlace, pod: PodPlace, index: int, emptied: Mapping[Path, str]
) -> Container:
    """The facts of one container; `index` is that of its pod."""
    node, path = place.node, place.path
    arguments = read_arguments(fields, place)
    secrets, config_maps = env_sources(fields, node, path)
    container: Container = {
        "id": f"{dotted(pod.path)}/{place.name}",
        "path": list(path),
        "pod": index,
        "role": place.role,
        "name": place.name,
        "image_source": "manifest",
        "arguments": [text for _, text in arguments],
        "arguments_secrets": [
            ArgumentSecret(path=list(at), option=emptied[at] if emptied[at].startswith("-") else "")
            for at, _ in arguments
            if at in emptied
        ],
        "env": read_env(fields, node, path, emptied),
        "env_from_secrets": secrets,
        "env_from_config_maps": config_maps,
        "limits": {},
        "requests": {},
        "security_context": read_security_context(fields, node, path, CONTAINERS),
        "host_ports": [],
        "probes": [],
    }
    _read_image(fields, place, container)
    _read_resources(fields, node, path, container)
    _read_ports(fields, node, path, container)
    for key, name in _PROBES:
        if fields.mapping(node, key, path, CONTAINERS):
            container["probes"].append(name)
    return container


def read_arguments(fields: Fields, place: ContainerPlace) -> list[tuple[Path, str]]:
    """Command and args with their paths, in the order in which they run; a script's source comes last."""
    found: list[tuple[Path, str]] = []
    for key in ("command", "cmd", "args", "script", "source"):
        if isinstance(value := place.node.get(key), str):
            found.append(((*place.path, key), value))
        elif key not in {"script", "source"}:
            found.extend(fields.texts(place.node, key, place.path, _ARGUMENTS))
        elif value is not None and not isinstance(value, dict):
            fields.wrong((*place.path, key), value, "text", _ARGUMENTS)
    return found


def _read_image(fields: Fields, place: ContainerPlace, container: Container) -> None:
    path = (*place.path, "image")
    written = place.node.get("image")
    if isinstance(written, dict):
        reference = _joined(written)
    elif written is None or written == "":
        container["image_source"] = "runtime" if place.elsewhere else "missing"
        if not place.elsewhere:
            fields.gap(f"{dotted(path)} is missing", _IMAGE, at=path)
        return
    elif isinstance(written, str):
        reference = written
    else:
        fields.gap(f"{dotted(path)} is {type_name(written)}, not text", _IMAGE, at=path)
        return
    image: Image | None = parse_image(reference)
    if image is None:
        fields.gap(f"{dotted(path)} is not an image reference: {reference[:120]!r}", _IMAGE, at=path)
    else:
        container["image"] = image


def _joined(parts: Node) -> str:
    """An image that is written in parts, as many operators take it: registry, repository (or name), tag, digest."""
    names = [parts.get(key) for key in ("registry", "repository", "name")]
    reference = "/".join(name.strip("/") for name in names if isinstance(name, str) and name)
    tag, digest = parts.get("tag"), parts.get("digest")
    if isinstance(tag, (str, int, float)) and tag != "":
        reference += f":{tag}"
    return f"{reference}@{digest}" if isinstance(digest, str) and digest else reference


def _read_resources(fields: Fields, node: Node, path: Path, container: Container) -> None:
    for key in _RESOURCES:
        resources, at = fields.mapping(node, key, path, CONTAINERS), (*path, key)
        if unknown := sorted(set(resources) - {"limits", "requests", "claims"}):
            fields.gap(
                f"{dotted(at)} has {', '.join(unknown[:5])}, and only limits, requests and claims are known", CONTAINERS
            )
        if resources:
            container["limits"] = read_quantities(fields, resources, "limits", at)
            container["requests"] = read_quantities(fields, resources, "requests", at)


def _read_ports(fields: Fields, node: Node, path: Path, container: Container) -> None:
    for at, entry in fields.items(node, "ports", path, CONTAINERS):
        port = fields.number(entry, "hostPort", at, CONTAINERS)
        if port:
            container["host_ports"].append(port)
