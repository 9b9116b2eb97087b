"""A server whose OPA dies or hangs and whose ledger cannot be written: an answer or an error in time, never an allow, and it recovers
by itself.
"""

from __future__ import annotations

import re
import shutil
import signal
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from tests.admission.harm import (
    answers_again,
    asking,
    decisions,
    denied,
    locked,
    on_record,
    opa_of,
    signalled,
    unready,
    until,
    without_room,
)
from tests.admission.serving import Answered, Serving, answer_of


@pytest.fixture
def serving(tmp_path: Path, opa_path: str) -> Iterator[Serving]:
    """A server of the baseline, with an OPA that the test may take away."""
    own = tmp_path / "opa"
    shutil.copy(opa_path, own)
    started = Serving(tmp_path, environment={"POLICYCTL_OPA": str(own)})
    try:
        yield started.start()
    finally:
        started.close()
    assert "Traceback" not in started.log()


def _longer(answers: Sequence[Answered], than: int) -> bool:
    return len(answers) > than


def test_requests_while_opa_is_killed_are_answered_or_refused(serving: Serving) -> None:
    with asking(serving) as answers:
        for _ in range(3):
            until(partial(_longer, answers, len(answers) + 4), "no answers")
            signalled(opa_of(serving), signal.SIGKILL)
        answers_again(serving)

    assert decisions(answers) <= on_record(serving.ledger)
    assert answers[-1].status == 200


def test_a_killed_opa_that_nobody_asks_is_started_again(serving: Serving) -> None:
    killed = opa_of(serving)
    signalled(killed, signal.SIGKILL)

    until(lambda: "ready again" in serving.log(), "nobody looks after OPA")
    assert re.search("not ready: OPA .* was ended by signal 9", serving.log())
    assert opa_of(serving) != killed
    assert serving.ready()


def test_an_opa_that_hangs_is_an_error_in_time_and_gets_another_in_its_place(serving: Serving) -> None:
    hung = opa_of(serving)
    signalled(hung, signal.SIGSTOP)
    began = time.monotonic()
    answered = serving.post(denied(), query="?timeout=2s")

    assert answered.status == 504
    assert time.monotonic() - began < 8
    answers_again(serving)
    assert opa_of(serving) != hung


def test_many_that_wait_for_an_opa_that_hangs_are_all_answered_in_time(serving: Serving) -> None:
    signalled(opa_of(serving), signal.SIGSTOP)
    with ThreadPoolExecutor(64) as threads:
        began = time.monotonic()
        answers = list(threads.map(lambda n: serving.post(denied(f"n-{n}"), query="?timeout=5s"), range(64)))
        took = time.monotonic() - began

    assert took < 20
    assert decisions(answers) <= on_record(serving.ledger)
    answers_again(serving)


def test_without_any_opa_to_start_the_server_says_so_until_there_is_one(serving: Serving) -> None:
    opa, away = serving.folder / "opa", serving.folder / "away"
    running = opa_of(serving)
    opa.rename(away)
    signalled(running, signal.SIGKILL)

    assert "opa" in unready(serving).lower()
    assert serving.post(denied(), query="?timeout=10s").status == 503
    away.rename(opa)
    assert answers_again(serving) in on_record(serving.ledger)


def test_a_ledger_that_somebody_else_has_locked_is_an_error_and_no_allow(serving: Serving) -> None:
    before = decisions([serving.post(denied())])
    with locked(serving.ledger):
        answered = serving.post(denied(), query="?timeout=10s")
        assert answered.status == 503
        assert b"another process is writing" in answered.body
        assert "another process is writing" in unready(serving)

    assert before | {answers_again(serving)} <= on_record(serving.ledger)


def test_requests_while_the_ledger_is_locked_for_a_while_lose_nothing(serving: Serving) -> None:
    with asking(serving) as answers:
        for _ in range(2):
            with locked(serving.ledger):
                time.sleep(5)
            answers_again(serving)

    assert {answer.status for answer in answers} == {200, 503}
    assert decisions(answers) <= on_record(serving.ledger)


def test_a_disk_without_room_is_an_error_and_no_allow(serving: Serving) -> None:
    before = decisions([serving.post(denied())])
    with without_room(serving):
        answered = serving.post(denied(), query="?timeout=10s")
        assert answered.status == 503
        assert b"ledger" in answered.body

    assert before | {answers_again(serving)} <= on_record(serving.ledger)


def test_a_disk_without_room_is_told_before_anybody_asks(serving: Serving) -> None:
    with without_room(serving):
        assert "ledger" in unready(serving)

    until(serving.ready, serving.log())


def test_an_opa_that_dies_while_the_disk_is_full_is_started_once_there_is_room(serving: Serving) -> None:
    with without_room(serving):
        signalled(opa_of(serving), signal.SIGKILL)
        assert serving.post(denied(), query="?timeout=10s").status == 503
        unready(serving)

    assert answers_again(serving) in on_record(serving.ledger)


def test_what_is_in_flight_when_the_server_is_told_to_end_gets_its_answer(serving: Serving) -> None:
    connections = [serving.connected() for _ in range(30)]
    signalled(serving.pid, signal.SIGSTOP)
    for number, connection in enumerate(connections):
        connection.request("POST", "/v1/admit", denied(f"n-{number}"), {"Content-Type": "application/json"})
    signalled(serving.pid, signal.SIGTERM)
    signalled(serving.pid, signal.SIGCONT)
    answers = [answer_of(connection) for connection in connections]

    assert serving.end() == 0
    assert [answer.status for answer in answers] == [200] * 30
    assert len(decisions(answers)) == 30
    assert decisions(answers) <= on_record(serving.ledger)
