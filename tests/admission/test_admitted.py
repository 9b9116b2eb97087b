"""How an object came to be as it is: told from what admission and earlier scans have recorded about it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from policyctl.admission.scanning.admitted import Admission, Admissions
from policyctl.ledger import open_ledger
from policyctl.ledger.entry import NewEntry
from policyctl.ledger.interface import Ledger

MADE = "2026-11-22T10:00:00Z"


class Clock:
    """Ticks a second at a time from when the object was made."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 10, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(tmp_path: Path, clock: Clock) -> Iterator[Ledger]:
    with open_ledger(str(tmp_path / "ledger.db"), clock=clock) as opened:
        yield opened


def recorded(ledger: Ledger, kind: str = "decision", outcome: str = "allow", **context: str) -> str:
    """Appends an entry about the object, in a state; its id."""
    body = {"outcome": outcome, "context": {"uid": "u", **context}}
    (entry,) = ledger.append([NewEntry(kind, json.dumps(body).encode())])
    return entry.id


def test_an_object_as_it_was_let_in_names_its_decision(ledger: Ledger) -> None:
    decision = recorded(ledger, state="a")

    assert Admissions(ledger).of("u", "a", MADE) == Admission(decision)


def test_an_object_that_changed_since_names_the_last_that_let_it_in(ledger: Ledger) -> None:
    recorded(ledger, state="a")
    last = recorded(ledger, state="b")

    assert Admissions(ledger).of("u", "c", MADE) == Admission(since=last)


def test_nothing_is_known_of_an_object_without_decision(ledger: Ledger) -> None:
    recorded(ledger, state="a")

    assert Admissions(ledger).of("another", "a", MADE) == Admission()


def test_nothing_is_known_where_nothing_is_on_record(ledger: Ledger) -> None:
    assert Admissions(ledger).of("u", "a", MADE) == Admission()


@pytest.mark.parametrize(
    ("entry", "counts"),
    [
        ({"outcome": "deny"}, False),
        ({"outcome": "deny", "answered": "allowed: no worse than before"}, True),
        ({"outcome": "warn"}, True),
        ({"object": "before"}, False),
        ({"kind": "admission"}, False),
        ({"kind": "admission", "made_by": "its owner"}, True),
    ],
)
def test_only_a_decision_that_let_it_in_counts(ledger: Ledger, entry: dict[str, str], counts: bool) -> None:
    decision = recorded(ledger, **entry, state="a")

    assert Admissions(ledger).of("u", "a", MADE) == Admission(decision if counts else "")


def test_a_scan_lets_nothing_in(ledger: Ledger) -> None:
    recorded(ledger, state="a", scan="s")

    assert Admissions(ledger).of("u", "a", MADE) == Admission()


def test_what_an_earlier_scan_found_of_the_same_state_holds(ledger: Ledger) -> None:
    recorded(ledger, state="a", scan="s", changed_since="earlier")

    assert Admissions(ledger).of("u", "a", MADE) == Admission(since="earlier")


def test_a_decision_after_a_scan_counts(ledger: Ledger) -> None:
    recorded(ledger, state="a", scan="s")
    decision = recorded(ledger, state="a")

    assert Admissions(ledger).of("u", "a", MADE) == Admission(decision)


def test_what_is_recorded_while_a_scan_goes_on_is_seen(ledger: Ledger) -> None:
    admissions = Admissions(ledger)
    admissions.of("u", "a", MADE)
    decision = recorded(ledger, state="a")

    assert admissions.of("u", "a", MADE) == Admission(decision)


def test_it_is_found_far_back_and_among_many(ledger: Ledger) -> None:
    decision = recorded(ledger, state="a")
    for number in range(1300):
        recorded(ledger, uid=f"other-{number}", state="x")

    assert Admissions(ledger).of("u", "a", MADE) == Admission(decision)


def test_nothing_older_than_the_object_is_read(ledger: Ledger, clock: Clock, monkeypatch: Any) -> None:
    for number in range(1300):
        recorded(ledger, uid=f"other-{number}", state="x")
    clock.now += timedelta(hours=1)
    recorded(ledger, uid="later", state="x")
    made = (clock.now - timedelta(minutes=1)).isoformat()
    read: list[str] = []
    whole = ledger.body

    def counted(name: str) -> bytes:
        read.append(name)
        return whole(name)

    monkeypatch.setattr(ledger, "body", counted)

    assert Admissions(ledger).of("u", "a", made) == Admission()
    assert len(read) <= 501


@pytest.mark.parametrize("made", ["", "yesterday", "2026-11-22T10:00:00"])
def test_all_is_read_about_an_object_that_does_not_say_when_it_was_made(ledger: Ledger, made: str) -> None:
    decision = recorded(ledger, state="a")
    ledger.append([NewEntry("other", b"{}")] * 600)

    assert Admissions(ledger).of("u", "a", made) == Admission(decision)
