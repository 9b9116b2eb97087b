"""The container engine of this machine (Docker, or Podman with its Docker-compatible API), and its errors in our words."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from urllib.parse import urlsplit

import docker
import requests
from docker.errors import APIError, DockerException

from policyctl.model.errors import EngineError

DEFAULT = "unix:///var/run/docker.sock"
_RESTART = "restart the container engine, or leave out --opa container:… to let a managed OPA decide"
_LONGEST = 1 << 16
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_PODMAN = "export DOCKER_HOST=unix://$XDG_RUNTIME_DIR/podman/podman.sock"


def connect(environ: Mapping[str, str], *, timeout: int = 30) -> docker.DockerClient:
    """The engine that DOCKER_HOST names, else the one at /var/run/docker.sock. Close it.

    `timeout` in seconds, for each question. Raises EngineError where none answers, or where it is not on this machine.
    """
    address = environ.get("DOCKER_HOST") or DEFAULT
    _require_local(address)
    version = _version_at(address.removeprefix("unix://"), timeout) if address.startswith("unix://") else None
    with translated(f"talking to the container engine at {address}"):
        return docker.from_env(environment=dict(environ), version=version, timeout=timeout)


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
            hint=_RESTART,
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


def _version_at(path: str, timeout: float) -> str:
    """The version of its interface that the engine at a socket names.

    Asked by hand: the docker package tells a missing socket, a forbidden and a silent one apart only in the text of nested
    exceptions, leaves its connection open then, and asks podman for much more than the version (0.3 s).
    """
    with closing(socket.socket(socket.AF_UNIX)) as connection:
        connection.settimeout(timeout)
        try:
            connection.connect(path)
            connection.sendall(b"GET /_ping HTTP/1.0\r\nHost: localhost\r\n\r\n")
            said = connection.recv(_LONGEST).decode(errors="replace")
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
        except TimeoutError as error:
            raise EngineError(
                f"the container engine at {path} accepted the question and gave no answer within {timeout:g} s",
                hint=_RESTART,
            ) from error
        except OSError as error:
            raise EngineError(
                f"no container engine listens at {path}: {error.strerror or error}",
                hint="start it: `systemctl start docker`, or `systemctl --user start podman.socket`",
            ) from error
    version = re.search(r"^api-version:\s*(\d+\.\d+)\s*$", said, re.IGNORECASE | re.MULTILINE)
    if not version:
        raise EngineError(
            f"what listens at {path} is no container engine",
            hint="name the socket of Docker, or of Podman's Docker API, in DOCKER_HOST",
        )
    return version[1]
