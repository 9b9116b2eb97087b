"""What is wrong with the container engine is told before anything is asked of it. These tests need none."""

from __future__ import annotations

import os
import socket
import threading
from contextlib import closing
from pathlib import Path

import pytest

from policyctl.engines.container_host import connect
from tests.engines.container.conftest import refused


def test_none_is_there(tmp_path: Path) -> None:
    with refused(f"no container engine at {tmp_path}/none", "DOCKER_HOST"):
        connect({"DOCKER_HOST": f"unix://{tmp_path}/none"})


def test_this_user_may_not_use_it(runtime: Path) -> None:
    with closing(socket.socket(socket.AF_UNIX)) as listening:
        listening.bind(str(runtime / "s"))
        listening.listen()
        runtime.chmod(0o711)
        (runtime / "s").chmod(0o600)
        was = os.geteuid()
        os.seteuid(65534 if was == 0 else was)
        if was != 0:
            (runtime / "s").chmod(0)
        try:
            with refused("may not use the container engine", "group docker"):
                connect({"DOCKER_HOST": f"unix://{runtime}/s"})
        finally:
            os.seteuid(was)


def test_nobody_listens_at_its_socket(runtime: Path) -> None:
    with closing(socket.socket(socket.AF_UNIX)) as gone:
        gone.bind(str(runtime / "s"))
    with refused("no container engine listens", "start it"):
        connect({"DOCKER_HOST": f"unix://{runtime}/s"})


def test_it_hangs(runtime: Path) -> None:
    with closing(socket.socket(socket.AF_UNIX)) as silent:
        silent.bind(str(runtime / "s"))
        silent.listen()
        with refused("gave no answer within 1 s", "restart the container engine"):
            connect({"DOCKER_HOST": f"unix://{runtime}/s"}, timeout=1)


@pytest.mark.parametrize("address", ["tcp://10.0.0.1:2375", "ssh://build@farm", "http://engine.example", "nonsense"])
def test_it_is_another_machines(address: str) -> None:
    with refused("is not on this machine", "--opa https://"):
        connect({"DOCKER_HOST": address})


def test_something_else_listens_at_its_socket(runtime: Path) -> None:
    def answer(listening: socket.socket) -> None:
        connection, _ = listening.accept()
        with connection:
            connection.recv(1000)
            connection.sendall(b"HTTP/1.0 200 OK\r\n\r\nwelcome")

    with closing(socket.socket(socket.AF_UNIX)) as other:
        other.bind(str(runtime / "s"))
        other.listen()
        talker = threading.Thread(target=answer, args=[other])
        talker.start()
        with refused("is no container engine", "DOCKER_HOST"):
            connect({"DOCKER_HOST": f"unix://{runtime}/s"})
        talker.join()


def test_nobody_listens_at_its_port() -> None:
    with closing(socket.socket()) as unused:
        unused.bind(("127.0.0.1", 0))
        with refused("talking to the container engine", "docker version"):
            connect({"DOCKER_HOST": f"tcp://127.0.0.1:{unused.getsockname()[1]}"}, timeout=1)
