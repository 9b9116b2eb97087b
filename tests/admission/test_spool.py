"""Decisions that the ledger cannot take are kept, answered, and in the ledger once it is back, under the ids that were told."""

from __future__ import annotations

import dataclasses
import resource
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from policyctl.admission.judging import Judging
from policyctl.admission.review import Answer, Request
from policyctl.admission.spool import Spool
from policyctl.ledger import open_ledger
from policyctl.ledger.verify import verify
from policyctl.model.errors import LedgerError, UsageError
from policyctl.opening import Opened
from policyctl.pipeline import Standing
from tests.admission.conftest import TODAY
from tests.admission.requests import config_map, replica_set, request, vllm


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[Spool]:
    """An empty one."""
    made = Spool(tmp_path / "spool")
    yield made
    made.close()


@pytest.fixture
def judging(opened: Opened, ledger: Path, spool: Spool) -> Iterator[Judging]:
    """Judges, and spools what the ledger cannot take."""
    made = spooling(opened, ledger, spool)
    yield made
    made.close()


def spooling(opened: Opened, ledger: Path, spool: Spool) -> Judging:
    run = dataclasses.replace(opened, settings=dataclasses.replace(opened.settings, ledger=str(ledger)))
    return Judging(Standing.of(run, None, TODAY), lambda: TODAY, timeout=1, spool=spool)


def asked(judging: Judging, uid: str) -> str:
    """The id under which the decision about one request is told to be on record."""
    value = vllm() if uid.endswith("0") else config_map()
    (given,) = judging.given([Request.model_validate(request(value, uid=uid))])
    assert isinstance(given, Answer), given
    return given.audit["decision-id"]


def recorded(ledger: Path) -> list[str]:
    with open_ledger(str(ledger), readonly=True) as opened:
        assert verify(opened).ok
        return [entry.id for entry in opened.entries("decision")]


class Locked:
    """A ledger that somebody else writes."""

    def __init__(self, ledger: Path) -> None:
        self._connection = sqlite3.connect(ledger, isolation_level=None)
        self._connection.execute("BEGIN IMMEDIATE")

    def release(self) -> None:
        self._connection.execute("ROLLBACK")
        self._connection.close()


def test_while_the_ledger_is_locked_decisions_are_spooled_and_then_handed_over(judging: Judging, ledger: Path) -> None:
    before = asked(judging, "u-1")
    locked = Locked(ledger)
    meanwhile = [asked(judging, f"u-{n}") for n in range(10, 13)]
    assert judging.spooled == 3
    judging.probe()  # finds it locked still
    assert judging.spooled == 3
    locked.release()
    judging.probe()
    after = asked(judging, "u-20")

    assert judging.spooled == 0
    assert recorded(ledger) == [before, *meanwhile, after]


def test_nobody_waits_again_for_a_ledger_that_is_known_to_be_gone(
    judging: Judging, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(judging, "u-1")
    locked = Locked(ledger)
    asked(judging, "u-2")
    tried = []
    monkeypatch.setattr(judging._keeping, "_with", lambda work: tried.append(work))
    probing = threading.Thread(target=judging.probe)
    probing.start()
    asked(judging, "u-3")
    probing.join()
    locked.release()

    assert tried == []


def test_what_a_killed_server_left_the_next_one_hands_over(opened: Opened, ledger: Path, tmp_path: Path) -> None:
    first = Spool(tmp_path / "left")
    killed = spooling(opened, ledger, first)
    before = asked(killed, "u-1")
    locked = Locked(ledger)
    left = asked(killed, "u-2")
    killed.close()
    first.close()
    locked.release()
    second = Spool(tmp_path / "left")
    following = spooling(opened, ledger, second)
    following.probe()
    following.close()
    second.close()

    assert recorded(ledger) == [before, left]


def test_what_is_spooled_is_on_record(opened: Opened, ledger: Path, tmp_path: Path) -> None:
    def let_in(judging: Judging, uid: str) -> bool:
        mark = judging._entries._marking.of(replica_set(uid), "")
        assert mark
        return judging._keeping.holds(mark.sha256)

    first = Spool(tmp_path / "left")
    judging = spooling(opened, ledger, first)
    asked(judging, "u-1")
    locked = Locked(ledger)
    (given,) = judging.given([Request.model_validate(request(replica_set("spooled")))])
    assert isinstance(given, Answer)
    assert given.allowed
    assert let_in(judging, "spooled")
    with pytest.raises(LedgerError):  # the ledger might know it, and cannot be asked
        let_in(judging, "another")
    judging.close()
    first.close()
    locked.release()
    second = Spool(tmp_path / "left")
    following = spooling(opened, ledger, second)
    waiting = let_in(following, "spooled")
    following.probe()

    assert following.spooled == 0
    assert (waiting, let_in(following, "spooled"), let_in(following, "another")) == (True, True, False)
    assert recorded(ledger)
    following.close()
    second.close()


def test_an_entry_that_the_ledger_has_already_is_not_appended_twice(
    judging: Judging, ledger: Path, spool: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A ledger that took it, and could not say so."""
    asked(judging, "u-1")
    ledger_itself = judging._keeping._ledger
    assert ledger_itself
    append = ledger_itself.append

    def append_and_break(entries: list[object]) -> list[object]:
        append(entries)
        raise LedgerError("the connection broke")

    monkeypatch.setattr(ledger_itself, "append", append_and_break)
    told = asked(judging, "u-2")
    assert judging.spooled == 1
    judging.probe()

    assert judging.spooled == 0
    assert recorded(ledger).count(told) == 1


def test_where_neither_can_be_written_there_is_no_answer(judging: Judging, ledger: Path, spool: Spool) -> None:
    asked(judging, "u-1")
    locked = Locked(ledger)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        (given,) = judging.given([Request.model_validate(request(config_map(), uid="u-2"))])
        with pytest.raises(LedgerError, match="neither the ledger nor the spool"):
            judging.probe()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        locked.release()

    assert isinstance(given, LedgerError)
    assert "neither the ledger nor the spool" in given.message
    assert spool.waiting() == []


def test_a_spoilt_batch_is_left_for_people_and_keeps_nothing_else_from_the_ledger(
    judging: Judging, ledger: Path, spool: Spool, capfd: pytest.CaptureFixture[str]
) -> None:
    before = asked(judging, "u-1")
    locked = Locked(ledger)
    asked(judging, "u-2")
    (spoilt,) = spool.waiting()
    kept = asked(judging, "u-3")
    spoilt.write_bytes(b"\0" * 10)
    locked.release()
    judging.probe()

    assert recorded(ledger) == [before, kept]
    assert spoilt.with_suffix(".spoilt").exists()
    assert f"left as {spoilt.with_suffix('.spoilt')}" in capfd.readouterr().err


def test_its_files_are_for_nobody_else(judging: Judging, ledger: Path, spool: Spool, tmp_path: Path) -> None:
    asked(judging, "u-1")
    locked = Locked(ledger)
    asked(judging, "u-2")
    locked.release()
    modes = {path.stat().st_mode & 0o077 for path in (tmp_path / "spool").rglob("*")}

    assert modes == {0}


def test_a_folder_serves_one_server(spool: Spool, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="another server writes it"):
        Spool(tmp_path / "spool")


def test_a_folder_that_cannot_be_made_is_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="--spool"):
        Spool(tmp_path / "file" / "below")
