"""docs/cli.md shows every command's `--help` as the program says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from typer.main import get_command

from policyctl.cli.main import program
from tests.conftest import ROOT, Run

SECTION = re.compile(r"^## policyctl ?(.*?)\n\n```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHOWN = dict(SECTION.findall((ROOT / "docs/cli.md").read_text()))


def commands(command: Any, words: tuple[str, ...] = ()) -> Iterator[str]:
    """Every command of the program, by its words."""
    yield " ".join(words)
    for name, below in getattr(command, "commands", {}).items():
        yield from commands(below, (*words, name))


COMMANDS = list(commands(get_command(program())))


def test_every_command_has_a_section_and_no_other_has() -> None:
    assert list(SHOWN) == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_is_what_the_program_says(run: Run, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setenv("COLUMNS", "80")

    assert run(*command.split(), "--help").out == SHOWN[command], "run: make docs"


@pytest.mark.parametrize(
    "command",
    [words for words in COMMANDS if not any(other.startswith(f"{words} ".lstrip()) for other in COMMANDS)],
)
def test_every_command_has_an_example_in_its_help(command: str) -> None:
    assert f"Example: policyctl {command}" in " ".join(SHOWN[command].split())
