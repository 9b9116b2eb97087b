"""Several batches at a time: each request gets its own answer and one entry, also while OPA is started again under them."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from policyctl.admission.judging import Judging
from policyctl.admission.review import Answer, Request
from policyctl.admission.turns import Turns
from policyctl.ledger import open_ledger
from policyctl.opening import Opened
from tests.admission.conftest import judging_of
from tests.admission.requests import config_map, request, vllm

BATCHES, EACH = 8, 5


def test_batches_that_are_judged_at_a_time_get_their_own_answers_and_entries(judging: Judging, ledger: Path) -> None:
    _judged_at_a_time(judging)

    _require_each_once(ledger)


def test_an_engine_that_ends_under_several_batches_costs_none_its_answer(opened: Opened, ledger: Path) -> None:
    judging = judging_of(opened, ledger)
    run = judging._standing.run
    ending = threading.Timer(0.05, lambda: run.engine.close())
    ending.start()
    try:
        _judged_at_a_time(judging)
    finally:
        ending.join()
        judging.revive()
        judging.close()
        opened.engine = run.engine

    _require_each_once(ledger)


def test_who_is_alone_waits_for_those_inside_and_keeps_others_out() -> None:
    turns = Turns()
    told: list[str] = []
    inside, outside = threading.Event(), threading.Event()

    def alone() -> None:
        inside.wait()
        with turns.alone():
            told.append("alone")

    def later() -> None:
        outside.wait()
        with turns.together():
            told.append("later")

    threads = [threading.Thread(target=alone), threading.Thread(target=later)]
    for thread in threads:
        thread.start()
    with turns.together():
        inside.set()
        while not turns._alone:
            pass
        outside.set()
        told.append("first")
    for thread in threads:
        thread.join(10)

    assert told == ["first", "alone", "later"]


def _judged_at_a_time(judging: Judging) -> None:
    """Judges some batches at once: every second object is denied."""

    def judged(batch: int) -> list[bool]:
        made = [request(vllm() if n % 2 else config_map(), uid=f"u-{batch}-{n}") for n in range(EACH)]
        given = judging.given([Request.model_validate(one) for one in made])
        assert all(isinstance(answer, Answer) for answer in given), given
        return [answer.allowed for answer in given if isinstance(answer, Answer)]

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(judged, range(BATCHES)))

    assert answers == [[n % 2 == 0 for n in range(EACH)]] * BATCHES


def _require_each_once(ledger: Path) -> None:
    with open_ledger(str(ledger), readonly=True) as opened:
        uids = [json.loads(opened.body(entry.id))["context"]["admission"] for entry in opened.entries()]

    assert sorted(uids) == sorted(f"u-{batch}-{n}" for batch in range(BATCHES) for n in range(EACH))
