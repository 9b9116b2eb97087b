"""A real container engine of the tests' own, podman with runc behind a Docker API, and images around real OPAs.

Nothing of the machine's own podman is touched: storage, state and socket lie in a folder of their own. No registry is reached.
"""

from __future__ import annotations

import io
import subprocess
import tarfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import docker
import pytest
from docker.models.containers import Container

from policyctl.engines.binary import Binary
from policyctl.engines.container import ContainerEngine
from policyctl.engines.install import install
from policyctl.model.errors import EngineError
from tests.engines.conftest import Build
from tests.podman import own_podman


@pytest.fixture(scope="session")
def socket_of_podman() -> Iterator[str]:
    """The path of its socket."""
    with own_podman() as podman:
        path = podman.folder / "podman.sock"
        with open(podman.folder / "log", "wb") as log:
            service = subprocess.Popen(
                [*podman.command, "system", "service", "--time", "0", f"unix://{path}"],
                # Where memory runs out, it leaves a file in its working directory.
                cwd=podman.folder,
                env=podman.environment,
                stdout=log,
                stderr=log,
            )
        try:
            _await(path.exists, lambda: (podman.folder / "log").read_text())
            yield str(path)
        finally:
            service.kill()
            service.wait()


def _await(there: Callable[[], bool], log: Callable[[], str]) -> None:
    deadline = time.monotonic() + 30
    while not there():
        assert time.monotonic() < deadline, f"podman did not start: {log()}"
        time.sleep(0.05)


@pytest.fixture
def client(socket_of_podman: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[docker.DockerClient]:
    """A client of that engine, which DOCKER_HOST names. No container is left from test to test."""
    monkeypatch.setenv("DOCKER_HOST", f"unix://{socket_of_podman}")
    client = docker.from_env()
    yield client
    for container in client.containers.list(all=True):
        container.remove(force=True, v=True)
    client.close()


@pytest.fixture(scope="session")
def images(socket_of_podman: str) -> Iterator[Callable[..., str]]:
    """Builds images from scratch around an OPA: `images(binary)` is the name of one. A second call gives the same one."""
    client = docker.DockerClient(f"unix://{socket_of_podman}")
    built: dict[tuple[str, str], str] = {}

    def build(opa: Binary, entrypoint: str = '["/opa"]') -> str:
        key = (opa.version, entrypoint)
        if key not in built:
            name = f"localhost/opa:{opa.version}-{len(built)}"
            recipe = f"FROM scratch\nCOPY opa /opa\nENTRYPOINT {entrypoint}\n"
            client.images.build(fileobj=_context(recipe, Path(opa.path)), custom_context=True, tag=name, rm=True)
            built[key] = name
        return built[key]

    yield build
    client.close()


def _context(recipe: str, opa: Path) -> io.BytesIO:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w") as tar:
        member = tarfile.TarInfo("Dockerfile")
        member.size = len(recipe.encode())
        tar.addfile(member, io.BytesIO(recipe.encode()))
        tar.add(opa, "opa")
    return io.BytesIO(written.getvalue())


@pytest.fixture
def image(images: Callable[..., str], pinned_opa: Binary, client: docker.DockerClient) -> str:
    """The name of an image around the pinned OPA, with the engine that has it named by DOCKER_HOST."""
    return images(pinned_opa)


@pytest.fixture(scope="session")
def pinned_opa() -> Binary:
    """The pinned OPA; installed if need be, which fails where it cannot be had."""
    return install(print, version="1.19.1")


@pytest.fixture
def sidecar(image: str, build: Build) -> Iterator[ContainerEngine]:
    """A container engine with the test bundle, ready."""
    with ContainerEngine(image, *build(), timeout=5) as engine:
        engine.decide([])
        yield engine


@pytest.fixture
def only(client: docker.DockerClient) -> Callable[[], Container]:
    """The one container that there is."""

    def container() -> Container:
        (found,) = client.containers.list(all=True)
        return found

    return container


@contextmanager
def refused(match: str, hint: str = "") -> Iterator[None]:
    """An engine error, with exit code 4 and a next step."""
    with pytest.raises(EngineError, match=match) as caught:
        yield
    assert caught.value.exit_code == 4
    assert caught.value.hint
    assert hint in caught.value.hint
