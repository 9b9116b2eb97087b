"""A ledger that cannot write is no allow: exit code 4, nothing is told, and what was recorded before is whole."""

from __future__ import annotations

import functools
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from policyctl import ledger as ledgers
from tests.conftest import Ran, Run
from tests.failing.conftest import Denied, entries, require_denied
from tests.failing.opas import real_opa
from tests.test_check import FIXED

KIB = 1024
Preparation = Callable[[], None]


def test_a_ledger_that_another_process_has_locked(
    denied: Denied, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "ledger.db"
    assert run("check", FIXED, "--ledger", str(path)).code == 0
    before = entries(run, path)
    monkeypatch.setattr(ledgers, "open_ledger", functools.partial(ledgers.open_ledger, timeout=0.3))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        assert "another process is writing" in denied("--ledger", str(path))

    assert entries(run, path) == before


@pytest.mark.servers
def test_a_lock_is_waited_for_ten_seconds_and_no_longer(denied: Denied, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    assert run("check", FIXED, "--ledger", str(path)).code == 0
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "another process is writing" in denied("--ledger", str(path))


@dataclass
class Disk:
    """A folder that can be filled up: a disk of its own, where one may be mounted; else no file may grow any more."""

    folder: Path
    mounted: bool
    prepare: Preparation

    def fill(self) -> None:
        """From now on there is no room."""
        if not self.mounted:
            self.prepare = functools.partial(limit, 8 * KIB)
            return
        with suppress(OSError), open(self.folder / "filler", "wb", buffering=0) as filler:
            while filler.write(b"x" * KIB):
                """Until there is no room."""

    def free(self) -> None:
        """There is room again."""
        self.prepare = nothing
        (self.folder / "filler").unlink(missing_ok=True)


@contextmanager
def disk(room: int) -> Iterator[Disk]:
    """A disk with so many bytes of room."""
    with tempfile.TemporaryDirectory() as name:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={room},mode=0700", "tmpfs", name]
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
        try:
            yield Disk(Path(name), mounted, nothing if mounted else functools.partial(limit, room))
        finally:
            if mounted:
                subprocess.run(["umount", name], check=True)


def limit(room: int) -> None:
    """From now on no file of this process grows beyond this."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))


def nothing() -> None:
    """There is nothing to prepare."""


def checked(*arguments: str, prepare: Preparation = nothing, **environment: str) -> Ran:
    """`policyctl check` of a good plan, in a process of its own that is prepared first."""
    done = subprocess.run(
        [sys.executable, "-m", "policyctl", "check", FIXED, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
        preexec_fn=prepare,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def opa(opa_path: str) -> Iterator[str]:
    """An OPA whose own files need no room."""
    with real_opa(opa_path) as (port, _):
        yield f"http://127.0.0.1:{port}"


@pytest.mark.parametrize("room", [4 * KIB, 40 * KIB, 100 * KIB])
def test_a_disk_without_room_for_a_new_ledger(room: int, opa: str) -> None:
    with disk(room) as full:
        require_full(checked("--opa", opa, "--ledger", str(full.folder / "ledger.db"), prepare=full.prepare))


@pytest.mark.parametrize("room", [4 * KIB, 40 * KIB, 100 * KIB])
def test_a_new_ledger_that_may_not_grow(room: int, opa: str, tmp_path: Path) -> None:
    """As where a quota holds."""
    prepare = functools.partial(limit, room)
    require_full(checked("--opa", opa, "--ledger", str(tmp_path / "ledger.db"), prepare=prepare))


def test_a_disk_that_is_full_keeps_what_was_recorded(run: Run, opa: str) -> None:
    with disk(4 * 1024 * KIB) as filled:
        path = filled.folder / "ledger.db"
        assert checked("--opa", opa, "--ledger", str(path), prepare=filled.prepare).code == 0
        before = entries(run, path)
        filled.fill()
        require_full(checked("--opa", opa, "--ledger", str(path), prepare=filled.prepare))
        filled.free()

        assert entries(run, path) == before
        assert run("ledger", "verify", "--ledger", str(path)).code == 0
        assert checked("--opa", opa, "--ledger", str(path), prepare=filled.prepare).code == 0
        assert len(entries(run, path)) == 2


def test_a_disk_without_room_for_opas_own_files(opa_path: str) -> None:
    with disk(8 * KIB) as full:
        require_denied(checked("--no-record", prepare=full.prepare, XDG_RUNTIME_DIR=str(full.folder)))


def require_full(ran: Ran) -> None:
    """Denied, because there is no room."""
    require_denied(ran)
    assert "disk" in ran.err
