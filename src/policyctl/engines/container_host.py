"""The container engine of this machine (Docker, or Podman with its Docker-compatible API), and its errors in our words."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from urllib.parse import urlsplit

import docker
import requests
from docker.errors import APIError, DockerException

from policyctl.model.errors import EngineError

DEFAULT = "unix:///var/run/docker.sock"
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_PODMAN = "export DOCKER_HOST=unix://$XDG_RUNTIME_DIR/podman/podman.sock"


def connect(environ: Mapping[str, str], *, timeout: int = 30) -> docker.DockerClient:
    """The engine that DOCKER_HOST names, else the one at /var/run/docker.sock. Close it.

    `timeout` in seconds, for each question. Raises EngineError where none answers, or where it is not on this machine.
    """
    address = environ.get("DOCKER_HOST") or DEFAULT
    _require_local(address)
    if address.startswith("unix://"):
        _knock(address.removeprefix("unix://"))
    with translated(f"talking to the container engine at {address}"):
        return docker.from_env(environment=dict(environ), timeout=timeout)


@contextmanager
def translated(doing: str, hint: str = "") -> Iterator[None]:
    """Turns what the docker package raises into an EngineError that begins with what we were doing."""
    try:
        yield
    except APIError as error:
        said = " ".join(str(error.explanation or error).split())
        raise EngineError(
            f"{doing} failed: {said[:400]}", hint=hint or "see what the container engine's own log says"
        ) from error
    except requests.Timeout as error:
        raise EngineError(
            f"{doing} failed: it accepted the question and gave no answer",
            hint="restart the container engine, or leave out --opa container: to let a managed OPA decide",
        ) from error
    except (DockerException, requests.RequestException) as error:
        raise EngineError(
            f"{doing} failed: {' '.join(str(error).split())[:400]}",
            hint="is this a container engine, and does it run? `docker version` or `podman version` tells",
        ) from error


def _require_local(address: str) -> None:
    """OPA's port is published on the loopback of the engine's machine, so that must be this one."""
    parts = urlsplit(address)
    if parts.scheme in ("unix", "npipe") or (parts.scheme in ("tcp", "http", "https") and parts.hostname in _LOOPBACK):
        return
    raise EngineError(
        f"the container engine at {address} (DOCKER_HOST) is not on this machine, so its OPA could not be asked from here",
        hint="run OPA there with the bundle and name it with --opa https://…, or name a container engine of this machine",
    )


def _knock(path: str) -> None:
    """Docker's package tells these apart only in a text of several nested exceptions."""
    with closing(socket.socket(socket.AF_UNIX)) as probe:
        probe.settimeout(5)
        try:
            probe.connect(path)
        except FileNotFoundError as error:
            raise EngineError(
                f"there is no container engine at {path}",
                hint=f"start Docker, or name another engine's socket: {_PODMAN}",
            ) from error
        except PermissionError as error:
            raise EngineError(
                f"this user may not use the container engine at {path}",
                hint=f"ask for access to that socket (group docker), or use one of your own: {_PODMAN}",
            ) from error
        except OSError as error:
            raise EngineError(
                f"no container engine listens at {path}: {error.strerror or error}",
                hint="start it: `systemctl start docker`, or `systemctl --user start podman.socket`",
            ) from error
