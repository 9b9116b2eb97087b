"""Trouble is told once when it begins and once when it is over, whoever sees it how often."""

from __future__ import annotations

import threading

import pytest

from policyctl.admission.cluster.api import ApiError
from policyctl.admission.troubles import Troubles


class Trial:
    """Troubles by a clock that stands still, and what was told."""

    def __init__(self) -> None:
        self.now = 0.0
        self.told: list[tuple[str, bool]] = []
        self.notes: list[str] = []
        self.refused = False
        self.troubles = Troubles(self.tell, lambda: self.now)

    def tell(self, reason: str, note: str, warning: bool) -> None:
        if self.refused:
            raise ApiError("forbidden", 403)
        self.told.append((reason, warning))
        self.notes.append(note)

    def go_on(self, seconds: int, *, failing: bool) -> None:
        for _ in range(seconds):
            self.now += 1
            if failing:
                self.troubles.saw("ledger", "the disk is full")
            self.troubles.look()


@pytest.fixture
def trial() -> Trial:
    return Trial()


def test_it_is_told_once_when_it_begins_and_once_when_it_is_over(trial: Trial) -> None:
    trial.go_on(60, failing=True)
    assert trial.told == [("RecordFailed", True)]
    trial.go_on(60, failing=False)

    assert trial.told == [("RecordFailed", True), ("RecordWritten", False)]
    assert trial.notes == ["the disk is full", "59 s of it: the disk is full"]


def test_what_comes_and_goes_is_one_trouble(trial: Trial) -> None:
    for _ in range(20):
        trial.go_on(5, failing=True)
        trial.go_on(5, failing=False)

    assert trial.told == [("RecordFailed", True)]


def test_each_part_is_told_of_itself(trial: Trial) -> None:
    for part in ("engine", "spool", "engine"):
        trial.troubles.saw(part, "why")
    trial.go_on(1, failing=True)

    assert sorted(trial.told) == [("DecisionsSpooled", True), ("EngineFailed", True), ("RecordFailed", True)]


def test_what_lasts_is_told_again_before_events_are_gone(trial: Trial) -> None:
    trial.go_on(3600, failing=True)

    assert trial.told == [("RecordFailed", True)] * 2


def test_an_api_server_that_takes_none_is_asked_again_later(trial: Trial, capsys: pytest.CaptureFixture[str]) -> None:
    trial.refused = True
    trial.go_on(25, failing=True)
    trial.refused = False
    trial.go_on(10, failing=True)

    assert trial.told == [("RecordFailed", True)]
    assert capsys.readouterr().err == "policyctl: the API server takes no Event: forbidden\n"


def test_what_is_over_before_it_could_be_told_is_told_all_the_same(trial: Trial) -> None:
    trial.refused = True
    trial.go_on(1, failing=True)
    trial.refused = False
    trial.go_on(60, failing=False)

    assert trial.told == [("RecordFailed", True), ("RecordWritten", False)]


def test_to_note_it_waits_for_nobody() -> None:
    """While the API server does not answer."""
    asked, over = threading.Event(), threading.Event()

    def hang(*_: object) -> None:
        asked.set()
        over.wait(60)

    troubles = Troubles(hang)
    troubles.saw("engine", "first")
    teller = threading.Thread(target=troubles.look)
    teller.start()
    assert asked.wait(10)
    noting = threading.Thread(target=troubles.saw, args=("engine", "second"))
    noting.start()
    noting.join(10)
    waited = noting.is_alive()
    over.set()
    teller.join(10)

    assert not waited


def test_no_note_tells_a_secret_or_is_too_long(trial: Trial) -> None:
    trial.troubles.saw("engine", "postgresql://policyctl:hunter2secret@db/ledger " + "x" * 5000 + "\x1b[31m")
    trial.troubles.look()

    assert "hunter2secret" not in trial.notes[0]
    assert len(trial.notes[0]) <= 1024
    assert trial.notes[0].isprintable()
