"""The command line as a whole, and the one place where errors become a message, a hint and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import typer
from typer.exceptions import TyperException
from typer.main import get_command

from policyctl.cli import bundle, check, config, control, doctor, engine, explain, gather, init, ledger, mapping, waiver
from policyctl.model.errors import ENGINE, INTERRUPTED, USAGE, PolicyctlError
from policyctl.model.printable import printable

app = typer.Typer(
    name="policyctl",
    help="Policy as code for AI compliance: facts from real artefacts, decided by OPA, on record.",
    epilog="Exit codes: 0 allowed, 1 denied, 2 usage or unreadable input, 3 nothing checked or not determined, 4 engine or ledger failed.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("check", epilog=check.EXAMPLE)(check.check)
app.command("gather", epilog=gather.EXAMPLE)(gather.gather)
app.command("explain", epilog=explain.EXAMPLE)(explain.explain)
app.command("init", epilog=init.EXAMPLE)(init.init)
app.command("doctor", epilog=doctor.EXAMPLE)(doctor.doctor)
app.add_typer(control.app, name="control")
app.add_typer(mapping.app, name="mapping")
app.add_typer(waiver.app, name="waiver")
app.add_typer(ledger.app, name="ledger")
app.add_typer(config.app, name="config")
app.add_typer(engine.app, name="engine")
app.add_typer(bundle.app, name="bundle")


@app.callback()
def root(version: bool = typer.Option(False, "--version", "-V", help="Print the version and exit.")) -> None:
    """Policy as code for AI compliance: facts from real artefacts, decided by OPA, on record."""
    if version:
        from policyctl import __version__

        typer.echo(f"policyctl {__version__}")
        raise typer.Exit()


def run(arguments: Sequence[str]) -> int:
    """Runs one command line and returns its exit code. Whatever happens, the user reads sentences."""
    try:
        code = get_command(app).main(list(arguments), prog_name="policyctl", standalone_mode=False)
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
