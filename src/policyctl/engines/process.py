"""An OPA process: its command line, and how it ends with the command that started it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from policyctl.engines.runtime import write_private
from policyctl.model.opa import MEMORY

BUNDLE = "policyctl.tar.gz"
AUTHZ = "authz"
LOG = "opa.log"
SOCKET = "opa.sock"

_BOUND = 'exec 3<&0 </dev/null; (read -r _ <&3; kill -9 $$) >/dev/null 2>&1 & exec "$@" 3<&-'
"""Become OPA, after leaving a shell behind that waits for the end of the pipe on stdin: it comes when the starter is
gone.
"""

_LASTING = '"$@" >&2 & echo $!'


def prepare(folder: Path, archive: bytes, nonce: str, token: str) -> None:
    """Lay the bundle and the rules of access into the folder."""
    for name, content in files(archive, nonce, token).items():
        write_private(folder / name, content)


def files(archive: bytes, nonce: str, token: str) -> dict[str, bytes]:
    """What lies in OPA's working directory: the bundle and the rules of access, path to content.

    `nonce` becomes the revision of the latter, so that each answer's provenance tells that this very OPA gave it.
    """
    roots = '["system/authz","system/policyctl"]'
    return {
        BUNDLE: archive,
        f"{AUTHZ}/.manifest": f'{{"revision":"{nonce}","roots":{roots},"rego_version":1}}'.encode(),
        f"{AUTHZ}/authz.rego": Path(__file__).with_name("authz.rego").read_bytes(),
        f"{AUTHZ}/system/policyctl/data.json": f'{{"token":"{token}"}}'.encode(),
    }


def command_line(opa: str, address: str, *, with_token: bool) -> list[str]:
    """`opa run` for the prepared folder as the working directory, listening at `address` (as OPA writes it).

    The bundle's signature is not OPA's to verify: its bytes have been compared with the digest that `bundles` verified.
    """
    line = [opa, "run", "--server", "--bundle", BUNDLE, AUTHZ, "--addr", address, "--unix-socket-perm", "600"]
    line += ["--authorization", "basic", "--log-level", "error", "--skip-version-check", "--skip-verify"]
    return [*line, "--authentication", "token"] if with_token else line


def said(folder: Path) -> str:
    """The end of what the OPA of a folder wrote (to stdout, when it does not start), without the warnings."""
    try:
        return last_words((folder / LOG).read_text(errors="replace"))
    except OSError:
        return ""


def last_words(log: str) -> str:
    """The end of an OPA's log, without the warnings."""
    return "\n".join(line for line in log.splitlines() if '"level":"warning"' not in line)[-2000:].strip()


def start_lasting(line: list[str], folder: Path) -> int:
    """Start an OPA that stays when this process ends, in a session of its own and nobody's child; its process id."""
    with _log(folder) as log:
        shell = subprocess.run(
            ["/bin/sh", "-c", _LASTING, "policyctl", *line],
            cwd=folder,
            env=_environment(os.environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
            check=True,
        )
    return int(shell.stdout)


class Process:
    """A running OPA that ends with this process, however that ends."""

    def __init__(self, line: list[str], folder: Path) -> None:
        """Raises OSError."""
        with _log(folder) as log:
            self._opa = subprocess.Popen(
                ["/bin/sh", "-c", _BOUND, "policyctl", *line],
                cwd=folder,
                env=_environment(os.environ),
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                # Ctrl-C is for the command, which ends OPA when it is done with it.
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._opa.pid

    def exit_status(self) -> int | None:
        """None as long as it runs; negative for the signal that ended it."""
        status = self._opa.poll()
        if status is not None:
            self._close_pipe()
        return status

    def end(self) -> None:
        """Kill it and wait. There is nothing it would have to save."""
        # The shell that waits on the pipe will kill the same process id: it must hear of the end before that id is free.
        self._opa.kill()
        self._close_pipe()
        self._opa.wait()

    def _close_pipe(self) -> None:
        if self._opa.stdin:
            self._opa.stdin.close()


def _log(folder: Path) -> BinaryIO:
    return open(os.open(folder / LOG, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600), "wb")


def _environment(environ: Mapping[str, str]) -> dict[str, str]:
    """OPA takes options from OPA_* variables (a configuration that logs every decision among them), so it gets next to
    nothing: beside its paths, what tells Go how much of a machine it may use.
    """
    kept = {name: environ[name] for name in ("PATH", "TMPDIR", "GOGC", "GOMAXPROCS", "GOMEMLIMIT") if name in environ}
    return {**MEMORY, **kept}
