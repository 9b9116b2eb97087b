"""What a command that failed may say, and where it may say it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran, Run
from tests.test_check import FIXED

Denied = Callable[..., str]


@pytest.fixture
def denied(run: Run, tmp_path: Path, opa_path: str) -> Denied:
    """Judges a good plan where something fails. Nothing is told, written or recorded as decided; the message is given back."""

    def judge(*arguments: str, paths: tuple[str, ...] = (FIXED,)) -> str:
        written = tmp_path / "report.json"
        ran = run("check", *paths, *arguments, "--output", "table", "--output", f"json={written}")
        require_denied(ran)
        assert not written.exists()
        return " ".join(ran.err.split())

    return judge


def require_denied(ran: Ran) -> None:
    """Exit code 4, a message with the next step, and nothing on standard output that a reader may take for a verdict."""
    assert ran.code == 4, ran.err
    assert ran.out == ""
    assert "fix:" in ran.err
    assert "Traceback" not in ran.err


def entries(run: Run, ledger: Path) -> list[str]:
    """What is recorded in a ledger."""
    listed = run("ledger", "list", "--ledger", str(ledger), "--output", "json")
    return [entry["id"] for entry in json.loads(listed.out)["entries"]]
