"""A project's first files are a configuration that runs, and nothing that is there is lost."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from policyctl.scaffold import PIPELINES
from tests.conftest import EXAMPLES, ROOT, Run

PLAN = str(EXAMPLES / "terraform/credit-scorer-fixed/plan.json")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "credit scoring"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_without_a_word_the_files_are_written_and_a_check_runs_by_them(run: Run, here: Path) -> None:
    assert run("init").code == 0
    assert sorted(path.name for path in here.iterdir()) == ["policyctl.yaml", "system.yaml", "waivers.yaml"]

    ran = run("check", PLAN, "--no-record", "-o", "json")
    assert ran.code == 0
    assert '"id": "credit-scoring"' in ran.out
    assert run("doctor").code == 0
    assert run("waiver", "lint").code == 0


def test_what_was_chosen_stands_in_the_files(run: Run, here: Path) -> None:
    assert run("init", "--profile", "iso-42001", "--system", "retail/scoring", "--ci", "gitlab").code == 0
    assert "profile: iso-42001\n" in (here / "policyctl.yaml").read_text()
    assert "id: retail/scoring\n" in (here / "system.yaml").read_text()
    assert (here / ".gitlab/policyctl.yml").read_text() == (ROOT / "deploy/ci/gitlab.yml").read_text()


def test_the_commented_waiver_is_one(run: Run, here: Path) -> None:
    run("init", "--system", "scoring")
    lines = (here / "waivers.yaml").read_text().splitlines()
    entry = [line.removeprefix("#") for line in lines if line.startswith("#  ")]
    (here / "waivers.yaml").write_text("\n".join(["policyctl: waivers", "waivers:", *entry]) + "\n")
    ran = run("waiver", "list", "-o", "json")

    assert ran.code == 0
    assert '"W-001"' in ran.out


@pytest.mark.parametrize("there", ["policyctl.yaml", "waivers.yaml", ".github/workflows/policyctl.yml"])
def test_nothing_is_overwritten(there: str, run: Run, here: Path) -> None:
    (here / there).parent.mkdir(parents=True, exist_ok=True)
    (here / there).write_text("mine\n")
    ran = run("init", "--profile", "baseline", "--ci", "github")

    assert ran.code == 2
    assert there in ran.err
    assert [path.read_text() for path in here.rglob("*") if path.is_file()] == ["mine\n"]


@pytest.mark.parametrize("wrong", [("--profile", "none"), ("--system", "../x y"), ("--ci", "cron")])
def test_what_nobody_knows_is_refused(wrong: tuple[str, str], run: Run, here: Path) -> None:
    assert run("init", *wrong).code == 2
    assert list(here.iterdir()) == []


def test_every_pipeline_has_its_job(run: Run, here: Path) -> None:
    for name, (path, _) in PIPELINES.items():
        folder = here / name
        folder.mkdir()
        os.chdir(folder)
        assert run("init", "--ci", name).code == 0
        assert "policyctl check" in (folder / path).read_text()


def test_on_a_terminal_it_asks(here: Path) -> None:
    ours, theirs = pty.openpty()
    os.write(ours, b"nist-ai-rmf\n\njenkins\n")
    command = [sys.executable, "-m", "policyctl", "init"]
    done = subprocess.run(command, cwd=here, stdin=theirs, capture_output=True, text=True, timeout=60, check=False)
    os.close(ours)
    os.close(theirs)

    assert done.returncode == 0, done.stderr
    assert "profile: nist-ai-rmf\n" in (here / "policyctl.yaml").read_text()
    assert (here / "Jenkinsfile.policyctl").is_file()
