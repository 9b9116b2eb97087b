"""The ledger of a server: opened when it is first needed, and anew after a failure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import RLock
from typing import TypeVar

from policyctl import recording
from policyctl.ledger import open_ledger
from policyctl.ledger.entry import NewEntry
from policyctl.ledger.interface import Ledger
from policyctl.model.errors import LedgerError

Result = TypeVar("Result")


class Keeping:
    """Appends to the ledger at an address. Safe for use by several threads, one after the other."""

    def __init__(self, address: str, timeout: float) -> None:
        """`timeout`: seconds to wait for other writers."""
        self._address, self._timeout = address, timeout
        self._ledger: Ledger | None = None
        self._turn = RLock()

    def append(self, entries: Sequence[NewEntry]) -> list[str]:
        """The ids of what is on record now, all of it or nothing. Raises LedgerError."""
        return [entry.id for entry in self._with(lambda ledger: ledger.append(entries))]

    def probe(self) -> None:
        """Raises LedgerError unless the ledger can be written."""
        self._with(lambda ledger: ledger.probe())

    def close(self) -> None:
        """Closes it. Nothing is pending."""
        with self._turn:
            ledger, self._ledger = self._ledger, None
            if ledger:
                ledger.close()

    def _with(self, work: Callable[[Ledger], Result]) -> Result:
        with self._turn:
            try:
                if self._ledger is None:
                    recording.make_folder(self._address)
                    self._ledger = open_ledger(self._address, timeout=self._timeout)
                return work(self._ledger)
            except LedgerError:
                self.close()
                raise
