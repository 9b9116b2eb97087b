"""Two servers that are sent the same events at the same time: each event is on record once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from policyctl.admission.ingesting.taking import Taking
from policyctl.ledger import open_ledger
from policyctl.ledger.entry import OPENING
from policyctl.ledger.verify import verify
from policyctl.model.errors import LedgerError
from tests.admission.ingesting.events import OURS, event
from tests.postgres import Database


def taken_by_both(address: str) -> None:
    """Sends the same batches to both, again where one fails, and looks at what came of it."""
    both = [Taking(address, OURS), Taking(address, OURS)]
    batches = [[event(f"{batch}-{number}") for number in range(10)] for batch in range(20)]

    def take(taking: Taking) -> int:
        return sum(until_taken(taking, batch) for batch in batches)

    both[0].probe()
    with ThreadPoolExecutor(2) as pool:
        recorded = list(pool.map(take, both))
    for taking in both:
        taking.close()
    with open_ledger(address, readonly=True) as ledger:
        assert len([entry for entry in ledger.entries() if entry.kind != OPENING]) == 200
        assert verify(ledger).ok
    assert sum(recorded) == 200


def until_taken(taking: Taking, batch: list[dict[str, object]]) -> int:
    for _ in range(50):
        try:
            return taking.take(batch).recorded
        except LedgerError:
            continue
    raise AssertionError("not taken in fifty attempts")


def test_in_a_file(tmp_path: Path) -> None:
    taken_by_both(str(tmp_path / "ledger.db"))


@pytest.mark.servers
def test_in_postgresql(database: Database) -> None:
    taken_by_both(database.url)
