"""What a superuser changes, past grants and triggers, is found by verification and named."""

from __future__ import annotations

import hashlib
import threading
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from policyctl.ledger import NewEntry, open_ledger
from policyctl.ledger.checkpoint import Checkpoint, make_checkpoint
from policyctl.ledger.keys import generate_key, load_private_key
from policyctl.ledger.proof import prove
from policyctl.ledger.verify import verify
from policyctl.ledger.verify_proof import verified
from policyctl.model.errors import LedgerError
from tests.postgres import Database, Postgres

pytestmark = pytest.mark.servers
SIZE = 30
AS_A_WHOLE = ("checkpoint", 0, 1, SIZE + 2)


def entry(number: int) -> NewEntry:
    document = b"document %d " % number * 20
    digest = hashlib.sha256(document).hexdigest()
    return NewEntry("decision", b'{"blobs":{"d":"%s"},"n":%d}' % (digest.encode(), number), {digest: document})


def in_three_streams(database: Database) -> None:
    """Thirty entries in stream 0, and ten in each of two further ones, opened because others are taken."""
    with open_ledger(database.url) as ledger:
        ledger.append([entry(number) for number in range(SIZE)])
    for streams in ((0,), (0, 1)):
        ten = [entry(100 * len(streams) + number) for number in range(10)]
        taken(database, streams, ten)


def taken(database: Database, streams: tuple[int, ...], new: list[NewEntry]) -> None:
    """Appends while others append to these streams. Stream 0 is free again when it is waited for."""
    with ExitStack() as held, open_ledger(database.url) as ledger:
        sessions = [held.enter_context(psycopg.connect(database.url)) for _ in streams]
        for session, stream in zip(sessions, streams, strict=True):
            session.execute("SELECT pg_advisory_xact_lock(%s::int, %s::int)", [0x706F6C63, stream])
        release = threading.Timer(0.3, sessions[0].rollback)
        release.start()
        ledger.append(new)
        release.join()


class Signed:
    """A ledger of three streams and the checkpoint that was kept elsewhere."""

    def __init__(self, database: Database, folder: Path) -> None:
        generate_key(folder / "key.pem", folder / "public.pem")
        self.database = database
        self.key = (folder / "public.pem").read_bytes()
        with open_ledger(database.url) as ledger:
            self.checkpoint: Checkpoint = make_checkpoint(ledger, load_private_key(folder / "key.pem"))

    def problems(self, *, anchored: bool = False) -> set[tuple[str, int | None, int | None, int | None]]:
        kept = (self.checkpoint, self.key) if anchored else (None, None)
        with open_ledger(self.database.url, readonly=True) as ledger:
            report = verify(ledger, *kept)
        assert report.exit_code == (4 if report.problems else 0)
        return {(each.kind, each.stream, each.first, each.last) for each in report.problems}


@pytest.fixture
def signed(database: Database, tmp_path: Path) -> Signed:
    in_three_streams(database)
    return Signed(database, tmp_path)


def test_streams_are_opened_by_entries_of_stream_0_and_an_untouched_ledger_verifies(signed: Signed):
    with open_ledger(signed.database.url, readonly=True) as ledger:
        report = verify(ledger, signed.checkpoint, signed.key)
        openings = [(each.stream, each.seq, ledger.body(each.id)) for each in ledger.entries("stream")]

    assert report.ok
    assert [(each.stream, each.size) for each in report.streams] == [(0, SIZE + 2), (1, 10), (2, 10)]
    assert openings == [(0, SIZE + 1, b'{"stream":1}'), (0, SIZE + 2, b'{"stream":2}')]
    assert report.summary.startswith(f"internally consistent; all {SIZE + 22} entries of 3 streams are as signed")


def test_an_entry_of_each_stream_is_found_read_and_proven(signed: Signed):
    with open_ledger(signed.database.url, readonly=True) as ledger:
        for name, stream in (("7", 0), ("1:7", 1), ("2:10", 2)):
            proof = prove(ledger, name, signed.checkpoint)
            header, body, _ = verified(proof, signed.checkpoint.document(), signed.key)

            assert (header["stream"], str(ledger.get(name).place)) == (stream, name)
            assert body == ledger.body(name)


