"""A managed OPA is gone when its command is, however that ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from policyctl.engines.binary import Binary
from policyctl.engines.managed import ManagedEngine
from policyctl.model.errors import EvaluationError

SCRIPT = """
import sys
from pathlib import Path
from policyctl.engines.binary import Binary
from policyctl.engines.managed import ManagedEngine
from policyctl.model.decision import BundleIdentity

path, version, digest, archive, revision, archive_digest = sys.argv[1:7]
bundle = BundleIdentity("policyctl", revision, archive_digest)
with ManagedEngine(Binary(path, version, digest), Path(archive), bundle) as engine:
    print("started", flush=True)
    engine.decide([])
    print("ready", flush=True)
    sys.stdin.read()
"""


Child = Callable[[], "subprocess.Popen[str]"]


@pytest.fixture
def child(opa: Binary, build: Callable[..., Any]) -> Iterator[Child]:
    """Starts a command of its own with a managed OPA, and waits until it has started."""
    archive, bundle = build()
    started: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        arguments = [opa.path, opa.version, opa.sha256, str(archive), bundle.revision, bundle.sha256]
        process = subprocess.Popen(
            [sys.executable, "-c", SCRIPT, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")},
        )
        started.append(process)
        assert process.stdout
        assert process.stdout.readline() == "started\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def _ready(process: subprocess.Popen[str]) -> None:
    assert process.stdout
    assert process.stdout.readline() == "ready\n"


def _gone(running: Callable[[], list[int]], patience: float = 5) -> bool:
    deadline = time.monotonic() + patience
    while running() and time.monotonic() < deadline:
        time.sleep(0.02)
    return not running()


def test_after_the_command(engine: ManagedEngine, running: Callable[[], list[int]], runtime: Path) -> None:
    engine.decide([])
    assert len(running()) == 2
    engine.close()

    assert _gone(running)
    assert list(runtime.glob("policyctl/*")) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_after_a_signal(child: Child, running: Callable[[], list[int]], number: signal.Signals) -> None:
    process = child()
    _ready(process)
    assert len(running()) == 2
    process.send_signal(number)
    process.wait(10)

    assert _gone(running)


def test_after_kill_before_it_was_ready(child: Child, running: Callable[[], list[int]]) -> None:
    process = child()
    process.kill()
    process.wait(10)

    assert _gone(running)


def test_after_an_error_while_asking(
    engine: ManagedEngine, document: Callable[..., Any], running: Callable[[], list[int]]
) -> None:
    engine.decide([])
    assert len(running()) == 2
    with pytest.raises(EvaluationError), engine:
        engine.decide([document(1, deadline="tomorrow")])

    assert _gone(running)


def test_what_a_killed_command_left_behind_is_swept_up_by_the_next(
    child: Child, runtime: Path, pinned_opa: Binary, build: Callable[..., Any]
) -> None:
    process = child()
    _ready(process)
    process.kill()
    process.wait(10)
    assert len(list(runtime.glob("policyctl/*"))) == 1
    with ManagedEngine(pinned_opa, *build()):
        assert len(list(runtime.glob("policyctl/*"))) == 1
    assert list(runtime.glob("policyctl/*")) == []


def test_a_running_commands_folder_is_not_swept_up(
    child: Child, runtime: Path, pinned_opa: Binary, build: Callable[..., Any]
) -> None:
    process = child()
    _ready(process)
    with ManagedEngine(pinned_opa, *build()):
        assert len(list(runtime.glob("policyctl/*/lock"))) == 2


def test_what_was_left_half_made_is_swept_up_after_a_minute(
    runtime: Path, pinned_opa: Binary, build: Callable[..., Any]
) -> None:
    left = runtime / "policyctl" / "0123456789ab"
    being_made = runtime / "policyctl" / "ba9876543210"
    for folder in (left, being_made):
        folder.mkdir(parents=True)
        folder.parent.chmod(0o700)
        (folder / "new").touch()
    os.utime(left, (time.time() - 61, time.time() - 61))
    ManagedEngine(pinned_opa, *build()).close()

    assert list(runtime.glob("policyctl/*")) == [being_made]
