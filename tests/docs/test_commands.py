"""Every command line in the documents is one that the program takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.exceptions import TyperException
from typer.main import get_command

from policyctl.cli.main import program
from tests.docs.documents import DOCUMENTS, command_lines, shown


@pytest.mark.parametrize("document", DOCUMENTS, ids=shown)
def test_command_lines_are_understood(document: Path) -> None:
    refused = {" ".join(words): why for words in command_lines(document) if (why := _refused(words))}

    assert refused == {}


def test_an_unknown_option_would_be_found() -> None:
    assert "--ledgr" in _refused(["check", "plan.json", "--ledgr", "x"])


def test_an_unknown_command_would_be_found() -> None:
    assert _refused(["ledger", "proof", "1"]) == "no command ledger proof"


def test_an_option_of_the_program_itself_is_looked_at_and_not_run() -> None:
    assert _refused(["--version"]) == ""
    assert _refused(["--versoin"]) == "no option --versoin"


def test_command_lines_are_found_behind_prompts_and_pipes(tmp_path: Path) -> None:
    document = tmp_path / "page.md"
    document.write_text(
        "Ask `policyctl ledger list`.\n\n```console\n$ cat plan.json | policyctl check - > report\npolicyctl: said\n```\n"
        "```yaml\n- run: policyctl check . --output sarif\n```\n"
    )

    assert command_lines(document) == [["ledger", "list"], ["check", "-"], ["check", ".", "--output", "sarif"]]


def _refused(words: list[str]) -> str:
    """Why the program would not take these words; empty when it would. Options are looked at, nothing is run."""
    command: Any = get_command(program())
    rest = list(words)
    while rest and hasattr(command, "commands") and not rest[0].startswith("-"):
        if rest[0] not in command.commands:
            return f"no command {' '.join(words[: len(words) - len(rest) + 1])}"
        command = command.commands[rest.pop(0)]
    if not rest or "--help" in rest:
        return ""
    if hasattr(command, "commands"):  # its options act as soon as they are parsed
        known = {name for parameter in command.params for name in parameter.opts}
        return "" if rest[0] in known else f"no option {rest[0]}"
    try:
        command.make_context("policyctl", rest, resilient_parsing=False)
    except TyperException as error:
        return error.format_message()
    return ""