BODIES = "UPDATE policyctl.entries SET body = 'x' WHERE stream = {} AND seq = 7"
SWAP = """UPDATE policyctl.entries SET seq = 900 WHERE stream = 1 AND seq = 4;
    UPDATE policyctl.entries SET seq = 4 WHERE stream = 1 AND seq = 5;
    UPDATE policyctl.entries SET seq = 5 WHERE stream = 1 AND seq = 900"""


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        (BODIES.format(0), {("changed", 0, 7, 7)}),
        (BODIES.format(2), {("changed", 2, 7, 7)}),
        ("UPDATE policyctl.entries SET body = NULL WHERE stream = 1 AND seq = 7", {("removed", 1, 7, 7)}),
        ("UPDATE policyctl.entries SET time = '2020' WHERE stream = 1 AND seq = 7", {("changed", 1, 7, 7)}),
        ("UPDATE policyctl.entries SET hash = prev WHERE stream = 1 AND seq = 7", {("changed", 1, 7, 7)}),
        ("DELETE FROM policyctl.entries WHERE stream = 1 AND seq IN (4, 5)", {("removed", 1, 4, 5)}),
        ("DELETE FROM policyctl.entries WHERE stream = 2", {("removed", 2, None, None)}),
        (SWAP, {("reordered", 1, 4, 4)}),
        (
            "UPDATE policyctl.entries SET stream = 3, seq = 1 WHERE stream = 1 AND seq = 10",
            {("inserted", 3, None, None), ("changed", 3, 1, 1)},
        ),
        ("DELETE FROM policyctl.blobs WHERE sha256 = '{}'", {("missing", 0, 1, 1)}),
        ("UPDATE policyctl.blobs SET content = 'x' WHERE sha256 = '{}'", {("changed", 0, 1, 1)}),
        ("INSERT INTO policyctl.blobs VALUES (repeat('a', 64), 1, 'plain', 'x')", {("changed", None, None, None)}),
    ],
)
def test_what_was_changed_is_named(signed: Signed, statement: str, found: set[object]):
    with signed.database.tampering() as superuser:
        superuser.execute(statement.replace("{}", hashlib.sha256(b"document 0 " * 20).hexdigest()))

    assert found <= signed.problems()
    assert {each[:2] for each in signed.problems()} - {("inserted", None), ("missing", 1)} == {e[:2] for e in found}


def test_a_truncated_stream_is_found_with_the_checkpoint(signed: Signed):
    digests = [hashlib.sha256(b"document %d " % number * 20).hexdigest() for number in (207, 208, 209)]
    with signed.database.tampering() as superuser:
        superuser.execute("DELETE FROM policyctl.entries WHERE stream = 2 AND seq > 7")
        superuser.execute("DELETE FROM policyctl.blobs WHERE sha256 = ANY(%s)", [digests])

    assert signed.problems() == set()
    assert signed.problems(anchored=True) == {("truncated", 2, 8, 10)}


def test_another_id_of_the_ledger_is_found_with_the_checkpoint(signed: Signed):
    with signed.database.tampering() as superuser:
        superuser.execute("UPDATE policyctl.meta SET value = 'other' WHERE name = 'origin'")

    assert ("checkpoint", None, None, None) in signed.problems(anchored=True)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DROP TRIGGER entries_stay ON policyctl.entries", "the trigger entries_stay is missing"),
        ("ALTER TABLE policyctl.entries DISABLE TRIGGER blobs_stay", None),
        ("ALTER TABLE policyctl.blobs DISABLE TRIGGER blobs_stay", "the trigger blobs_stay is switched off"),
        ("ALTER TABLE policyctl.entries DISABLE TRIGGER ALL", "the trigger entries_stay is switched off"),
        (
            "CREATE OR REPLACE FUNCTION policyctl.refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
            "the function refuse was changed",
        ),
        ("CREATE VIEW policyctl.mine AS SELECT 1", "there is a foreign view mine"),
        ("CREATE RULE hide AS ON INSERT TO policyctl.entries DO INSTEAD NOTHING", "there is a foreign rule hide"),
        ("ALTER TABLE policyctl.entries ENABLE ROW LEVEL SECURITY", "the table entries was changed"),
        ("CREATE TABLE more () INHERITS (policyctl.entries)", "the table entries was changed"),
        ("ALTER TABLE policyctl.entries SET UNLOGGED", "the table entries was changed"),
        ("ALTER TABLE policyctl.entries ALTER body TYPE text USING 'x'", "the table entries was changed"),
        ("DROP INDEX policyctl.entries_id", "the index entries_id is missing"),
        ("ALTER TABLE policyctl.entries DROP CONSTRAINT entries_pkey", "the index entries_pkey is missing"),
        ("DROP TABLE policyctl.blobs", "the table blobs is missing"),
    ],
)
def test_a_changed_schema_is_named(database: Database, statement: str, words: str | None):
    with open_ledger(database.url) as ledger:
        ledger.append([entry(1)])
    with database.superuser() as superuser:
        if words is None:
            with pytest.raises(psycopg.errors.UndefinedObject):
                superuser.execute(statement)
            return
        superuser.execute(statement)

    with open_ledger(database.url, readonly=True) as ledger:
        report = verify(ledger)
    assert words in [each.what for each in report.problems]


