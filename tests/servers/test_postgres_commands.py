"""The commands on a ledger in PostgreSQL: they say and do what they do on a file, and never print a password."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from policyctl.ledger import NewEntry, initialise_ledger, open_ledger, verify_proof
from policyctl.ledger.postgres.server import MOST_CONNECTIONS
from policyctl.model.errors import LedgerError
from tests.conftest import EXAMPLES, Run
from tests.postgres import PASSWORD, Database

pytestmark = pytest.mark.servers
CARD = str(EXAMPLES / "model_cards" / "whisper.md")


def test_a_decision_is_recorded_listed_shown_verified_proven_exported_and_replayed(
    run: Run, database: Database, tmp_path: Path
):
    checkpoint, key, proof = (str(tmp_path / name) for name in ("checkpoint.json", "key.pem", "proof.json"))
    where = ("--ledger", database.url)

    checked = run("check", CARD, *where)
    as_json = run("check", CARD, "--output", "json", *where)
    listed = json.loads(run("ledger", "list", "--output", "json", *where).out)["entries"]
    shown = run("ledger", "show", "1", *where)
    signed = run("ledger", "checkpoint", checkpoint, "--key", key, "--generate-key", *where)
    verified = run("ledger", "verify", "--checkpoint", checkpoint, "--key", key + ".pub", *where)
    proven = run("ledger", "prove", "2", "--checkpoint", checkpoint, *where)
    exported = run("ledger", "export", "--blobs", *where)
    replayed = run("ledger", "replay", "1", *where)

    assert f"recorded in postgresql://{database.name}:***@127.0.0.1" in " ".join(checked.out.split())
    assert "***" in json.loads(as_json.out)["summary"]["ledger"]
    assert [entry["seq"] for entry in listed] == [2, 1]
    assert json.loads(shown.out)["body"]["subject"]["id"] == listed[1]["subject"]["id"]
    assert (signed.code, verified.code, replayed.code, exported.code) == (0, 0, 0, 0)
    assert "the first 2 entries are as signed" in verified.out
    assert replayed.out.startswith("SAME")
    Path(proof).write_text(proven.out)
    outsider = [sys.executable, "-I", verify_proof.__file__, proof, checkpoint, key + ".pub"]
    assert subprocess.run(outsider, check=False, capture_output=True).returncode == 0
    everything = (checked, as_json, shown, signed, verified, proven, exported, replayed)
    assert not any(PASSWORD in each.out + each.err for each in everything)


def test_a_ledger_is_made_and_moved_by_commands(run: Run, empty_database: Database, tmp_path: Path):
    file, url = str(tmp_path / "ledger.db"), empty_database.url
    role = empty_database.role("ci").partition("//")[2].partition(":")[0]
    run("check", CARD, "--ledger", file)
    before = run("ledger", "export", "--blobs", "--ledger", file).out

    refused = run("check", CARD, "--ledger", url)
    made = run("ledger", "init", "--ledger", url, "--writer", role)
    moved = run("ledger", "move", file, url)
    again = run("ledger", "move", file, url)

    assert (refused.code, "ledger init" in refused.err) == (4, True)
    assert (made.code, moved.code, again.code) == (0, 0, 4)
    assert "1 entries in 1 stream and 2 blobs, as they were; verified" in moved.out
    assert "is not empty" in again.err
    assert run("ledger", "export", "--blobs", "--ledger", url).out == before
    recorded = run("check", CARD, "--ledger", empty_database.server.url(empty_database.name, role))
    assert "recorded in" in recorded.out
    assert not any(PASSWORD in each.out + each.err for each in (refused, made, moved, again, recorded))


def test_what_is_wrong_with_a_server_is_said_and_ends_in_exit_code_4(run: Run, database: Database):
    server, name = database.server, database.name
    for url, words in (
        (server.url(name, name, "hidden"), "refused the password"),
        (f"postgresql://{name}@127.0.0.1:{server.port}/{name}?passfile=/dev/null", "asks for a password"),
        (server.url("nowhere", name), "does not know this database or role"),
        (server.url(name, name, "hidden", port=1), "cannot be reached"),
        (server.url("postgres"), "holds no ledger"),
    ):
        told = run("ledger", "verify", "--ledger", url)

        assert (told.code, words in told.err, "fix: " in told.err) == (4, True, True), told.err
        assert not {"hidden", PASSWORD} & set(told.err.replace("'", " ").split())
        assert "hidden" not in told.out + told.err
        assert PASSWORD not in told.out + told.err


def test_a_decision_that_cannot_be_recorded_is_not_reported(run: Run, database: Database):
    reader = database.role("reader")
    initialise_ledger(database.url, {"reader": [f"{database.name}_reader"]})

    told = run("check", CARD, "--ledger", reader)

    assert (told.code, told.out) == (4, "")
    assert "this role may not do that" in told.err


def test_a_locked_table_is_an_error_after_a_while(database: Database):
    with open_ledger(database.url, timeout=0.5) as ledger, psycopg.connect(database.url) as other:
        other.execute("LOCK TABLE policyctl.entries IN EXCLUSIVE MODE")
        with pytest.raises(LedgerError, match="another transaction holds what this one needs") as error:
            ledger.append([NewEntry("decision", b"{}")])
        other.rollback()

        assert error.value.exit_code == 4
        assert ledger.append([NewEntry("decision", b"{}")])[0].seq == 1


def test_a_writer_waits_for_an_erasure_and_the_erasure_for_writers(database: Database):
    """An erasure is alone in the ledger: nobody may meanwhile record an entry that names what goes."""
    with open_ledger(database.url) as ledger, psycopg.connect(database.url) as writer:
        ledger.append([NewEntry("decision", b"{}")])
        writer.execute("SELECT pg_advisory_xact_lock_shared(%s::int, -1)", [0x706F6C63])
        threading.Timer(0.7, writer.rollback).start()
        begun = time.monotonic()
        ledger.erase(["1"], reason="right", actor="dpo")

        assert time.monotonic() - begun > 0.5


def test_a_session_that_the_server_ended_is_not_noticed_by_the_next_append(database: Database):
    with open_ledger(database.url) as ledger:
        ledger.append([NewEntry("decision", b"{}")])
        with database.superuser() as superuser:
            superuser.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'policyctl' "
                "AND datname = current_database()"
            )
        assert ledger.append([NewEntry("decision", b"{}")])[0].seq == 2
        assert [entry.seq for entry in ledger.entries()] == [1, 2]


def test_more_writers_than_streams_wait_for_each_other(database: Database, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("policyctl.ledger.postgres.streams.MOST", 1)
    with open_ledger(database.url) as ledger:
        writers = [
            threading.Thread(target=lambda: [ledger.append([NewEntry("decision", b"{}")]) for _ in range(10)])
            for _ in range(6)
        ]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()

        assert len(list(ledger.entries("decision"))) == 60
        assert set(ledger.streams()) <= {0, 1}


def test_more_threads_than_connections_is_an_error_after_a_while(database: Database):
    with open_ledger(database.url, timeout=0.5) as ledger, ExitStack() as held:
        for _ in range(MOST_CONNECTIONS):
            held.enter_context(ledger._server.reading())
        with pytest.raises(LedgerError, match="all connections of this program are in use"):
            ledger.head()
