from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from policyctl.ledger import NewEntry, open_ledger
from policyctl.ledger.schema import MIGRATIONS, flaws, migrate
from policyctl.model.errors import LedgerError, UsageError

DOCUMENT = b'{"facts": {}}' * 40
DIGEST = hashlib.sha256(DOCUMENT).hexdigest()
NAMING = b'{"blobs": {"document": "%s"}}' % DIGEST.encode()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


def test_an_entry_is_found_by_its_id_the_beginning_of_it_and_its_number(path):
    with open_ledger(str(path)) as ledger:
        first, second = ledger.append([NewEntry("decision", b'{"a": 1}'), NewEntry("waiver", b"\x00\xff")])

        assert (first.seq, first.prev, second.seq, second.prev) == (1, "0" * 64, 2, first.hash)
        assert [ledger.get(name) for name in (second.id, second.id[:24], second.id.upper(), "2")] == [second] * 4
        assert ledger.body(second.id) == b"\x00\xff"
        assert ledger.head() == second
        assert first.body_sha256 == hashlib.sha256(b'{"a": 1}').hexdigest()


def test_what_was_appended_is_there_after_opening_it_again(path):
    with open_ledger(f"sqlite:///{path}", clock=lambda: datetime(2026, 5, 4, tzinfo=UTC)) as ledger:
        appended = ledger.append([NewEntry("decision", NAMING, {DIGEST: DOCUMENT})])
        origin = ledger.origin
    with open_ledger(str(path), readonly=True) as ledger:
        assert list(ledger.entries()) == appended
        assert appended[0].time == "2026-05-04T00:00:00.000000Z"
        assert ledger.blob(DIGEST) == DOCUMENT
        assert ledger.origin == origin


def test_a_ledger_is_for_its_owner_only(path):
    open_ledger(str(path)).close()

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_listing_turns_pages_in_both_directions(path):
    with open_ledger(str(path)) as ledger:
        ledger.append(
            [NewEntry("waiver" if number % 3 == 0 else "decision", b"%d" % number) for number in range(1, 1201)]
        )

        def seqs(*args, **options):
            return [entry.seq for entry in ledger.entries(*args, **options)]

        assert seqs() == list(range(1, 1201))
        assert seqs(newest_first=True) == list(range(1200, 0, -1))
        assert seqs(after=ledger.get("1190"), limit=3) == [1191, 1192, 1193]
        assert seqs(before=ledger.get("10"), limit=3, newest_first=True) == [9, 8, 7]
        assert seqs("waiver", after=ledger.get("3"), limit=2) == [6, 9]
        assert seqs("waiver") == list(range(3, 1201, 3))
        assert seqs("nothing") == []
        assert seqs(limit=0) == []


def test_a_blob_is_stored_once(path):
    with open_ledger(str(path)) as ledger:
        ledger.append([NewEntry("decision", NAMING, {DIGEST: DOCUMENT}), NewEntry("decision", NAMING)])
        ledger.append([NewEntry("decision", NAMING, {DIGEST: DOCUMENT})])

        assert [digest for digest, _ in ledger.blobs()] == [DIGEST]


@pytest.mark.parametrize("noise", [os.urandom(3000), bytes(5_000_000), b""], ids=["random", "zeros", "empty"])
def test_bytes_come_back_however_much_they_shrink(path, noise):
    digest = hashlib.sha256(noise).hexdigest()
    with open_ledger(str(path)) as ledger:
        ledger.append([NewEntry("evidence", b'{"blobs":{"file":"%s"}}' % digest.encode(), {digest: noise})])

        assert ledger.blob(digest) == noise


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (NewEntry("decision", b"{}", {DIGEST: DOCUMENT}), "does not name blob"),
        (NewEntry("decision", b'{"text": "%s"}' % DIGEST.encode(), {DIGEST: DOCUMENT}), "does not name blob"),
        (NewEntry("decision", NAMING), "which is not here"),
        (NewEntry("decision", NAMING, {DIGEST: b"something else"}), "another SHA-256"),
        (NewEntry("a kind", b"{}"), "cannot be an entry's kind"),
        (NewEntry("erasure", b"{}"), "recorded by erase"),
    ],
)
def test_an_entry_that_could_not_be_proven_is_refused_with_its_whole_batch(path, entry, message):
    with open_ledger(str(path)) as ledger:
        with pytest.raises(LedgerError, match=message) as refusal:
            ledger.append([NewEntry("decision", b"{}"), entry])

        assert refusal.value.hint
        assert list(ledger.entries()) == []
        assert list(ledger.blobs()) == []


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("9", "no entry 9"),
        ("ffff", "no entry ffff"),
        ("", "not an entry's id"),
        ("x' OR 1=1 --", "not an entry's id"),
        ("0", "begins more than one id"),
        ("٣", "not an entry's id"),
    ],
)
def test_a_name_of_no_entry_or_several_is_an_error(path, name, message):
    with open_ledger(str(path)) as ledger:
        ledger.append([NewEntry("decision", b"{}"), NewEntry("decision", b"{}")])

        with pytest.raises(LedgerError, match=message):
            ledger.get(name)


def test_a_missing_blob_is_named_and_ends_in_exit_code_4(path):
    with open_ledger(str(path)) as ledger, pytest.raises(LedgerError, match=f"blob {DIGEST} is missing") as error:
        ledger.blob(DIGEST)

    assert error.value.exit_code == 4


