"""`policyctl check --opa container:IMAGE`, as people run it: exit code, message, and nothing allowed that was not decided."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import docker
import pytest
from docker.models.containers import Container

from policyctl.engines import container, container_start
from tests.conftest import EXAMPLES, Ran, Run
from tests.engines.container.test_failures import http, listening
from tests.engines.test_failures import good_answer, said

pytestmark = pytest.mark.servers

FIXED = str(EXAMPLES / "terraform/credit-scorer-fixed/plan.json")
FAULTY = str(EXAMPLES / "terraform/credit-scorer/plan.json")


def refused(ran: Ran, message: str) -> None:
    """Exit code 4, nothing on standard output, a message and what to do."""
    assert (ran.code, ran.out) == (4, ""), ran.err
    assert message in ran.err
    assert "fix: " in ran.err
    assert "Traceback" not in ran.err


def test_it_decides_like_a_managed_opa(run: Run, image: str, client: docker.DockerClient) -> None:
    assert run("check", FIXED, "--opa", f"container:{image}").code == 0
    there, here = (run("check", FAULTY, "--output", "json", *more) for more in (("--opa", f"container:{image}"), ()))

    assert (there.code, here.code) == (1, 1)
    assert results(there) == results(here)
    assert client.containers.list(all=True) == []


def results(ran: Ran) -> Any:
    return [decision["results"] for decision in json.loads(ran.out)["decisions"]]


def test_a_profile_that_wants_a_verified_opa_takes_an_image_that_was_named_by_its_digest(run: Run, image: str) -> None:
    arguments = ("check", FIXED, "--profile", "eu-ai-act-high-risk", "--opa")
    by_tag = run(*arguments, f"container:{image}")
    refused(by_tag, "whose image was not named by its digest")
    named = by_tag.err.split("--opa ")[1].split()[0]
    by_digest = run(*arguments, named)

    assert "sha256:" in named
    assert by_digest.code in (0, 1, 3), by_digest.err
    assert "asserted" not in by_digest.err + by_digest.out


def test_the_setting_may_come_from_the_environment(run: Run, image: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYCTL_OPA_SERVER", "container:localhost/none:1")

    refused(run("check", FIXED), "has no image localhost/none:1")


@pytest.mark.parametrize("value", ["container:", "container: "])
def test_no_image_is_a_usage_error(run: Run, value: str) -> None:
    assert run("check", FIXED, "--opa", value).code == 2


def test_no_container_engine(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/none")

    refused(run("check", FIXED, "--opa", "container:opa"), "there is no container engine")


@contextmanager
def meanwhile(client: docker.DockerClient, happens: Callable[[Container], None]) -> Iterator[None]:
    """As soon as a container runs."""
    done: list[str] = []

    def watch() -> None:
        deadline = time.monotonic() + 30
        while not done and time.monotonic() < deadline:
            for found in client.containers.list():
                happens(found)
                done.append(str(found.id))
            time.sleep(0.01)

    thread = threading.Thread(target=watch)
    thread.start()
    yield
    thread.join()
    assert done


def test_killed_in_mid_batch(run: Run, image: str, client: docker.DockerClient) -> None:
    """Paused first, so that the question waits when it happens."""

    def kill(found: Container) -> None:
        found.pause()
        time.sleep(2)
        found.unpause()
        found.kill()

    with meanwhile(client, kill):
        refused(run("check", FIXED, "--opa", f"container:{image}"), "ended with exit code 137")


def test_hanging(run: Run, image: str, client: docker.DockerClient) -> None:
    with meanwhile(client, lambda found: found.pause()):
        refused(run("check", FIXED, "--opa", f"container:{image}"), "within 30 s")


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (http("500 Error", b'{"code":"internal_error","message":"out of order"}'), "answered 500: out of order"),
        (http("200 OK", said([good_answer()])), "is not the one that policyctl started"),
    ],
    ids=["answering 500", "wrong revision"],
)
def test_somebody_else_answers(
    run: Run, image: str, monkeypatch: pytest.MonkeyPatch, answer: bytes, message: str
) -> None:
    with listening(answer) as port:
        monkeypatch.setattr(container, "port_of", lambda _: port)
        refused(run("check", FIXED, "--opa", f"container:{image}"), message)


def test_a_port_that_is_taken(run: Run, image: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(None) as port:
        monkeypatch.setattr(container_start, "PUBLISHED", ("127.0.0.1", port))
        refused(run("check", FIXED, "--opa", f"container:{image}"), "starting OPA's container failed")


def test_two_policyctl_at_once(image: str, client: docker.DockerClient, tmp_path: Path) -> None:
    ledger = str(tmp_path / "ledger.db")
    line = [sys.executable, "-m", "policyctl", "check", "--ledger", ledger, "--opa", f"container:{image}"]
    both = [
        subprocess.Popen([*line, file], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for file in (FIXED, FAULTY)
    ]
    told = [process.communicate(timeout=60) for process in both]

    assert [process.returncode for process in both] == [0, 1], told
    assert client.containers.list(all=True) == []
