"""Where a bundle lies in a registry, and who may fetch it there."""

from __future__ import annotations

import base64
import ipaddress
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from policyctl.model.errors import UsageError

_REFERENCE = re.compile(
    r"(?:oci://)?(?P<host>[A-Za-z0-9.-]+(?::[0-9]{1,5})?|\[[0-9a-fA-F:]+\](?::[0-9]{1,5})?)"
    r"/(?P<name>[a-z0-9]+(?:[._/-]+[a-z0-9]+)*)"
    r"(?::(?P<tag>[A-Za-z0-9_][A-Za-z0-9._-]{0,127}))?(?:@(?P<digest>sha256:[0-9a-f]{64}))?"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """HOST[:PORT]/NAME[:TAG][@DIGEST]. `digest` is empty where none was named."""

    host: str
    name: str
    tag: str
    digest: str = ""

    @property
    def loopback(self) -> bool:
        """Whether the registry is on this machine."""
        name = self.host.rpartition(":")[0] if re.search(r":[0-9]+$", self.host) else self.host
        if name == "localhost":
            return True
        try:
            return ipaddress.ip_address(name.strip("[]")).is_loopback
        except ValueError:
            return False

    def __str__(self) -> str:
        return f"{self.host}/{self.name}" + (f"@{self.digest}" if self.digest else f":{self.tag}")


@dataclass(frozen=True, slots=True)
class Credentials:
    """A name and a password or token for a registry; empty: none."""

    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def basic(self) -> str:
        """The value of an Authorization header; empty without a password."""
        pair = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        return f"Basic {pair}" if self.password else ""


def parse(text: str) -> Reference:
    """A reference as people write it; without a tag or digest it is :latest. Raises UsageError for anything else."""
    if found := _REFERENCE.fullmatch(text):
        return Reference(found["host"], found["name"], found["tag"] or "latest", found["digest"] or "")
    raise UsageError(f"{text!r} names no place in a registry", hint="write registry.example.org/team/policy:12")


def credentials(host: str, environment: Mapping[str, str]) -> Credentials:
    """Those of POLICYCTL_REGISTRY_USER and _PASSWORD, else those that `docker login` left for the host in a file; else none."""
    if password := environment.get("POLICYCTL_REGISTRY_PASSWORD"):
        return Credentials(environment.get("POLICYCTL_REGISTRY_USER", ""), password)
    folder = environment.get("DOCKER_CONFIG") or Path(environment.get("HOME") or "~", ".docker")
    try:
        told = json.loads(Path(folder, "config.json").read_bytes())["auths"][host]["auth"]
        user, _, password = base64.b64decode(told).decode().partition(":")
    except (OSError, ValueError, KeyError, TypeError):
        return Credentials()
    return Credentials(user, password)
