"""The names by which people call Dockerfiles and compose files. Their content decides, where it says enough."""

from __future__ import annotations

import re

_DOCKERFILE = re.compile(r"(?:dockerfile|containerfile)(?:[.\-_].+)?|.+\.(?:dockerfile|containerfile)", re.IGNORECASE)
_COMPOSE = re.compile(r"(?:docker-|podman-)?compose(?:[.\-_].+)?\.ya?ml", re.IGNORECASE)
_IGNORES = (".dockerignore", ".containerignore")


def is_dockerfile_name(name: str) -> bool:
    """Whether a file of this name is usually one: "Dockerfile", "Dockerfile.gpu", "Dockerfile-cuda", "serve.Dockerfile"."""
    return _DOCKERFILE.fullmatch(name) is not None and not name.lower().endswith(_IGNORES)


def is_compose_name(name: str) -> bool:
    """Whether a file of this name is usually one: "compose.yaml", "docker-compose.override.yml"."""
    return _COMPOSE.fullmatch(name) is not None
