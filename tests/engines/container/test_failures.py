"""Whatever goes wrong with the container engine, the image or its OPA is an engine error that says what to do."""

from __future__ import annotations

import json
import random
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from typing import Any

import docker
import pytest
from docker.models.containers import Container

from policyctl.engines import container, container_start
from policyctl.engines.binary import Binary, in_tested_range
from policyctl.engines.container import ContainerEngine
from tests.engines.container.conftest import refused
from tests.engines.test_failures import good_answer, said

pytestmark = pytest.mark.servers

Only = Callable[[], Container]


def test_an_opa_killed_in_the_middle_of_a_batch(
    sidecar: ContainerEngine, document: Callable[..., Any], only: Only
) -> None:
    killer = threading.Timer(1, only().kill)
    killer.start()
    with refused("ended with exit code 137", "memory"):
        sidecar.decide([document(number, controls=("T-005",), rounds=100_000) for number in range(300)])
    killer.join()


def test_an_opa_that_lacks_memory(
    image: str, build: Callable[..., Any], document: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(container_start, "MEMORY_LIMIT", "64m")
    with ContainerEngine(image, *build()) as engine:
        assert engine.decide([document()])[0]["outcome"] == "allow"
        with refused("ended with exit code 137", "memory"):
            engine.decide([document(number, ballast="x" * 3_000_000) for number in range(40)])


@pytest.mark.parametrize("ready", [True, False])
def test_an_opa_that_hangs_is_an_error_in_time(image: str, build: Callable[..., Any], only: Only, ready: bool) -> None:
    with ContainerEngine(image, *build(), timeout=1, startup_timeout=1) as engine:
        if ready:
            engine.decide([])
        only().pause()
        with refused("gave no answer within 1 s|was not ready within 1 s"):
            engine.decide([])


def test_an_opa_that_is_slow_to_start(image: str, build: Callable[..., Any]) -> None:
    noise = json.dumps([random.random() for _ in range(500_000)])
    archive, bundle = build("r1", {"policyctl/noise/data.json": noise})
    with ContainerEngine(image, archive, bundle, startup_timeout=0) as engine, refused("was not ready within 0 s"):
        engine.decide([])


@contextmanager
def listening(answer: bytes | None) -> Iterator[int]:
    """The port of somebody who gives everybody the same answer, or none at all."""
    stop = threading.Event()
    kept: list[socket.socket] = []

    def serve(listener: socket.socket) -> None:
        while not stop.is_set():
            with suppress(TimeoutError):
                connection, _ = listener.accept()
                kept.append(connection)
                if answer is not None:
                    connection.recv(1_000_000)
                    connection.sendall(answer)
                    connection.close()

    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(0.1)
        thread = threading.Thread(target=serve, args=[listener])
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            stop.set()
            thread.join()
            for connection in kept:
                connection.close()


def http(status: str, body: bytes) -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (None, "gave no answer within 1 s"),
        (http("500 Error", b'{"code":"internal_error","message":"out of order"}'), "answered 500: out of order"),
        (http("200 OK", said([good_answer()])), "is not the one that policyctl started"),
    ],
    ids=["hangs", "answers 500", "allows"],
)
def test_who_listens_in_opas_place_is_not_believed(
    image: str,
    build: Callable[..., Any],
    document: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    answer: bytes | None,
    message: str,
) -> None:
    with listening(answer) as port:
        monkeypatch.setattr(container, "port_of", lambda _: port)
        with ContainerEngine(image, *build(), timeout=1) as engine, refused(message):
            engine.decide([document(controls=("T-001",))])


def test_a_container_that_somebody_removed(sidecar: ContainerEngine, document: Callable[..., Any], only: Only) -> None:
    only().remove(force=True, v=True)
    with refused("asking the container engine about OPA's container failed: .*[Nn]o such container", "again"):
        sidecar.decide([document()])


def test_a_bundle_of_another_revision_than_named(
    image: str, build: Callable[..., Any], document: Callable[..., Any]
) -> None:
    archive, bundle = build("r1")
    with (
        ContainerEngine(image, archive, replace(bundle, revision="r2")) as engine,
        refused("bundle revision r1, not r2"),
    ):
        engine.decide([document()])


def test_a_port_that_somebody_took(
    image: str, build: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, client: docker.DockerClient
) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setattr(container_start, "PUBLISHED", taken.getsockname())
        with refused("starting OPA's container failed: .*in use", "run the command again"):
            ContainerEngine(image, *build())

    assert client.containers.list(all=True) == []


def test_a_port_that_is_published_to_everybody(
    image: str, build: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, client: docker.DockerClient
) -> None:
    """An engine may not do what it is told: the port is looked at before anything is asked."""
    made = client.containers.create(image, ports={"8181/tcp": ("0.0.0.0", 0)})

    with refused("did not publish OPA's port on 127"):
        container_start.port_of(made.attrs)


def test_an_image_that_is_not_here_is_not_pulled(image: str, build: Callable[..., Any]) -> None:
    with refused("has no image localhost/none:1, and policyctl pulls none", "docker pull localhost/none:1"):
        ContainerEngine("localhost/none:1", *build())


@pytest.mark.parametrize("reference", ["-v", "Not An Image", "opa@sha256:12", "opa@sha256:" + "0" * 64, "../x"])
def test_what_names_no_image(image: str, build: Callable[..., Any], reference: str) -> None:
    with refused("image"):
        ContainerEngine(reference, *build())


def test_an_image_that_ends_at_once_is_quoted(
    images: Callable[..., str], pinned_opa: Binary, client: docker.DockerClient, build: Callable[..., Any], only: Only
) -> None:
    name = images(pinned_opa, '["/opa", "nonsense"]')
    with (
        refused('(?s)ended with exit code 1: .*unknown command "nonsense"', "entrypoint"),
        ContainerEngine(name, *build()) as engine,
    ):
        engine.decide([])

    assert client.containers.list(all=True) == []


def test_a_bundle_that_does_not_compile_is_quoted(image: str, build: Callable[..., Any]) -> None:
    archive, bundle = build("r1", {"policyctl/main/broken.rego": "package policyctl.main\n\nallow if {"})
    with (
        refused(r"(?s)ended with exit code 1: .*broken\.rego:3.*unexpected eof"),
        ContainerEngine(image, archive, bundle) as engine,
    ):
        engine.decide([])


def test_an_image_without_an_entrypoint_that_exists(
    client: docker.DockerClient, images: Callable[..., str], pinned_opa: Binary, build: Callable[..., Any]
) -> None:
    with refused("starting OPA's container failed|ended with exit code 127"):
        ContainerEngine(images(pinned_opa, '["/nowhere"]'), *build())

    assert client.containers.list(all=True) == []


def test_an_image_with_an_opa_that_was_not_tested(
    image: str, build: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(container, "in_tested_range", lambda version: in_tested_range(version, newest=(1, 18)))
    with (
        ContainerEngine(image, *build()) as engine,
        refused(r"holds OPA 1\.19\.1, which was not tested", "1.4 to 1.22"),
    ):
        engine.decide([])


def test_a_bundle_that_changed_starts_nothing(
    image: str, build: Callable[..., Any], client: docker.DockerClient
) -> None:
    archive, bundle = build()
    archive.write_bytes(archive.read_bytes() + b"\0")
    with refused("not the expected one"):
        ContainerEngine(image, archive, bundle)

    assert client.containers.list(all=True) == []
