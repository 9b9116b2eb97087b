"""A shell completes commands, options and values, and starts no engine for it."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import EXAMPLES

SCRIPTS = Path(sys.executable).parent
START = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "--interactive"],
}
LOAD = {
    "bash": "source <(_POLICYCTL_COMPLETE=source_bash policyctl)",
    "zsh": "autoload -U compinit; compinit -D -u; source <(_POLICYCTL_COMPLETE=source_zsh policyctl)",
    "fish": "_POLICYCTL_COMPLETE=source_fish policyctl | source",
}
INSTALLED = [shell for shell in START if shell == "bash" or shutil.which(shell)]

Offer = Callable[[str], set[str]]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A home and a folder for sockets of the test's own, and this environment's policyctl first on the path."""
    (tmp_path / "sockets").mkdir(mode=0o700)
    own = {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path / "sockets"), "TERM": "dumb"}
    return {**os.environ, **own, "PATH": f"{SCRIPTS}:{os.environ['PATH']}"}


@pytest.fixture
def offer(environment: dict[str, str]) -> Offer:
    """What bash offers at the end of a line, as its function for the program says it."""
    script = """
        source <(policyctl --show-completion)
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        _policyctl_completion policyctl
        printf '%s\\n' "${COMPREPLY[@]}"
    """

    def offered(line: str) -> set[str]:
        words = line.split(" ")
        done = subprocess.run(
            ["bash", "--norc", "-c", script, "bash", *words],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stderr == ""
        return set(done.stdout.split())

    return offered


def test_every_command_is_offered(offer: Offer) -> None:
    from policyctl.cli.main import program

    app = program()
    names = {entry.name for entry in (*app.registered_commands, *app.registered_groups)}

    assert offer("policyctl ") == names
    assert "check" in names


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("policyctl ch", {"check"}),
        ("policyctl check --pro", {"--profile"}),
        ("policyctl ledger ver", {"verify"}),
        ("policyctl check --profile eu", {"eu-ai-act-high-risk"}),
        ("policyctl check plan.json -o s", {"sarif"}),
        ("policyctl check --kind model", {"model", "model_card"}),
        ("policyctl explain SUP-002 --output ", {"table", "json"}),
        ("policyctl mapping gaps -o m", {"markdown"}),
        ("policyctl check no-such-fi", set()),
    ],
)
def test_what_fits_is_offered(offer: Offer, line: str, offered: set[str]) -> None:
    assert offer(line) == offered


def test_to_offer_starts_no_engine(offer: Offer, environment: dict[str, str]) -> None:
    offer(f"policyctl check {EXAMPLES / 'terraform/credit-scorer/plan.json'} --pro")

    assert list(Path(environment["XDG_RUNTIME_DIR"]).iterdir()) == []


@pytest.mark.parametrize("shell", INSTALLED)
def test_the_tab_key_completes(shell: str, environment: dict[str, str]) -> None:
    terminal = Terminal(START[shell], environment)
    try:
        terminal.type(f"{LOAD[shell]}; echo load''ed\n")
        terminal.await_("loaded")
        terminal.type("policyctl ledger ver\t")
        terminal.await_("policyctl ledger verify")
    finally:
        terminal.close()


def test_the_installed_script_is_read_by_the_next_shell(environment: dict[str, str]) -> None:
    command = "policyctl --install-completion >/dev/null; source ~/.bashrc; complete -p policyctl"
    done = subprocess.run(
        ["bash", "--norc", "-c", command], env=environment, capture_output=True, text=True, check=True
    )

    assert done.stdout == "complete -o default -F _policyctl_completion policyctl\n"


class Terminal:
    """A shell that believes a person sits before it."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self._terminal, screen = pty.openpty()
        begin = "import os, sys; os.login_tty(0); os.execvp(sys.argv[1], sys.argv[1:])"
        self._shell = subprocess.Popen([sys.executable, "-c", begin, *command], env=environment, stdin=screen)
        os.close(screen)
        self._shown = ""

    def type(self, keys: str) -> None:
        """Presses these keys."""
        os.write(self._terminal, keys.encode())

    def await_(self, text: str) -> None:
        """Waits until the text is on the screen."""
        deadline = time.monotonic() + 30
        while text not in self._shown:
            assert select.select([self._terminal], [], [], max(0, deadline - time.monotonic()))[0], self._shown
            self._shown += os.read(self._terminal, 4096).decode(errors="replace")

    def close(self) -> None:
        """Ends the shell."""
        self._shell.kill()
        self._shell.wait()
        os.close(self._terminal)
