"""What is collected about one subject, before it becomes facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from policyctl.collectors.container_image.programs import Programs, Reader
from policyctl.collectors.container_image.variables import is_open
from policyctl.collectors.kubernetes.fields import Fields
from policyctl.collectors.kubernetes.labels import SYSTEM_LABELS
from policyctl.model.document import Path
from policyctl.model.facts.container_image import (
    ContainerImageFacts,
    Download,
    HostAccess,
    ImageContainer,
    PublishedPort,
)
from policyctl.model.facts.kubernetes import EnvVar, LiteralSecret
from policyctl.model.secrets import names_secret

STARTED = ("ai_workload", "ai_reasons", "serving", "models", "unsafe_loading")
"""Facts that what an image holds may add to."""

BUILT = ("containers", "models", "unsafe_loading", "downloads")
"""Facts that the building of an image adds to."""

EVERYTHING = (*STARTED, "containers", "literal_secrets", "downloads", "ports", "host_access", "log_driver", "labels")


@dataclass(slots=True)
class Subject:
    """One Dockerfile or service on its way to being facts."""

    id: str
    source: Literal["dockerfile", "compose"]
    name: str
    fields: Fields = field(default_factory=Fields)
    labels: dict[str, str] = field(default_factory=dict)
    containers: list[ImageContainer] = field(default_factory=list)
    secrets: list[LiteralSecret] = field(default_factory=list)
    downloads: list[Download] = field(default_factory=list)
    ports: list[PublishedPort] = field(default_factory=list)
    host_access: list[HostAccess] = field(default_factory=list)
    masked: list[str] = field(default_factory=list)
    log_driver: str = ""
    all_accelerators: bool = False
    programs: Programs = field(default_factory=Programs)

    def add(self, container: ImageContainer) -> int:
        """Its index among the containers; an image that files are taken from counts once."""
        for index, known in enumerate(self.containers):
            if container["role"] == "copied" and (known["role"], known["name"]) == ("copied", container["name"]):
                return index
        self.containers.append(container)
        return len(self.containers) - 1

    def secret(self, path: Path, where: Literal["env", "argument", "field"], name: str) -> None:
        """A credential that stands in the file as text; what several stages inherit counts once."""
        entry = LiteralSecret(path=list(path), where=where, name=name)
        if entry not in self.secrets:
            self.secrets.append(entry)

    def told_secret(self, container: int, kind: str, at: int, name: str, path: Path) -> None:
        """A credential in what a container is told: in its variables ("env"), its command, or a script that builds it."""
        self.secret(path, "env" if kind == "env" else "argument", name)
        if kind == "command":
            option = name if name[:1] == "-" else ""
            self.containers[container]["arguments_secrets"].append({"path": list(path), "option": option})
        fact = {"env": f"env.{at}.value", "command": f"arguments.{at}"}.get(kind)
        if fact:
            self.masked.append(f"facts.containers.{container}.{fact}")

    def finish(self, reader: Reader) -> None:
        """Add what its programs are and start."""
        found = reader.found
        if self.all_accelerators:
            found.reasons.add(f"all accelerators for {self.name}")
        found.reasons.update(f"label {name}" for name in self.labels if name in SYSTEM_LABELS)
        found.reasons.update(f"model {source['uri'][:120]}" for source in found.models if source["uri"])
        reader.finish()
        self.programs = found

    def made(self) -> ContainerImageFacts:
        """Its facts."""
        found = self.programs
        return {
            "id": self.id,
            "source": self.source,
            "name": self.name,
            "labels": self.labels,
            "ai_workload": bool(found.reasons),
            "ai_reasons": sorted(found.reasons),
            "serving": found.serving,
            "containers": self.containers,
            "models": found.models,
            "unsafe_loading": found.unsafe,
            "literal_secrets": self.secrets,
            "downloads": self.downloads,
            "ports": self.ports,
            "host_access": self.host_access,
            "log_driver": self.log_driver,
            "all_accelerators": self.all_accelerators,
        }


def nothing(id: str, source: Literal["dockerfile", "compose"], name: str) -> Subject:
    """A subject of which nothing is known yet."""
    return Subject(id, source, name)


def new_container(
    id: str, path: Path, name: str, role: Literal["stage", "final", "copied", "service"]
) -> ImageContainer:
    """A container of which nothing is known but where it stands."""
    return {
        "id": id,
        "path": list(path),
        "name": name,
        "role": role,
        "image_source": "elsewhere",
        "base_source": "elsewhere",
        "arguments": [],
        "arguments_secrets": [],
        "env": [],
        "limits": {},
        "requests": {},
        "user_source": "image",
    }


def env_var(name: str, value: str | None, path: Path, *, secret: bool) -> EnvVar:
    """A variable: `secret` where its value was a credential and is emptied; without a value, one comes from elsewhere."""
    variable: EnvVar = {"name": name, "path": list(path), "source": "empty", "secret_like": secret}
    if secret:
        variable["source"] = "literal"
    elif value is None:
        variable["source"], variable["secret_like"] = "reference", names_secret(name)
    elif value:
        variable["source"] = "reference" if is_open(value) else "literal"
    if value:
        variable["value"] = value
    return variable
