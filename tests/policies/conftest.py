"""The real Conftest, which these tests compare with."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from tests.conftest import ROOT

MODULE = "github.com/open-policy-agent/conftest@v0.71.1"


@pytest.fixture(scope="session")
def conftest_path(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The one that the benchmarks have built, else one built here. Where it cannot be had, the tests fail."""
    built = ROOT / "benchmarks" / ".peers" / "conftest"
    if built.is_file():
        return str(built)
    folder = tmp_path_factory.mktemp("bin")
    go = shutil.which("go")
    assert go, "Go builds Conftest: install it"
    subprocess.run([go, "install", MODULE], env={**os.environ, "GOBIN": str(folder)}, check=True)
    return str(folder / "conftest")
