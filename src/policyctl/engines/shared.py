"""An OPA that this user leaves running, so that later commands need not start one: `policyctl engine start`, `stop`,
`status`.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self

from policyctl.engines.address import Address
from policyctl.engines.archive import read_archive
from policyctl.engines.binary import Binary, write_atomically
from policyctl.engines.interface import CLASSIFICATIONS, PARALLEL, Document
from policyctl.engines.process import SOCKET, command_line, prepare, said, start_lasting
from policyctl.engines.runtime import LONGEST_SOCKET_PATH, base_folder, locked, remove_tree
from policyctl.model.decision import Answer, BundleIdentity, EngineIdentity
from policyctl.model.errors import EngineError

if TYPE_CHECKING:
    from policyctl.model.classification import Classified

_STATE = "state.json"
_PATIENCE = 2.0


@dataclass(frozen=True, slots=True)
class State:
    """What `start` wrote down of the OPA that it left running."""

    pid: int
    socket: str
    nonce: str
    bundle: str
    revision: str
    bundle_sha256: str
    opa: str
    version: str
    opa_sha256: str


@dataclass(frozen=True, slots=True)
class Status:
    """Whether a shared OPA runs; `state` tells which. `message` is a sentence for people."""

    running: bool
    message: str
    state: State | None = None


class SharedEngine:
    """Asks the OPA that `start` left running. Closing leaves it running."""

    def __init__(self, state: State, *, timeout: float = 30, parallel: int = PARALLEL) -> None:
        from policyctl.engines.local import Question
        from policyctl.engines.wire import Wire

        self._state, self._parallel = state, parallel
        wire = Wire(Address(state.socket), timeout=timeout, parallel=parallel)
        self._question = Question(wire, state.revision, state.nonce, lambda: None)

    def identity(self) -> EngineIdentity:
        """The binary that `start` started, by its digest."""
        return EngineIdentity(
            "shared", self._state.version, self._state.opa_sha256, "verified", f"unix://{self._state.socket}"
        )

    def decide(self, documents: Sequence[Document]) -> list[Answer]:
        """See `Engine.decide`."""
        from policyctl.engines.batches import decide_in_batches

        return decide_in_batches(documents, self._question.ask, self._parallel)

    def classify(self, documents: Sequence[Document]) -> list[Classified]:
        """See `Engine.classify`."""
        from policyctl.engines.batches import ask_in_batches

        return ask_in_batches(CLASSIFICATIONS, documents, self._question.ask, self._parallel)

    def close(self) -> None:
        """There is nothing to let go of."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def attach(
    bundle: BundleIdentity, binary: Binary | None = None, *, timeout: float = 30, parallel: int = PARALLEL
) -> SharedEngine | None:
    """The shared OPA, if one of this user's runs with exactly this bundle (and `binary`, where given); else None.

    What is left of a dead one is deleted.
    """
    folder = _folder()
    state = _read(folder)
    if state is None:
        return None
    if not _listens(state):
        _clear(folder)
        return None
    if not _has(state, bundle) or (binary and binary.sha256 != state.opa_sha256):
        return None
    return SharedEngine(state, timeout=timeout, parallel=parallel)


def start(
    binary: Binary,
    archive: Path,
    bundle: BundleIdentity,
    *,
    part: Callable[[], bytes] | None = None,
    startup_timeout: float = 10,
) -> Status:
    """Leave an OPA with this bundle running, in place of one with another. Returns when it has answered a question. `part` makes what
    OPA is given in the archive's place.

    Raises EngineError when it cannot be started or answers from another revision.
    """
    folder = _folder()
    with locked(folder.with_name("shared.lock")):
        current = _read(folder)
        if current and _listens(current) and _has(current, bundle):
            return Status(True, f"OPA {current.version} already runs with this bundle (process {current.pid})", current)
        if current:
            _stop(current)
        remove_tree(folder)
        content = part() if part else read_archive(archive, bundle)
        folder.mkdir(mode=0o700)
        try:
            state = _start(folder, binary, content, bundle, startup_timeout)
        except EngineError:
            remove_tree(folder)
            raise
        write_atomically(folder / _STATE, json.dumps(asdict(state)).encode())
    return Status(True, f"OPA {state.version} runs (process {state.pid}); commands with this bundle use it", state)


def stop() -> Status:
    """End the shared OPA and delete what it leaves."""
    folder = _folder()
    with locked(folder.with_name("shared.lock")):
        state = _read(folder)
        if state is None:
            remove_tree(folder)
            return Status(False, "no shared OPA runs")
        _stop(state)
        remove_tree(folder)
    return Status(False, f"OPA {state.version} (process {state.pid}) is stopped", state)


