"""The rules in the eyes of the real OPA, the pinned and the newest: layout, types, tests, coverage."""

from __future__ import annotations

import json
import subprocess

import pytest

from policyctl.linting import lint
from tests.conftest import ROOT

REGO = str(ROOT / "rego")


def opa(path: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([path, *arguments], capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture(params=["opa_path", "newest_opa_path"])
def each_opa(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


def test_the_rules_are_formatted(opa_path: str) -> None:
    assert opa(opa_path, "fmt", "--list", REGO).stdout == ""


def test_the_rules_pass_their_tests_by_the_newest_opa(newest_opa_path: str) -> None:
    done = opa(newest_opa_path, "test", "--timeout", "60s", REGO)

    assert done.returncode == 0, done.stdout + done.stderr


def test_the_rules_pass_their_tests_by_the_pinned_opa_and_every_line_is_covered(opa_path: str) -> None:
    done = opa(opa_path, "test", "--timeout", "60s", "--coverage", "--format", "json", REGO)
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads(done.stdout)
    uncovered = {
        name: [line["start"]["row"] for line in file["not_covered"]]
        for name, file in report["files"].items()
        if file.get("not_covered") and not name.endswith("_test.rego") and "/policyctl/testing/" not in name
    }

    assert uncovered == {}


def test_the_content_holds_together(each_opa: str) -> None:
    assert lint((ROOT,), each_opa).problems == []
