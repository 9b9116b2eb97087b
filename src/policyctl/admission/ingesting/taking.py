"""Takes events into the ledger: each once, however often it is sent, and acknowledged only once it is on record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from policyctl import recording
from policyctl.admission.ingesting.events import entry_of
from policyctl.admission.ingesting.objections import Ours
from policyctl.ledger import open_ledger
from policyctl.ledger.entry import NewEntry
from policyctl.ledger.interface import Ledger, has_entry
from policyctl.model.errors import InputError, LedgerError

LEDGER = 10.0
"""Seconds that other writers of the ledger are waited for."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of events: entries made of them, those that were on record already, and why others were refused."""

    recorded: int = 0
    duplicates: int = 0
    refused: tuple[str, ...] = ()

    def __add__(self, other: Taken) -> Taken:
        return Taken(
            self.recorded + other.recorded, self.duplicates + other.duplicates, (*self.refused, *other.refused)
        )


class Taking:
    """Appends to the ledger at an address, opened when it is first needed and anew after a failure. Safe for use by several threads."""

    def __init__(self, address: str, ours: Ours, timeout: float = LEDGER) -> None:
        """`timeout`: seconds to wait for other writers."""
        self._address, self._ours, self._timeout = address, ours, timeout
        self._ledger: Ledger | None = None
        self._turn = Lock()

    def take(self, events: Iterable[Any]) -> Taken:
        """Records the events in one transaction; an InputError in the place of one is why it is refused.

        Raises LedgerError; then none of them was recorded, and they can be sent again."""
        made: dict[str, NewEntry] = {}
        refused: list[str] = []
        count = 0
        for event in events:
            try:
                entry = entry_of(event, self._ours)
            except InputError as error:
                refused.append(error.message)
            else:
                count += 1
                made.setdefault(entry.id, entry)
        with self._turn:
            try:
                ledger = self._opened()
                new = [entry for id, entry in made.items() if not has_entry(ledger, id)]
                if new:
                    ledger.append(new)
            except LedgerError:
                self._close()
                raise
        return Taken(len(new), count - len(new), tuple(refused))

    def probe(self) -> None:
        """Raises LedgerError unless events can be recorded."""
        with self._turn:
            try:
                self._opened().probe()
            except LedgerError:
                self._close()
                raise

    def close(self) -> None:
        """Closes the ledger. Nothing is pending."""
        with self._turn:
            self._close()

    def _opened(self) -> Ledger:
        if self._ledger is None:
            recording.make_folder(self._address)
            self._ledger = open_ledger(self._address, timeout=self._timeout)
        return self._ledger

    def _close(self) -> None:
        ledger, self._ledger = self._ledger, None
        if ledger:
            ledger.close()
