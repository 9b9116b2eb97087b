"""No container stays: it goes with its engine, and after a kill the next command removes it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docker
import pytest

from policyctl.engines import container_owner
from policyctl.engines.container import ContainerEngine

pytestmark = pytest.mark.servers

SCRIPT = """
import sys
from pathlib import Path
from policyctl.engines.container import ContainerEngine
from policyctl.model.decision import BundleIdentity

image, archive, revision, digest = sys.argv[1:5]
with ContainerEngine(image, Path(archive), BundleIdentity("policyctl", revision, digest)) as engine:
    engine.decide([])
    print("ready", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def child(image: str, build: Callable[..., Any]) -> Iterator[subprocess.Popen[str]]:
    """A command of its own with a container, ready."""
    archive, bundle = build("child")
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, image, str(archive), bundle.revision, bundle.sha256],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3] / "src")},
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    yield process
    process.kill()
    process.communicate()


def names(client: docker.DockerClient) -> set[str]:
    return {str(container.id) for container in client.containers.list(all=True)}


def test_closing_leaves_neither_container_nor_volume(
    client: docker.DockerClient, image: str, build: Callable[..., Any]
) -> None:
    with ContainerEngine(image, *build()) as engine:
        engine.decide([])
        assert len(names(client)) == 1

    assert names(client) == set()
    assert client.volumes.list() == []


def test_ctrl_c_leaves_none(client: docker.DockerClient, child: subprocess.Popen[str]) -> None:
    assert len(names(client)) == 1
    child.send_signal(signal.SIGINT)
    child.wait(20)

    assert names(client) == set()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_what_a_killed_command_left_is_removed_by_the_next_one(
    client: docker.DockerClient,
    child: subprocess.Popen[str],
    image: str,
    build: Callable[..., Any],
    number: signal.Signals,
) -> None:
    left = names(client)
    child.send_signal(number)
    child.wait(20)
    assert names(client) == left
    assert len(left) == 1
    with ContainerEngine(image, *build()) as engine:
        assert engine.decide([]) == []
        assert not names(client) & left

    assert names(client) == set()
    assert client.volumes.list() == []


def test_a_running_commands_container_is_not_removed(
    client: docker.DockerClient, child: subprocess.Popen[str], image: str, build: Callable[..., Any]
) -> None:
    running = names(client)
    with ContainerEngine(image, *build()):
        assert running < names(client)
    assert child.poll() is None
    assert names(client) == running


@pytest.mark.parametrize(
    ("label", "value"),
    [("dev.policyctl.user", "12345"), ("dev.policyctl.processes", "pid:[1]"), ("dev.policyctl.user", None)],
)
def test_containers_that_cannot_be_judged_from_here_are_left_alone(
    client: docker.DockerClient, image: str, build: Callable[..., Any], label: str, value: str | None
) -> None:
    """Another user's, one of a command that sees other processes, and one that is none of ours."""
    labels = {**container_owner.labels(), "dev.policyctl.command": "999999999 1", label: value}
    stranger = client.containers.create(image, labels={name: text for name, text in labels.items() if text})
    with ContainerEngine(image, *build()):
        assert str(stranger.id) in names(client)


def test_a_process_id_that_is_used_again_keeps_nothing_alive(
    client: docker.DockerClient, image: str, build: Callable[..., Any]
) -> None:
    labels = {**container_owner.labels(), "dev.policyctl.command": f"{os.getpid()} 1"}
    left = client.containers.create(image, labels=labels)
    with ContainerEngine(image, *build()):
        assert str(left.id) not in names(client)
