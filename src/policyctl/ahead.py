"""The head start of `check`: OPA starts upon a first look at the command line, before what parses it in full is imported.

A guess and no more: the command takes the run that waits here only if it is of the very settings and kinds that it asks for.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyctl import opening, settings
from policyctl.engines.binary import find

if TYPE_CHECKING:
    from policyctl.opening import Opened
    from policyctl.settings import Settings

_DECIDE = {"--profile": "profile", "-p": "profile", "--kind": "kind"}
_VALUED = ("--output", "-o", "--output-file", "--system", "--as-of", "--ledger")
_SWITCHES = ("--simulate", "--no-record")


@dataclass(frozen=True, slots=True)
class _Ahead:
    settings: Settings
    kinds: Collection[str]
    run: Opened


_waiting: list[_Ahead] = []


def start(arguments: Sequence[str]) -> None:
    """Starts OPA for `arguments` if they are a plain check's. What is wrong with them is for the command to say."""
    told = _told(arguments)
    if told is None:
        return
    paths, flags = told
    with suppress(Exception):  # whatever it is, the command meets it again, in the place where errors become sentences
        if find(os.environ) is None:  # to install one takes a minute: first the arguments are read in full
            return
        loaded = settings.load({"profile": flags.get("profile"), "ledger": flags.get("--ledger")})
        kinds = opening.likely_kinds(paths or ["."], flags.get("kind"))
        if not loaded.trusted:
            _waiting.append(_Ahead(loaded, kinds, opening.open_run(loaded, kinds)))


def taken(wanted: Settings, kinds: Collection[str]) -> Opened | None:
    """The run that was started ahead, if it is of these settings and kinds. Another one is closed."""
    if _waiting and (_waiting[0].settings, _waiting[0].kinds) == (wanted, kinds):
        return _waiting.pop().run
    discard()
    return None


def discard() -> None:
    """Closes what was started and not taken."""
    while _waiting:
        _waiting.pop().run.engine.close()


def _told(arguments: Sequence[str]) -> tuple[list[str], dict[str, str]] | None:
    """The paths and the options of a check; None for another command, and where an option is not one of those known here."""
    if list(arguments[:1]) != ["check"]:
        return None
    paths: list[str] = []
    options: dict[str, str] = {}
    rest = iter(arguments[1:])
    for argument in rest:
        name, equals, value = argument.partition("=")
        if argument == "-" or not argument.startswith("-"):
            paths.append(argument)
        elif name in _DECIDE or name in _VALUED:
            options[_DECIDE.get(name, name)] = value if equals else next(rest, "")
        elif argument not in _SWITCHES:
            return None
    return paths, options
