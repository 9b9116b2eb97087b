"""The head start of a check: taken where it is what the command asks for, and gone without a trace where it is not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from policyctl import ahead, opening, settings
from policyctl.engines.runtime import remove_tree
from tests.conftest import EXAMPLES

PLAN = str(EXAMPLES / "terraform/credit-scorer/plan.json")


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the OPAs of these commands have their folders; empty when nothing is left of them. Short enough for sockets."""
    made = Path(tempfile.mkdtemp(prefix="pc"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(made))
    yield made / "policyctl"
    ahead.discard()
    remove_tree(made)


def left(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("*/*")] if folder.exists() else []


def taken(profile: str | None = None, kind: str | None = None) -> opening.Opened | None:
    return ahead.taken(settings.load({"profile": profile}), opening.likely_kinds([PLAN], kind))


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", PLAN],
        ["check", "-o", "sarif=x.sarif", PLAN, "--no-record", "--as-of=2027-12-02"],
        ["check", "--output", "json", "--simulate", PLAN, "--system", "s.yaml", "--output-file", "out"],
    ],
)
def test_a_check_takes_the_engine_that_waits_for_it(arguments: list[str], folder: Path) -> None:
    ahead.start(arguments)
    run = taken()

    assert run is not None
    assert left(folder)
    run.engine.close()
    assert not left(folder)


@pytest.mark.parametrize(
    ("arguments", "profile", "kind"),
    [
        (["check", PLAN], "iso-42001", None),
        (["check", PLAN, "-p", "iso-42001"], None, None),
        (["check", PLAN], None, "model_card"),
        (["check", "--kind=model_card", PLAN], None, None),
    ],
)
def test_an_engine_for_another_question_is_closed(
    arguments: list[str], profile: str | None, kind: str | None, folder: Path
) -> None:
    ahead.start(arguments)
    assert left(folder)

    assert taken(profile, kind) is None
    assert not left(folder)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["ledger", "list"],
        ["check", "--help"],
        ["check", PLAN, "--opa", "http://127.0.0.1:1"],
        ["check", PLAN, "--trusted-config", "/somewhere"],
        ["check", PLAN, "--no-such-option"],
    ],
)
def test_what_is_not_a_plain_check_has_no_head_start(arguments: list[str], folder: Path) -> None:
    ahead.start(arguments)

    assert not left(folder)


def test_a_trusted_configuration_of_the_environment_is_read_once_and_in_its_place(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "policyctl.yaml").write_text("profile: baseline\n")
    monkeypatch.setenv("POLICYCTL_TRUSTED_CONFIG", str(tmp_path))
    ahead.start(["check", PLAN])

    assert not left(folder)


@pytest.mark.parametrize("more", [["--as-of", "nonsense"], ["-o", "no-such-format"], ["-p"]])
def test_nothing_is_left_of_a_command_that_is_refused(more: list[str], folder: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "policyctl", "check", PLAN, *more], capture_output=True, text=True, check=False
    )

    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr
    assert not left(folder)


def test_an_interrupt_while_the_program_is_still_being_imported_is_no_traceback(folder: Path) -> None:
    program = subprocess.Popen(
        [sys.executable, "-m", "policyctl", "check", PLAN], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 10
    while "opa.log" not in left(folder) and time.monotonic() < deadline:
        time.sleep(0.001)
    os.kill(program.pid, signal.SIGINT)
    _, said = program.communicate(timeout=20)

    assert program.returncode == 130
    assert said == "policyctl: interrupted\n"
    subprocess.run([sys.executable, "-m", "policyctl", "check", PLAN, "--no-record"], capture_output=True, check=False)
    assert not left(folder), "what the interrupted command left, the next one sweeps"


@pytest.mark.parametrize(
    "configuration",
    ["systems: " + "[" * 5000 + "]" * 5000, "profile: 2026-99-99", "profile: \xff", "profile: [", "prof: 1"],
)
def test_a_broken_configuration_is_a_sentence_and_exit_code_2(
    configuration: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "policyctl.yaml").write_bytes(configuration.encode("latin-1"))
    monkeypatch.chdir(tmp_path)
    ran = subprocess.run(
        [sys.executable, "-m", "policyctl", "check", PLAN], capture_output=True, text=True, check=False
    )

    assert ran.returncode == 2
    assert ran.stderr.startswith("policyctl: ")
    assert "policyctl.yaml" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not left(folder)


def test_whatever_goes_wrong_ahead_is_left_to_the_command(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a defect")

    monkeypatch.setattr(opening, "open_run", broken)
    ahead.start(["check", PLAN])

    assert taken() is None
