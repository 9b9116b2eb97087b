"""Asks the installed git about a repository, without letting the repository run anything.

What a repository's configuration names is run by git itself: hooks, file watchers, filters, pagers, transports. Only commands are used that
read objects, references and settings; those that look at the files of the working tree would run its filters.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from typing import Final

from policyctl.model.errors import InputError
from policyctl.model.printable import printable

PATIENCE: Final = 30.0
"""Seconds for one question."""

_SETTINGS: Final = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "core.pager=cat",
    "protocol.allow=never",
    "safe.bareRepository=explicit",
)
_ENVIRONMENT: Final = {
    "GIT_ALLOW_PROTOCOL": "none",  # a partial clone would fetch what it lacks; counts for more than any configuration
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}


class Program:
    """git in the repository around a folder. Raises InputError where there is no such repository, or no git."""

    def __init__(self, folder: str) -> None:
        git = shutil.which("git")
        if git is None:
            raise InputError("git is not installed", hint="install git, or leave git: out of the sources")
        self._git, self._top = git, _top(os.path.realpath(folder))
        self._said = hashlib.sha256()

    @property
    def sha256(self) -> str:
        """The digest of all that git has said so far."""
        return self._said.hexdigest()

    def answer(self, *arguments: str, stdin: str = "") -> str | None:
        """What git says to a command; None where it says no (exit code 1). Raises InputError where it fails, or takes too long."""
        command = [self._git, "--no-pager", *(word for setting in _SETTINGS for word in ("-c", setting)), *arguments]
        try:
            ran = subprocess.run(
                command,
                cwd=self._top,
                env=self._environment(),
                input=stdin.encode(),
                capture_output=True,
                timeout=PATIENCE,
            )
        except subprocess.TimeoutExpired as error:
            raise InputError(
                f"git {arguments[0]} took more than {PATIENCE:.0f} seconds", hint="look at the repository with git fsck"
            ) from error
        except OSError as error:
            raise InputError(f"git cannot be run: {error}", hint="look at the installation of git") from error
        if ran.returncode not in (0, 1):
            raise _failure(arguments[0], ran.stderr.decode(errors="replace"), self._top)
        self._said.update(b"%d %s" % (ran.returncode, ran.stdout))
        return ran.stdout.decode(errors="replace") if ran.returncode == 0 else None

    def _environment(self) -> dict[str, str]:
        """That of the user, but for what would lead git to another repository, as it is set inside a hook."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("GIT_") or name.startswith("GIT_CONFIG_")
        }
        return {**kept, **_ENVIRONMENT, "GIT_CEILING_DIRECTORIES": os.path.dirname(self._top)}


def _top(folder: str) -> str:
    """The nearest folder, upwards, that holds `.git`. git itself would also take any folder that is laid out like a bare repository, and
    the tree under judgement may hold one.
    """
    at = folder
    while not os.path.lexists(os.path.join(at, ".git")):
        if at == os.path.dirname(at):
            raise InputError(
                "the release record lies in no working copy of a git repository",
                hint="keep the record in a clone of the repository that holds the code, not a bare one; or leave git: out",
            )
        at = os.path.dirname(at)
    return at


def _failure(command: str, said: str, top: str) -> InputError:
    if "transport '" in said and "not allowed" in said:
        return InputError(
            "the clone is a partial one, and git would have to fetch", hint="use a clone without --filter"
        )
    first = next((line for line in said.splitlines() if line.startswith(("fatal:", "error:"))), said.strip())
    hint = "look at the repository with git fsck"
    if "dubious ownership" in said:
        hint = (
            f"it belongs to somebody else; if you trust it: git config --global --add safe.directory {printable(top)}"
        )
    return InputError(f"git {command}: {printable(first)}", hint=hint)
