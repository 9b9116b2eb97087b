"""Two commands at the same time, with one ledger and one folder for sockets: each gets its own right answer."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.test_check import FAULTY, FIXED, served


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for sockets with a short path."""
    with tempfile.TemporaryDirectory(prefix="pc") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        yield Path(folder)


def check(*arguments: str) -> list[int]:
    """The exit codes of two commands about a plan that is right and one that is not, started together, three times."""
    line = [sys.executable, "-m", "policyctl", "check", *arguments]
    processes = [
        subprocess.Popen([*line, file], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for file in (FIXED, FAULTY) * 3
    ]
    told = [process.communicate(timeout=120) for process in processes]
    assert all(out for out, _ in told), told
    return [process.returncode for process in processes]


def test_each_with_a_managed_opa(runtime: Path, tmp_path: Path, run: Run, opa_path: str) -> None:
    ledger = str(tmp_path / "ledger.db")

    assert check("--ledger", ledger) == [0, 1] * 3
    assert run("ledger", "verify", "--ledger", ledger).code == 0
    assert list(runtime.glob("policyctl/*")) == []


def test_both_with_the_same_remote_opa(runtime: Path, tmp_path: Path, run: Run, opa_path: str) -> None:
    ledger = str(tmp_path / "ledger.db")
    with served(opa_path) as url:
        assert check("--ledger", ledger, "--opa", url) == [0, 1] * 3
    assert run("ledger", "verify", "--ledger", ledger).code == 0
