"""What keeps a server from deciding or recording, told once when it begins and once when it is over, by an Event in the cluster.

Whoever sees trouble only notes it; a thread of its own tells, so that no answer waits for an API server, and none fails for it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from policyctl.admission.cluster.api import ApiError
from policyctl.admission.review import cut
from policyctl.model.errors import EngineError, LedgerError
from policyctl.model.printable import printable
from policyctl.model.secrets import conceal
from policyctl.progress import say

Part = Literal["engine", "ledger", "spool"]
"""OPA; a ledger that cannot be written, nor a spool; a ledger in whose place the spool is written."""
_REASONS: dict[Part, tuple[str, str]] = {
    "engine": ("EngineFailed", "EngineAnswers"),
    "ledger": ("RecordFailed", "RecordWritten"),
    "spool": ("DecisionsSpooled", "DecisionsHandedOver"),
}
"""Of the Events about a trouble's begin and its end."""
_LOOK, _CALM, _REMIND, _AGAIN = 1.0, 20.0, 1800.0, 30.0
"""Seconds between two looks; without trouble until it is over; until it is told again, since Events are kept for an hour only; until an
API server that took none is asked again.
"""
_LONGEST = 900

Saw = Callable[[Part, str], None]
"""Is told of trouble, in words."""
Tell = Callable[[str, str, bool], None]
"""Writes an Event: its reason, a note, and whether it is a warning. Raises ApiError."""


def unnoticed(_part: Part, _message: str) -> None:
    """Where no Events are written."""


def part_of(error: EngineError | LedgerError) -> Part:
    """What fails."""
    return "engine" if isinstance(error, EngineError) else "ledger"


@dataclass(slots=True)
class _Trouble:
    """When it began, was last seen and last told (`time.monotonic()`), and in which words."""

    began: float
    seen: float
    note: str
    told: float | None = None


class Troubles:
    """Those of one server. `saw` may be called from any thread."""

    def __init__(self, tell: Tell, clock: Callable[[], float] = time.monotonic) -> None:
        self._tell, self._clock = tell, clock
        self._lock = threading.Lock()
        self._standing: dict[Part, _Trouble] = {}
        self._wait_until = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._keep, daemon=True, name="troubles")

    def start(self) -> None:
        """Tells from now on."""
        self._thread.start()

    def close(self) -> None:
        """Tells nothing more. An API server that does not answer is not waited for."""
        self._ended.set()

    def saw(self, part: Part, message: str) -> None:
        """Notes trouble."""
        now, note = self._clock(), printable(cut(conceal("", message), _LONGEST), _LONGEST)
        with self._lock:
            trouble = self._standing.setdefault(part, _Trouble(now, now, note))
            trouble.seen, trouble.note = now, note

    def look(self) -> None:
        """Tells what has to be told now."""
        now = self._clock()
        if now < self._wait_until:
            return
        with self._lock:
            standing = list(self._standing.items())
        try:
            for part, trouble in standing:
                self._look(part, trouble, now)
        except ApiError as error:
            self._wait_until = now + _AGAIN
            say(f"policyctl: the API server takes no Event: {error.message}")

    def _look(self, part: Part, trouble: _Trouble, now: float) -> None:
        begun, over = _REASONS[part]
        if trouble.told is None or (now - trouble.told >= _REMIND and now - trouble.seen < _CALM):
            self._tell(begun, trouble.note, True)
            trouble.told = now
        elif now - trouble.seen >= _CALM:
            self._tell(over, f"{trouble.seen - trouble.began:.0f} s of it: {trouble.note}", False)
            with self._lock:
                if self._standing[part].seen == trouble.seen:
                    del self._standing[part]

    def _keep(self) -> None:
        while not self._ended.wait(_LOOK):
            self.look()
