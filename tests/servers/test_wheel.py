"""What people install: the wheel, in an environment of its own, away from the repository."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.conftest import EXAMPLES, ROOT

pytestmark = pytest.mark.servers


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The console script of a wheel that was built and installed with the locked dependencies."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(folder), str(ROOT)],
        check=True,
    )
    venv.create(folder / "venv", with_pip=True)
    pip = [str(folder / "venv/bin/python"), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", str(ROOT / "requirements/run.lock")], check=True)
    (wheel,) = folder.glob("*.whl")
    subprocess.run([*pip, "--no-deps", str(wheel)], check=True)
    return folder / "venv/bin/policyctl"


def test_an_installed_policyctl_judges_with_its_own_content(installed: Path, tmp_path: Path, opa_path: str) -> None:
    environment = {
        "PATH": f"{Path(opa_path).parent}:/usr/bin:/bin",
        "HOME": str(tmp_path),
        "XDG_RUNTIME_DIR": os.environ.get("XDG_RUNTIME_DIR", str(tmp_path)),
    }
    done = subprocess.run(
        [str(installed), "check", str(EXAMPLES / "terraform/credit-scorer/plan.json"), "--output", "json"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1, done.stderr
    assert json.loads(done.stdout)["summary"]["outcome"] == "deny"
