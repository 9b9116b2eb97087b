"""Policies written for Conftest, unchanged, with the real OPA: what they say of files in every format that is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Run
from tests.policies.cases import CASES, RUNS, arguments, expected, lay_out, said_by_policyctl


@pytest.mark.parametrize(("name", "index"), RUNS)
def test_the_policies_say_what_they_say_in_conftest_or_why_not(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, index: int
) -> None:
    lay_out(name, tmp_path)
    monkeypatch.chdir(tmp_path)

    ran = run("check", "--output", "json", *arguments(name, index))

    assert said_by_policyctl(ran.code, ran.out) == expected(name, index)


def test_every_difference_says_why() -> None:
    runs = [run for case in CASES.values() for run in case["runs"]]
    unlike = [run for run in runs if run.get("conftest", {}).get("exit", run["exit"]) == 0 != run["exit"]]

    assert [run["args"] for run in unlike if not run.get("because")] == []
