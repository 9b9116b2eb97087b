"""However a command ends, its user reads a sentence and its exit code says which end it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import EXAMPLES, Run

PROGRAM = [sys.executable, "-m", "policyctl"]
CARD = str(EXAMPLES / "model_cards" / "bloom.md")


def test_the_version_is_told() -> None:
    done = subprocess.run([*PROGRAM, "--version"], capture_output=True, text=True, check=True)

    assert done.stdout.startswith("policyctl ")


def test_the_version_imports_next_to_nothing() -> None:
    code = "import sys; sys.argv = ['policyctl', '--version']; import policyctl.__main__ as m; m.main(); print(len(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True, env=with_source()
    )

    assert int(done.stdout.split()[-1]) < 60


def with_source() -> dict[str, str]:
    import policyctl

    return {**os.environ, "PYTHONPATH": str(Path(policyctl.__file__).parents[1])}


def test_ctrl_c_ends_with_130_and_no_traceback() -> None:
    process = subprocess.Popen(
        [*PROGRAM, "check", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    time.sleep(2.0)  # it now waits for standard input
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)

    assert process.returncode == 130
    assert out == ""
    assert "Traceback" not in err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full here")
def test_a_full_disk_behind_standard_output_is_no_allow() -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run([*PROGRAM, "check", CARD], stdout=full, stderr=subprocess.PIPE, text=True, check=False)

    assert done.returncode == 4
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_goes_away_is_no_allow() -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as gone:
        done = subprocess.run([*PROGRAM, "check", CARD], stdout=gone, stderr=subprocess.PIPE, text=True, check=False)

    assert done.returncode != 0
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("chek",), "policyctl --help"),
        (("ledger", "lst"), "policyctl ledger --help"),
        (("check", "--profil", "x"), "policyctl check --help"),
        (("engine", "install", "--version", "1.3.0"), "1.4 to 1.22"),
        (("ledger", "list", "--limit", "none"), "policyctl ledger list --help"),
    ],
)
def test_a_wrong_word_is_a_usage_error_that_says_where_to_look(run: Run, arguments: tuple[str, ...], hint: str) -> None:
    ran = run(*arguments)

    assert ran.code == 2
    assert hint in ran.err


@pytest.mark.parametrize("command", [(), ("control",), ("mapping",), ("ledger",), ("engine",), ("bundle",)])
def test_a_group_without_a_command_shows_its_help(run: Run, command: tuple[str, ...]) -> None:
    ran = run(*command)

    assert "Commands:" in ran.out + ran.err


@pytest.mark.parametrize("asked", ["complete_bash", "source_bash", "anything"])
def test_the_variable_of_completion_lets_no_check_pass(run: Run, monkeypatch: pytest.MonkeyPatch, asked: str) -> None:
    monkeypatch.setenv("_POLICYCTL_COMPLETE", asked)
    monkeypatch.setenv("COMP_WORDS", "policyctl ")
    monkeypatch.setenv("COMP_CWORD", "1")
    ran = run("check", str(EXAMPLES / "terraform/credit-scorer/plan.json"))

    assert ran.code == 1
    assert ran.out.startswith("DENY")
