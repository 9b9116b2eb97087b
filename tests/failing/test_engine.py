"""Whatever becomes of OPA while `check` asks it: exit code 4, and nothing is reported as allowed."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from policyctl import library, opening
from policyctl.engines import managed
from policyctl.engines.open import open_engine
from policyctl.library import Loaded
from tests.conftest import DATA, EXAMPLES, Ran, Run
from tests.failing.conftest import Denied, entries, require_denied
from tests.failing.opas import answering, processes_in, real_opa, relayed, silent
from tests.test_check import FIXED, served


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands wait for an answer for half a second, not for half a minute."""
    monkeypatch.setattr(opening, "open_engine", lambda *given, **told: open_engine(*given, **{**told, "timeout": 0.5}))


@pytest.mark.usefixtures("impatient")
def test_a_socket_that_accepts_and_never_answers(denied: Denied) -> None:
    with silent() as url:
        began = time.monotonic()
        assert "gave no answer within 0.5 s" in denied("--opa", url)

    assert time.monotonic() - began < 5


@pytest.mark.usefixtures("impatient")
def test_a_real_opa_that_hangs(denied: Denied, opa_path: str) -> None:
    with real_opa(opa_path) as (port, process):
        process.send_signal(signal.SIGSTOP)
        assert "gave no answer within 0.5 s" in denied("--opa", f"http://127.0.0.1:{port}")


@pytest.mark.servers
def test_nobody_waits_longer_than_half_a_minute(denied: Denied) -> None:
    with silent() as url:
        began = time.monotonic()
        assert "gave no answer within 30 s" in denied("--opa", url)

    assert time.monotonic() - began < 35


@pytest.mark.parametrize(
    ("status", "body", "message"),
    [
        (500, b'{"code": "internal_error", "message": "out of order"}', "answered 500"),
        (503, b"no backend", "answered 503"),
        (200, b'{"result": [{"outcome": "allow"}]}', "version unknown"),
        (200, b"", "not JSON"),
    ],
)
def test_an_answer_that_is_none(denied: Denied, status: int, body: bytes, message: str) -> None:
    with answering(status, body) as url:
        assert message in denied("--opa", url)


def test_an_opa_killed_in_the_middle_of_a_batch(denied: Denied, opa_path: str, tmp_path: Path) -> None:
    with real_opa(opa_path) as (port, process), relayed(port, process.kill) as url:
        folders = tuple(str(EXAMPLES / name) for name in ("kubernetes", "model_cards", "terraform"))
        assert "cannot be reached" in denied("--opa", url, "--ledger", str(tmp_path / "ledger.db"), paths=folders)

    assert not (tmp_path / "ledger.db").exists()


@pytest.fixture
def runtime() -> Iterator[Path]:
    """A folder for sockets, whose path is short enough for them."""
    with tempfile.TemporaryDirectory(prefix="pc") as folder:
        yield Path(folder)


def test_a_managed_opa_killed_in_the_middle_of_a_batch(tmp_path: Path, runtime: Path, opa_path: str) -> None:
    """A plan of more than four megabytes; OPA is killed when it has read three of them."""
    plan = json.loads(gzip.decompress((DATA / "bad/json-10mb-single-line.json.gz").read_bytes()))
    (tmp_path / "plan.json").write_text(json.dumps({**plan, "resource_changes": plan["resource_changes"][:15_000]}))
    ran = while_judging(tmp_path / "plan.json", runtime, lambda opa: os.kill(opa, signal.SIGKILL))

    require_denied(ran)
    assert "was ended by signal 9" in ran.err


def while_judging(plan: Path, runtime: Path, act: Callable[[int], None]) -> Ran:
    """Judges a plan, and does something to its OPA while that reads it."""
    command = [sys.executable, "-m", "policyctl", "check", str(plan), "--no-record"]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "XDG_RUNTIME_DIR": str(runtime)},
    )
    while process.poll() is None:
        for opa in processes_in(runtime):
            if read_by(opa) > 3_000_000:
                act(opa)
                out, err = process.communicate(timeout=60)
                return Ran(process.returncode, out, err)
        time.sleep(0.001)
    raise AssertionError(f"OPA read no more: {process.communicate()}")


def read_by(process: int) -> int:
    """The bytes that a process has read so far; the bundle is a small part of this plan."""
    try:
        return int(Path(f"/proc/{process}/io").read_text().split()[1])
    except OSError:
        return 0


def test_an_opa_with_another_revision(denied: Denied, opa_path: str) -> None:
    with served(opa_path, revision="0" * 64) as url:
        assert "from another revision" in denied("--opa", url)


def test_an_opa_without_the_bundle(denied: Denied, opa_path: str) -> None:
    with real_opa(opa_path, with_bundle=False) as (port, _):
        assert "no bundle that it names" in denied("--opa", f"http://127.0.0.1:{port}")


def test_a_bundle_that_is_gone_before_opa_reads_it(
    denied: Denied, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def load(*arguments: object, **options: object) -> Loaded:
        return replace(loaded, archive=tmp_path / "gone.tar.gz")

    loaded = library.load((library.own_root(),), opening.opa_path)
    monkeypatch.setattr(library, "load", load)

    assert "cannot be read" in denied(paths=(str(EXAMPLES / "terraform/credit-scorer-fixed"),))


@pytest.mark.parametrize(("status", "body"), [(200, b'{"result": []}'), (500, b"{}")])
def test_a_port_that_somebody_took(denied: Denied, monkeypatch: pytest.MonkeyPatch, status: int, body: bytes) -> None:
    """No socket's path is short enough here, and somebody else already answers at the port that was free."""
    monkeypatch.setattr(managed, "LONGEST_SOCKET_PATH", 0)
    with answering(status, body) as url:
        monkeypatch.setattr(managed, "_free_port", lambda: int(url.rsplit(":", 1)[1]))
        assert "OPA" in denied()


def test_after_a_failure_the_same_command_decides_and_records(run: Run, denied: Denied, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.db"
    with answering(500, b"{}") as url:
        denied("--opa", url, "--ledger", str(ledger))

    assert run("check", FIXED, "--ledger", str(ledger)).code == 0
    assert len(entries(run, ledger)) == 1
