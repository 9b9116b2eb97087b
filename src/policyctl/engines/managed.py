"""An OPA of our own: started first, while Python still parses the input, and gone with this process."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from policyctl.engines.address import Address
from policyctl.engines.archive import read_archive
from policyctl.engines.binary import Binary
from policyctl.engines.interface import CLASSIFICATIONS, PARALLEL, Document, Unreachable
from policyctl.engines.process import SOCKET, Process, command_line, prepare, said
from policyctl.engines.runtime import LONGEST_SOCKET_PATH, RuntimeFolder, base_folder
from policyctl.model.decision import Answer, BundleIdentity, EngineIdentity
from policyctl.model.errors import EngineError

if TYPE_CHECKING:
    from policyctl.engines.local import Question
    from policyctl.model.classification import Classified

_POLL = 0.003


class ManagedEngine:
    """Starts OPA when made, and returns at once; the first question waits until OPA is ready."""

    def __init__(
        self,
        binary: Binary,
        archive: Path,
        bundle: BundleIdentity,
        *,
        part: Callable[[], bytes] | None = None,
        timeout: float = 30,
        startup_timeout: float = 10,
        parallel: int = PARALLEL,
        on_port: bool = False,
    ) -> None:
        """`part` makes what OPA is given in the archive's place. `timeout` (seconds) is for one request. `on_port`:
        loopback with a token, as is done where the socket's path is too long.

        Raises EngineError when the bundle is not the one that was named, or OPA cannot be started.
        """
        self._binary, self._bundle = binary, bundle
        self._timeout, self._startup_timeout, self._parallel = timeout, startup_timeout, parallel
        self._lock = threading.Lock()
        self._question: Question | None = None
        self._nonce = os.urandom(16).hex()
        content = part() if part else read_archive(archive, bundle)
        self._folder = RuntimeFolder(base_folder(os.environ))
        self._closed = False
        self.address = self._choose_address(on_port)
        self._deadline = time.monotonic() + startup_timeout
        listen = f"unix://{self.address.socket}" if self.address.socket else f"127.0.0.1:{self.address.port}"
        try:
            prepare(self._folder.path, content, self._nonce, self.address.token)
            line = command_line(binary.path, listen, with_token=bool(self.address.token))
            self._process = Process(line, self._folder.path)
        except OSError as error:
            self._folder.remove()
            raise EngineError(
                f"OPA ({binary.path}) cannot be started: {error.strerror}",
                hint="`policyctl engine install` gets another",
            ) from error

    def identity(self) -> EngineIdentity:
        """The binary that was started, by its digest."""
        return EngineIdentity("managed", self._binary.version, self._binary.sha256, "verified")

    def decide(self, documents: Sequence[Document]) -> list[Answer]:
        """See `Engine.decide`."""
        from policyctl.engines.batches import decide_in_batches

        return decide_in_batches(documents, self._ready().ask, self._parallel)

    def classify(self, documents: Sequence[Document]) -> list[Classified]:
        """See `Engine.classify`."""
        from policyctl.engines.batches import ask_in_batches

        return ask_in_batches(CLASSIFICATIONS, documents, self._ready().ask, self._parallel)

    def close(self) -> None:
        """End OPA and delete its folder."""
        if self._closed:
            return
        self._closed = True
        self._process.end()
        self._folder.remove()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _choose_address(self, on_port: bool) -> Address:
        socket_path = str(self._folder.path / SOCKET)
        if on_port or len(os.fsencode(socket_path)) > LONGEST_SOCKET_PATH:
            return Address(port=_free_port(), token=os.urandom(32).hex())
        return Address(socket_path)

    def _ready(self) -> Question:
        with self._lock:
            if self._question is None:
                self._question = self._wait()
            return self._question

    def _wait(self) -> Question:
        from policyctl.engines.local import Question
        from policyctl.engines.wire import Wire

        wire = Wire(self.address, timeout=self._timeout, parallel=self._parallel)
        question = Question(wire, self._bundle.revision, self._nonce, self._still_there)
        while True:
            self._still_there()
            try:
                if question.is_ready():
                    return question
            except Unreachable:
                if time.monotonic() < self._deadline:
                    time.sleep(_POLL)
                    continue
            text = _quoted(said(self._folder.path))
            raise EngineError(
                f"OPA ({self._binary.path}) was not ready within {self._startup_timeout:g} s{text}",
                hint="is this machine very busy? Run the command again",
            )

    def _still_there(self) -> None:
        if self._closed:
            raise EngineError("the engine is closed", hint="this is a defect of policyctl: report it")
        status = self._process.exit_status()
        if status is not None:
            how = f"was ended by signal {-status}" if status < 0 else f"ended with exit code {status}"
            raise EngineError(
                f"OPA ({self._binary.path}) {how}{_quoted(said(self._folder.path))}",
                hint="a signal 9 that nobody sent comes from a lack of memory; else see what OPA says of the bundle",
            )


def _free_port() -> int:
    """A port that is free now. Whoever takes it meanwhile makes OPA end, and does not know the nonce that answers
    carry.
    """
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _quoted(text: str) -> str:
    return f": {text}" if text else ""