def status() -> Status:
    """Whether a shared OPA runs, and with which bundle."""
    state = _read(_folder())
    if state is None:
        return Status(False, "no shared OPA runs; `policyctl engine start` starts one")
    if not _listens(state):
        return Status(
            False, f"the shared OPA (process {state.pid}) is gone; `policyctl engine start` starts another", state
        )
    return Status(True, f"OPA {state.version} runs (process {state.pid}) with revision {state.revision}", state)


def _folder() -> Path:
    return base_folder(os.environ) / "shared"


def _read(folder: Path) -> State | None:
    """The state, if the folder and the file are this user's alone and say what they should."""
    try:
        for path, mode in ((folder, 0o700), (folder / _STATE, 0o600)):
            found = path.lstat()
            if found.st_uid != os.geteuid() or stat.S_IMODE(found.st_mode) != mode:
                return None
        return State(**json.loads((folder / _STATE).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def _has(state: State, bundle: BundleIdentity) -> bool:
    return (state.revision, state.bundle_sha256) == (bundle.revision, bundle.sha256)


def _listens(state: State) -> bool:
    return _listener(state) == "it"


def _listener(state: State) -> Literal["it", "another", "nobody"]:
    """Who listens at the socket: that very process, at a socket of this user alone, or anybody else."""
    try:
        found = os.lstat(state.socket)
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            probe.settimeout(1)
            probe.connect(state.socket)
            if not stat.S_ISSOCK(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o077:
                return "another"
            if sys.platform != "linux":
                return "it"
            # Linux tells who listens: process, user, group.
            credentials = probe.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
            pid, uid, _ = struct.unpack("3i", credentials)
            return "it" if (pid, uid) == (state.pid, os.geteuid()) else "another"
    except OSError:
        return "nobody"


def _start(folder: Path, binary: Binary, content: bytes, bundle: BundleIdentity, startup_timeout: float) -> State:
    listening = str(folder / SOCKET)
    if len(os.fsencode(listening)) > LONGEST_SOCKET_PATH:
        raise EngineError(
            f"the path of OPA's socket is too long: {listening}",
            hint="set XDG_RUNTIME_DIR to a shorter folder of yours",
        )
    nonce = os.urandom(16).hex()
    prepare(folder, content, nonce, "")
    try:
        pid = start_lasting(command_line(binary.path, f"unix://{listening}", with_token=False), folder)
    except (OSError, subprocess.CalledProcessError) as error:
        raise EngineError(
            f"OPA ({binary.path}) cannot be started: {error}", hint="`policyctl engine install` gets another"
        ) from error
    state = State(
        pid, listening, nonce, bundle.name, bundle.revision, bundle.sha256, binary.path, binary.version, binary.sha256
    )
    deadline = time.monotonic() + startup_timeout
    while not _listens(state):
        if not _runs(state) or time.monotonic() > deadline:
            text = said(folder)
            _stop(state)
            raise EngineError(
                f"OPA ({binary.path}) did not start{f': {text}' if text else ''}",
                hint="see what OPA says of the bundle",
            )
        time.sleep(0.01)
    try:
        with SharedEngine(state, timeout=startup_timeout) as engine:
            engine.decide([])
    except EngineError:
        _stop(state)
        raise
    return state


def _stop(state: State) -> None:
    """End the process, if it still is that OPA, and wait until it is gone."""
    if not _runs(state):
        return
    os.kill(state.pid, signal.SIGTERM)
    deadline = time.monotonic() + _PATIENCE
    while _runs(state):
        if time.monotonic() > deadline:
            os.kill(state.pid, signal.SIGKILL)
        time.sleep(0.01)


def _runs(state: State) -> bool:
    """Whether the process is an OPA that was told to listen at that socket: ids are used again by others."""
    line = _command_line(state.pid)
    if line == "":  # it is becoming OPA at this moment, or it is dead and nobody has noticed yet
        time.sleep(0.1)
        line = _command_line(state.pid)
    return f"unix://{state.socket}" in line


def _command_line(process: int) -> str:
    """Empty between two programs and after the last one; "gone" where there is no such process."""
    if sys.platform != "linux":
        line = ["/bin/ps", "-o", "command=", "-p", str(process)]
        return subprocess.run(line, capture_output=True, text=True, check=False).stdout or "gone"
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return "gone"


def _clear(folder: Path) -> None:
    with locked(folder.with_name("shared.lock")):
        state = _read(folder)
        if state and _listener(state) == "nobody":
            _stop(state)
            remove_tree(folder)
