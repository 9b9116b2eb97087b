"""An OPA that stays up while one mutant after the other is asked about."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from policyctl.engines.address import Address
from policyctl.engines.interface import Unreachable
from policyctl.engines.process import SOCKET, Process, said
from policyctl.engines.runtime import RuntimeFolder, base_folder
from policyctl.engines.wire import Wire
from policyctl.model.errors import EngineError
from policyctl.mutating.variants import SWITCH

_POLL = 0.005
_STARTUP = 30
_NEVER = 600


class NotStarted(EngineError):
    """OPA ended at once: most likely the rules do not compile."""


class Warm:
    """An OPA of these rule files, gone with this process. For one thread at a time."""

    def __init__(self, opa: str, files: Sequence[Path], clauses: int) -> None:
        """Returns at once: `wait` before asking. Raises EngineError where OPA cannot be started."""
        self._opa, self._files, self._clauses = opa, files, clauses
        self._start()

    def _start(self) -> None:
        self._folder = RuntimeFolder(base_folder(os.environ))
        address = Address(str(self._folder.path / SOCKET))
        line = [self._opa, "run", "--server", "--addr", f"unix://{address.socket}", "--unix-socket-perm", "600"]
        line += ["--log-level", "error", "--skip-version-check", "--disable-telemetry", *map(str, self._files)]
        try:
            self._process = Process(line, self._folder.path)
        except OSError as error:
            self._folder.remove()
            raise EngineError(f"OPA ({self._opa}) cannot be started: {error.strerror}") from error
        self._address = address

    def choose(self, variant: int, clause: int) -> None:
        """Have this variant of a clause count, and of all others the one that was written. Raises EngineError."""
        chosen = json.dumps({str(n): variant if n == clause else 0 for n in range(self._clauses)}).encode()
        status, body = self._wire(_NEVER).request("PUT", f"/v1/data/{SWITCH}", chosen)
        if status != 204:
            raise EngineError(f"OPA refused to choose a mutant: {body.decode(errors='replace')}")

    def value(self, path: str, seconds: float) -> Any:
        """What a rule gives; None where it is undefined, or fails, or takes longer: then OPA has been started again."""
        try:
            status, body = self._wire(seconds).request("GET", f"/v1/data/{path}?strict-builtin-errors")
        except Unreachable:
            raise
        except EngineError:
            self.close()
            self._start()
            self.wait()
            return None
        return json.loads(body).get("result") if status == 200 else None

    def _wire(self, seconds: float) -> Wire:
        return Wire(self._address, timeout=seconds, parallel=1)

    def wait(self) -> None:
        """Until it listens. Raises NotStarted."""
        deadline = time.monotonic() + _STARTUP
        while True:
            try:
                self._wire(_STARTUP).request("GET", "/health")
            except Unreachable as error:
                if self._process.exit_status() is not None or time.monotonic() > deadline:
                    raise NotStarted(f"OPA did not start: {said(self._folder.path)}") from error
                time.sleep(_POLL)
            else:
                return

    def close(self) -> None:
        """End OPA."""
        self._process.end()
        self._folder.remove()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