def test_the_file_itself_refuses_updates_and_deletions(path):
    with open_ledger(str(path)) as ledger:
        ledger.append([NewEntry("decision", NAMING, {DIGEST: DOCUMENT})])
    with closing(sqlite3.connect(path)) as connection:
        for statement in (
            "DELETE FROM entries",
            "UPDATE entries SET time = ''",
            "UPDATE entries SET body = NULL",
            "UPDATE entries SET body = x'00'",
            "DELETE FROM blobs",
            "UPDATE blobs SET content = x'00'",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(statement)


def test_reading_only_changes_nothing_and_cannot(path):
    open_ledger(str(path)).close()
    with open_ledger(str(path), readonly=True) as ledger:
        with pytest.raises(LedgerError, match="for reading only"):
            ledger.append([NewEntry("decision", b"{}")])
        with pytest.raises(LedgerError, match="for reading only"):
            ledger.erase(["1"], reason="r", actor="a")


@pytest.mark.parametrize("readonly", [True, False])
@pytest.mark.parametrize(
    "content", [b"not a database, but a text that is long enough to look at" * 20, b"SQLite format 3\0"]
)
def test_a_file_that_is_no_ledger_is_refused_untouched(path, readonly, content):
    path.write_bytes(content)

    with pytest.raises(LedgerError, match="not a ledger") as error:
        open_ledger(str(path), readonly=readonly)

    assert "not touched" in error.value.hint
    assert path.read_bytes() == content


@pytest.mark.parametrize("readonly", [True, False])
def test_another_programs_database_is_refused_untouched(path, readonly):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE entries (seq INTEGER PRIMARY KEY)")
    before = path.read_bytes()

    with pytest.raises(LedgerError, match="not a ledger"):
        open_ledger(str(path), readonly=readonly)

    assert path.read_bytes() == before


@pytest.mark.parametrize("readonly", [True, False])
def test_a_ledger_of_a_newer_program_is_refused(path, readonly):
    open_ledger(str(path)).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")

    with pytest.raises(LedgerError, match="newer policyctl") as error:
        open_ledger(str(path), readonly=readonly)

    assert "upgrade" in error.value.hint


def test_an_older_ledger_is_migrated_and_keeps_what_it_holds():
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection, MIGRATIONS)
        connection.execute("INSERT INTO meta VALUES ('origin', 'here')")
        migrate(connection, [*MIGRATIONS, ["ALTER TABLE meta ADD COLUMN note TEXT"]])

        assert connection.execute("SELECT * FROM meta").fetchall() == [("origin", "here", None)]
        assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS) + 1,)
        assert flaws(connection) == ["the table meta was changed"]


def test_places_where_no_ledger_can_be_are_named_with_the_next_step(tmp_path):
    with pytest.raises(LedgerError, match="does not exist") as missing:
        open_ledger(str(tmp_path / "nowhere" / "ledger.db"))
    with pytest.raises(LedgerError, match="is a folder"):
        open_ledger(str(tmp_path))
    with pytest.raises(LedgerError, match="there is no ledger"):
        open_ledger(str(tmp_path / "ledger.db"), readonly=True)

    assert missing.value.hint == f"mkdir -p {tmp_path / 'nowhere'}"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["oracle://host/db", "sqlite://", "sqlite:///", ""])
def test_an_address_that_nothing_knows_is_a_usage_error(url):
    with pytest.raises(UsageError):
        open_ledger(url)


def test_a_ledger_locked_by_another_writer_is_an_error_after_a_while(path):
    with open_ledger(str(path), timeout=0.1) as ledger, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(LedgerError, match="another process is writing"):
            ledger.append([NewEntry("decision", b"{}")])

        other.execute("ROLLBACK")
        assert ledger.append([NewEntry("decision", b"{}")])[0].seq == 1


def test_nothing_is_chained_to_an_entry_that_was_changed(path, tampering):
    with open_ledger(str(path)) as ledger:
        ledger.append([NewEntry("decision", b"{}")])
    with tampering(path) as connection:
        connection.execute("UPDATE entries SET time = '2020'")

    with open_ledger(str(path)) as ledger:
        for reading in (lambda: ledger.append([NewEntry("decision", b"{}")]), lambda: ledger.body("1")):
            with pytest.raises(LedgerError, match="entry 1 was changed"):
                reading()


def test_threads_share_a_ledger(path):
    with open_ledger(str(path)) as ledger:
        threads = [
            threading.Thread(target=lambda: [ledger.append([NewEntry("decision", b"{}")]) for _ in range(20)])
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert [entry.seq for entry in ledger.entries()] == list(range(1, 81))


def test_another_kind_of_ledger_is_found_by_registration(tmp_path, monkeypatch):
    metadata = tmp_path / "elsewhere-1.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: elsewhere\nVersion: 1\n")
    (metadata / "entry_points.txt").write_text("[policyctl.ledgers]\nelsewhere = elsewhere_ledger:opened\n")
    (tmp_path / "elsewhere_ledger.py").write_text("def opened(url, **options):\n    return url, sorted(options)\n")
    monkeypatch.syspath_prepend(tmp_path)

    assert open_ledger("elsewhere://host/db") == ("elsewhere://host/db", ["clock", "readonly", "timeout"])
