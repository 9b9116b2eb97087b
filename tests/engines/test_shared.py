"""An OPA that is left running serves later commands of the same user with the same bundle, and no others."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from policyctl.engines import shared
from policyctl.engines.binary import Binary
from policyctl.engines.open import open_engine
from policyctl.model.errors import EngineError


@pytest.fixture(autouse=True)
def stopped(runtime: Path) -> Iterator[None]:
    """Leave no OPA behind."""
    yield
    shared.stop()


def test_later_commands_use_it_and_leave_it_running(
    opa: Binary, build: Callable[..., Any], document: Callable[..., Any]
) -> None:
    archive, bundle = build()
    started = shared.start(opa, archive, bundle)
    for _ in range(2):
        engine = shared.attach(bundle)
        assert engine
        with engine:
            assert engine.decide([document(1, owner="")])[0]["outcome"] == "deny"
            assert engine.identity().sha256 == opa.sha256

    assert started.running
    assert shared.status() == replace(started, message=shared.status().message)


def test_it_outlives_the_command_that_started_it(
    pinned_opa: Binary, build: Callable[..., Any], document: Callable[..., Any]
) -> None:
    archive, bundle = build()
    script = (
        "import sys; from pathlib import Path; from policyctl.engines import shared;"
        "from policyctl.engines.binary import Binary; from policyctl.model.decision import BundleIdentity;"
        "shared.start(Binary(*sys.argv[1:4]), Path(sys.argv[4]), BundleIdentity(*sys.argv[5:]))"
    )
    opa = [pinned_opa.path, pinned_opa.version, pinned_opa.sha256]
    arguments = [*opa, str(archive), bundle.name, bundle.revision, bundle.sha256]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    subprocess.run([sys.executable, "-c", script, *arguments], check=True, env=environment, timeout=20)

    engine = shared.attach(bundle)
    assert engine
    with engine:
        assert engine.decide([document()])[0]["outcome"] == "allow"


def test_stop_ends_it(opa: Binary, build: Callable[..., Any], runtime: Path, running: Callable[[], list[int]]) -> None:
    archive, bundle = build()
    shared.start(opa, archive, bundle)
    assert len(running()) == 1
    shared.stop()

    assert running() == []
    assert not shared.status().running
    assert shared.attach(bundle) is None
    assert not (runtime / "policyctl" / "shared").exists()


def test_starting_it_again_changes_nothing(pinned_opa: Binary, build: Callable[..., Any]) -> None:
    archive, bundle = build()
    first, second = shared.start(pinned_opa, archive, bundle), shared.start(pinned_opa, archive, bundle)

    assert first.state == second.state


def test_another_bundle_is_not_asked_of_it(
    pinned_opa: Binary, build: Callable[..., Any], document: Callable[..., Any]
) -> None:
    archive, bundle = build("r1")
    shared.start(pinned_opa, archive, bundle)

    assert shared.attach(replace(bundle, revision="r2")) is None
    assert shared.attach(replace(bundle, sha256="0" * 64)) is None
    assert shared.status().running


def test_another_binary_than_the_one_named_is_not_used(pinned_opa: Binary, build: Callable[..., Any]) -> None:
    archive, bundle = build()
    shared.start(pinned_opa, archive, bundle)

    assert shared.attach(bundle, replace(pinned_opa, sha256="0" * 64)) is None


def test_starting_with_another_bundle_replaces_it(
    pinned_opa: Binary, build: Callable[..., Any], running: Callable[[], list[int]]
) -> None:
    archive, old = build("r1")
    shared.start(pinned_opa, archive, old)
    archive, new = build("r2")
    shared.start(pinned_opa, archive, new)

    assert len(running()) == 1
    assert shared.attach(old) is None
    engine = shared.attach(new)
    assert engine
    with engine:
        assert engine.decide([]) == []


def test_what_a_dead_one_left_is_cleaned(
    pinned_opa: Binary, build: Callable[..., Any], runtime: Path, running: Callable[[], list[int]]
) -> None:
    archive, bundle = build()
    shared.start(pinned_opa, archive, bundle)
    os.kill(running()[0], signal.SIGKILL)
    # Its last thread may still hold the socket when its first one is gone.
    deadline = time.monotonic() + 5
    while shared.status().running and time.monotonic() < deadline:
        time.sleep(0.01)

    assert not shared.status().running
    assert shared.attach(bundle) is None
    assert not (runtime / "policyctl" / "shared").exists()


def test_one_that_hangs_is_an_error(
    pinned_opa: Binary, build: Callable[..., Any], running: Callable[[], list[int]], stop: Callable[[int], None]
) -> None:
    archive, bundle = build()
    shared.start(pinned_opa, archive, bundle)
    stop(running()[0])
    engine = shared.attach(bundle, timeout=0.5)
    assert engine
    with engine, pytest.raises(EngineError, match="no answer within") as caught:
        engine.decide([])

    assert "engine stop" in caught.value.hint


@pytest.mark.parametrize("what", ["shared", "shared/state.json", "shared/opa.sock"])
def test_what_others_may_touch_is_not_used(
    pinned_opa: Binary, build: Callable[..., Any], runtime: Path, what: str
) -> None:
    archive, bundle = build()
    shared.start(pinned_opa, archive, bundle)
    path = runtime / "policyctl" / what
    mode = path.stat().st_mode
    path.chmod(0o777)

    assert shared.attach(bundle) is None
    path.chmod(mode)


def test_an_opa_with_another_bundle_at_the_same_socket_is_not_believed(
    pinned_opa: Binary, build: Callable[..., Any], runtime: Path
) -> None:
    """The state says r2, what listens has r1."""
    archive, bundle = build("r1")
    state = shared.start(pinned_opa, archive, bundle).state
    assert state
    path = runtime / "policyctl" / "shared" / "state.json"
    path.write_text(json.dumps(asdict(replace(state, revision="r2"))))
    engine = shared.attach(replace(bundle, revision="r2"))
    assert engine
    with engine, pytest.raises(EngineError, match="revision r1, not r2"):
        engine.decide([])


def test_another_process_at_the_socket_is_not_used(
    pinned_opa: Binary, build: Callable[..., Any], runtime: Path
) -> None:
    archive, bundle = build()
    state = shared.start(pinned_opa, archive, bundle).state
    assert state
    path = runtime / "policyctl" / "shared" / "state.json"
    path.write_text(json.dumps(asdict(replace(state, pid=os.getpid()))))
    assert shared.attach(bundle) is None

    path.write_text(json.dumps(asdict(state)))
    assert shared.attach(bundle)


def test_a_process_that_only_has_the_id_is_never_killed(
    pinned_opa: Binary, build: Callable[..., Any], runtime: Path
) -> None:
    archive, bundle = build()
    state = shared.start(pinned_opa, archive, bundle).state
    assert state
    bystander = subprocess.Popen(["sleep", "60"])
    path = runtime / "policyctl" / "shared" / "state.json"
    path.write_text(json.dumps(asdict(replace(state, pid=bystander.pid))))
    shared.stop()
    os.kill(state.pid, signal.SIGKILL)

    assert bystander.poll() is None
    bystander.kill()
    bystander.wait()


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"pid": 1}', "\0"])
def test_a_broken_state_is_no_state(
    pinned_opa: Binary, build: Callable[..., Any], runtime: Path, running: Callable[[], list[int]], text: str
) -> None:
    archive, bundle = build()
    state = shared.start(pinned_opa, archive, bundle).state
    assert state
    (runtime / "policyctl" / "shared" / "state.json").write_text(text)

    assert shared.attach(bundle) is None
    assert not shared.status().running
    os.kill(state.pid, signal.SIGKILL)


def test_a_bundle_that_opa_refuses_leaves_nothing_behind(
    pinned_opa: Binary, build: Callable[..., Any], runtime: Path, running: Callable[[], list[int]]
) -> None:
    archive, bundle = build("r1", {"policyctl/main/broken.rego": "package"})
    with pytest.raises(EngineError, match=r"did not start: .*broken\.rego"):
        shared.start(pinned_opa, archive, bundle)

    assert running() == []
    assert not (runtime / "policyctl" / "shared").exists()


def test_a_bundle_of_another_revision_than_named_is_not_left_running(
    pinned_opa: Binary, build: Callable[..., Any], running: Callable[[], list[int]]
) -> None:
    archive, bundle = build("r1")
    with pytest.raises(EngineError, match="revision r1, not r2"):
        shared.start(pinned_opa, archive, replace(bundle, revision="r2"))

    assert running() == []


def test_opening_an_engine_prefers_the_shared_one_with_the_same_bundle(
    pinned_opa: Binary, build: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICYCTL_OPA", pinned_opa.path)
    said: list[str] = []
    archive, bundle = build("r1")
    shared.start(pinned_opa, archive, bundle)
    with open_engine(archive, bundle, said.append) as engine:
        assert engine.identity().kind == "shared"

    archive, other = build("r2")
    with open_engine(archive, other, said.append) as engine:
        assert engine.identity().kind == "managed"
        assert engine.decide([]) == []
    assert said == []
