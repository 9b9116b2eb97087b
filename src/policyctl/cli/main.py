"""The command line as a whole, and the one place where errors become a message, a hint and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import typer
from typer.exceptions import TyperException
from typer.main import get_command

from policyctl.model.errors import ENGINE, INTERRUPTED, USAGE, PolicyctlError
from policyctl.model.printable import printable

_EXIT_CODES = ", ".join(
    (
        "Exit codes: 0 allowed",
        "1 denied",
        "2 usage or unreadable input",
        "3 nothing checked or not determined",
        "4 engine or ledger failed.",
    )
)
_COMMANDS = ("check", "gather", "explain", "init", "schema", "doctor")
_GROUPS = (
    "system",
    "release",
    "lineage",
    "control",
    "mapping",
    "waiver",
    "ledger",
    "config",
    "engine",
    "bundle",
    "admission",
)
"""In the order in which --help lists them. Each is a module beside this one."""


def program(only: str = "") -> typer.Typer:
    """The whole command line; with `only`, the name of a command or group, no more than that: the others would cost 20 ms."""
    app = typer.Typer(
        name="policyctl",
        help="Policy as code for AI compliance: facts from real artefacts, decided by OPA, on record.",
        epilog=_EXIT_CODES,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(root)
    wanted = (only,) if only in (*_COMMANDS, *_GROUPS) else (*_COMMANDS, *_GROUPS)
    for name in wanted:
        module = import_module(f"policyctl.cli.{name}")
        if name in _COMMANDS:
            app.command(name, epilog=module.EXAMPLE)(getattr(module, name))
        else:
            app.add_typer(module.app, name=name)
    return app


def root(version: bool = typer.Option(False, "--version", "-V", help="Print the version and exit.")) -> None:
    """Policy as code for AI compliance: facts from real artefacts, decided by OPA, on record."""
    if version:
        from policyctl import __version__

        typer.echo(f"policyctl {__version__}")
        raise typer.Exit()


def run(arguments: Sequence[str]) -> int:
    """Runs one command line and returns its exit code. Whatever happens, the user reads sentences."""
    try:
        code = get_command(program(next(iter(arguments), ""))).main(
            list(arguments),
            prog_name="policyctl",
            # A shell asks for completions by a variable and no arguments. Beside arguments the variable would answer in place
            # of the command, with exit code 0: a name that nothing sets has it ignored.
            complete_var="" if arguments else None,
            standalone_mode=False,
        )
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except PolicyctlError as error:
        return _said(error.message, error.hint, error.exit_code)
    except TyperException as error:
        return _said(error.format_message(), f"see policyctl {_words(arguments)}--help", USAGE)
    except (KeyboardInterrupt, typer.Abort):
        return _said("interrupted", "", INTERRUPTED)
    except BrokenPipeError:
        _close_output()
        return ENGINE
    except OSError as error:
        _close_output()
        return _said(f"the result cannot be written or read: {error.strerror or error}", "look at the disk", ENGINE)
    except Exception as error:  # the process edge: a defect of ours must not look like a verdict, nor like a traceback
        if os.environ.get("POLICYCTL_DEBUG"):
            raise
        return _said(
            f"internal error: {type(error).__name__}: {error}",
            "this is a defect: report it, with what POLICYCTL_DEBUG=1 prints",
            ENGINE,
        )


def _words(arguments: Sequence[str]) -> str:
    """The command's own words, each followed by a space: "ledger list "; empty for one that is not known."""
    app = program()
    groups = {group.name: _names(group.typer_instance) for group in app.registered_groups}
    first, second = [*arguments[:2], "", ""][:2]
    if first in groups:
        return f"{first} {second} " if second in groups[first] else f"{first} "
    return f"{first} " if first in _names(app) else ""


def _names(group: typer.Typer | None) -> set[str | None]:
    return {command.name for command in group.registered_commands} if group else set()


def _close_output() -> None:
    """What is still buffered for standard output has nowhere to go: Python would complain about it at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _said(message: str, hint: str, code: int) -> int:
    sys.stderr.write(f"policyctl: {printable(message)}\n")
    if hint:
        sys.stderr.write(f"  fix: {printable(hint)}\n")
    return code
