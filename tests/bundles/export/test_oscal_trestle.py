"""compliance-trestle reads what is exported: it finds each document valid, and resolves the profile to what policyctl would ask."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from policyctl.bundles.build import Bundle
from policyctl.bundles.export.folder import write
from policyctl.bundles.export.oscal import exported
from tests.bundles.conftest import own

__all__ = ["own"]
pytestmark = pytest.mark.servers

TRESTLES = ("3.12.4", "5.2.0")
"""The last one whose models are those of OSCAL 1.1.3, and a new one, which reads 1.2."""

PROFILES = ("baseline", "eu-ai-act-high-risk", "iso-42001", "nist-ai-rmf")


@pytest.fixture(scope="module", params=TRESTLES)
def programs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with Trestle's programs, in a virtual environment of its own."""
    environment = tmp_path_factory.mktemp("trestle")
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    pip, trestle = str(environment / "bin" / "pip"), f"compliance-trestle=={request.param}"
    subprocess.run([pip, "install", "--quiet", trestle], check=True)
    return environment / "bin"


@pytest.fixture
def workspace(programs: Path, own: Bundle, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A Trestle workspace with one profile's documents, below the name `own`; its catalog and `exported` at the top."""
    subprocess.run([str(programs / "trestle"), "init"], cwd=tmp_path, check=True, capture_output=True)
    write(tmp_path / "exported", exported(own, own.catalog["profiles"][request.param], "2026-11-21"), force=False)
    for document in (tmp_path / "exported").iterdir():
        (tmp_path / f"{document.stem}s" / "own").mkdir()
        shutil.copy(document, tmp_path / f"{document.stem}s" / "own")
    shutil.copy(tmp_path / "exported" / "catalog.json", tmp_path)
    return tmp_path


@pytest.mark.parametrize("workspace", PROFILES, indirect=True)
def test_trestle_finds_every_document_valid(programs: Path, workspace: Path) -> None:
    command = [str(programs / "trestle"), "validate", "--all"]
    ran = subprocess.run(command, cwd=workspace, capture_output=True, text=True, check=False)

    assert (ran.returncode, ran.stdout.count("VALID: "), ran.stdout.count("INVALID")) == (0, 3, 0), ran.stdout


@pytest.mark.parametrize("workspace", PROFILES, indirect=True)
def test_the_resolved_profile_is_the_selection(
    programs: Path, workspace: Path, own: Bundle, request: pytest.FixtureRequest
) -> None:
    script = Path(__file__).with_name("resolve_profile.py")
    command = [str(programs / "python"), str(script), str(workspace), str(workspace / "exported")]
    ran = subprocess.run(command, cwd=workspace, capture_output=True, text=True, check=True)
    resolved = json.loads(ran.stdout)

    profile = own.catalog["profiles"][request.node.callspec.params["workspace"]]
    selected: dict[str, Any] = {}
    for kind in profile["kinds"].values():
        selected |= kind["enforcement"]
    assert resolved["controls"] == {id: {"enforcement": action} for id, action in selected.items()}
    given = profile["kinds"]["model_card"]["parameters"].get("supply_chain", {}).get("licence", {}).get("allowed")
    assert resolved["parameters"].get("SUP-005_allowed") == given
