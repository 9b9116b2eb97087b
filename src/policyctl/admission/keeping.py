"""The record of a server: its ledger, opened when it is first needed and anew after a failure, and a spool for the time in between."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from threading import RLock
from typing import TypeVar

from policyctl import recording
from policyctl.admission.spool import Spool
from policyctl.ledger import open_ledger
from policyctl.ledger.entry import NewEntry, new_id
from policyctl.ledger.interface import Ledger
from policyctl.model.errors import LedgerError
from policyctl.progress import say

Result = TypeVar("Result")


class Keeping:
    """Appends to the ledger at an address. Safe for use by several threads, one after the other."""

    def __init__(self, address: str, timeout: float, spool: Spool | None = None) -> None:
        """`timeout`: seconds to wait for other writers. Without a `spool`, what the ledger cannot take is not kept."""
        self._address, self._timeout, self._spool = address, timeout, spool
        self._ledger: Ledger | None = None
        self._failed = False
        self._why = ""
        self._turn = RLock()

    def append(self, entries: Sequence[NewEntry]) -> list[str]:
        """The ids of what is on record now, all of it or nothing; or will be, once the ledger can be written. Raises LedgerError."""
        moment = datetime.now(UTC)
        # Known by their ids from the start: a ledger that fails may have them already.
        named = [replace(entry, id=new_id(moment)) for entry in entries]
        with self._turn:
            if not (self._failed and self._spool):  # else nobody waits for a ledger that is known to be gone
                try:
                    self._with(lambda ledger: ledger.append(named))
                except LedgerError as error:
                    self._spooled(named, error)
            elif named:
                self._spool.keep(named)
        return [entry.id for entry in named]

    def holds(self, sha256: str) -> bool:
        """Whether a blob of this digest is on record, or will be once the ledger can be written. Raises LedgerError where the ledger cannot
        be read.
        """
        with self._turn:
            if self._spool and self._spool.holds(sha256):
                return True
            if self._failed and self._spool:  # known to be gone: nobody waits for it
                raise LedgerError(self._why)
            return self._with(lambda ledger: ledger.holds(sha256))

    def probe(self) -> None:
        """Hands over what is spooled. Raises LedgerError unless the ledger can be written, or, where there is one, the spool."""
        try:
            if self._spool and (self._failed or self._spool.waiting()):
                self._recover(self._spool)
            else:
                self._with(lambda ledger: ledger.probe())
        except LedgerError as error:
            if self._spool is None:
                raise
            self._tell(error)
            self._spool.probe()

    def _recover(self, spool: Spool) -> None:
        """Tries the ledger while others go on to spool, and hands over once it can be written."""
        recording.make_folder(self._address)
        with open_ledger(self._address, timeout=self._timeout) as ledger:
            ledger.probe()
            with self._turn:
                count = spool.hand_over(ledger)
                self._failed = False
        say(f"policyctl: the ledger can be written again: {count} spooled entries are in it now")

    @property
    def spooled(self) -> int:
        """How many batches wait for the ledger."""
        return len(self._spool.waiting()) if self._spool else 0

    @property
    def spooling(self) -> str:
        """Why decisions are spooled; empty while the ledger can be written."""
        return self._why if self._failed and self._spool else ""

    def close(self) -> None:
        """Closes it. Nothing is pending but what is spooled."""
        with self._turn:
            ledger, self._ledger = self._ledger, None
            if ledger:
                ledger.close()

    def _spooled(self, entries: Sequence[NewEntry], error: LedgerError) -> None:
        if self._spool is None:
            raise error
        self._tell(error)
        if entries:
            self._spool.keep(entries)

    def _tell(self, error: LedgerError) -> None:
        if not self._failed:
            say(f"policyctl: decisions are spooled until the ledger can be written: {error.message}")
        self._failed, self._why = True, error.message

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