def test_nothing_is_chained_to_an_entry_that_was_changed(signed: Signed):
    with signed.database.tampering() as superuser:
        superuser.execute("UPDATE policyctl.entries SET time = '2020' WHERE stream = 0 AND seq = %s", [SIZE + 2])

    with open_ledger(signed.database.url) as ledger, pytest.raises(LedgerError, match=f"entry {SIZE + 2} was changed"):
        ledger.append([entry(1000)])


def test_an_erasure_reaches_every_stream_and_what_is_named_after_it_is_there_again(signed: Signed):
    with open_ledger(signed.database.url) as ledger:
        document = b"document 105 " * 20
        digest = hashlib.sha256(document).hexdigest()
        ledger.erase(["1:6", "2:3", digest], reason="right", actor="dpo")
        with pytest.raises(LedgerError, match=r"body of entry 1:6 .* was erased by entry 33"):
            ledger.body("1:6")
        with pytest.raises(LedgerError, match="opens a stream and must stay"):
            ledger.erase([str(SIZE + 1)], reason="right", actor="dpo")
        told = {str(each) for each in verify(ledger).erased}
        for streams in ((0,), (0, 1)):
            taken(signed.database, streams, [entry(105)])
        report = verify(ledger, signed.checkpoint, signed.key)

    assert told == {
        "the body of entry 1:6: erased by entry 33",
        "the body of entry 2:3: erased by entry 33",
        f"blob {digest}: erased by entry 33",
    }
    assert report.ok, report.problems
    with signed.database.tampering() as superuser:
        superuser.execute("UPDATE policyctl.entries SET body = 'x' WHERE stream = 2 AND seq = 3")
        superuser.execute("DELETE FROM policyctl.blobs WHERE sha256 = %s", [digest])
    assert {("changed", 2, 3, 3)} < signed.problems()
    assert "missing" in {kind for kind, *_ in signed.problems()}


def test_erased_bytes_are_in_no_table_file_after_the_tables_were_rewritten(database: Database, postgres: Postgres):
    secret = b"Ada Lovelace, 10 December 1815"
    with open_ledger(database.url) as ledger:
        ledger.append([NewEntry("decision", b'{"who":"%s"}' % secret)])
        files = table_files(database, postgres)
        assert any(secret in file.read_bytes() for file in files)

        ledger.erase(["1"], reason="right", actor="dpo")

    with database.superuser() as superuser:
        superuser.execute("VACUUM FULL policyctl.entries")
        superuser.execute("CHECKPOINT")
    assert not any(secret in file.read_bytes() for file in table_files(database, postgres))


def table_files(database: Database, postgres: Postgres) -> list[Path]:
    """The files that hold this database, written out."""
    with database.superuser() as superuser:
        superuser.execute("CHECKPOINT")
        row = superuser.execute("SELECT oid FROM pg_database WHERE datname = current_database()").fetchone()
    assert row
    return [each for each in (postgres.folder / "data" / "base" / str(row[0])).iterdir() if each.is_file()]
