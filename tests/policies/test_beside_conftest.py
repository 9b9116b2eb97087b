"""The same cases by the real Conftest 0.71.1: the same messages and verdicts, but for the differences that the cases name."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.policies.cases import RUNS, Said, arguments, expected, lay_out

pytestmark = pytest.mark.servers


def said(conftest: str, arguments: list[str], folder: Path) -> Said:
    """What Conftest says, as JSON tells it."""
    ran = subprocess.run(
        [conftest, "test", "--output", "json", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    if not ran.stdout.strip():
        return Said("error")
    results = json.loads(ran.stdout)

    def messages(key: str) -> list[str]:
        return sorted(one["msg"] for result in results for one in result.get(key) or [])

    return Said(ran.returncode, messages("failures"), messages("warnings"), len(messages("exceptions")))


@pytest.mark.parametrize(("name", "index"), RUNS)
def test_conftest_says_the_same(conftest_path: str, tmp_path: Path, name: str, index: int) -> None:
    lay_out(name, tmp_path)

    assert said(conftest_path, arguments(name, index), tmp_path) == expected(name, index, of_conftest=True)
