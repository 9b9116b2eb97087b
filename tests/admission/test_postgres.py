"""Two replicas record into one PostgreSQL, which goes and comes back."""

from __future__ import annotations

import dataclasses

import pytest

from policyctl.admission.judging import Judging
from policyctl.admission.review import Answer, Request
from policyctl.ledger import open_ledger
from policyctl.ledger.verify import verify
from policyctl.model.errors import LedgerError
from policyctl.opening import Opened
from policyctl.pipeline import Standing
from tests.admission.conftest import TODAY
from tests.admission.requests import config_map, request, vllm
from tests.postgres import Database, Postgres

pytestmark = pytest.mark.servers


def replica(opened: Opened, database: Database) -> Judging:
    run = dataclasses.replace(opened, settings=dataclasses.replace(opened.settings, ledger=database.url))
    return Judging(Standing.of(run, None, TODAY), lambda: TODAY, timeout=2)


def asked(judging: Judging, uid: str) -> Answer | Exception:
    (given,) = judging.given([Request.model_validate(request(vllm() if uid[-1] in "02468" else config_map(), uid=uid))])
    return given


def test_what_two_replicas_record_verifies_as_a_whole(opened: Opened, database: Database) -> None:
    first, second = replica(opened, database), replica(opened, database)
    answers = [asked(judging, f"{name}-{n}") for n in range(10) for name, judging in (("a", first), ("b", second))]
    first.close()
    second.close()
    with open_ledger(database.url, readonly=True) as ledger:
        ids = {entry.id for entry in ledger.entries("decision")}
        report = verify(ledger)

    assert {answer.audit["decision-id"] for answer in answers if isinstance(answer, Answer)} == ids
    assert len(ids) == 20
    assert report.ok


def test_while_the_database_is_gone_nothing_is_answered_and_then_it_goes_on(
    opened: Opened, database: Database, postgres: Postgres
) -> None:
    judging = replica(opened, database)
    before = asked(judging, "u-1")
    postgres.stop()
    meanwhile = asked(judging, "u-2")
    postgres.start()
    after = asked(judging, "u-3")
    judging.close()
    with open_ledger(database.url, readonly=True) as ledger:
        ids = [entry.id for entry in ledger.entries("decision")]

    assert isinstance(meanwhile, LedgerError)
    assert isinstance(before, Answer)
    assert isinstance(after, Answer)
    assert ids == [before.audit["decision-id"], after.audit["decision-id"]]
