from __future__ import annotations

import hashlib
import sqlite3
import stat
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


def test_another_kind_of_ledger_is_found_by_registration(tmp_path, monkeypatch):
    metadata = tmp_path / "elsewhere-1.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: elsewhere\nVersion: 1\n")
    (metadata / "entry_points.txt").write_text("[policyctl.ledgers]\nelsewhere = elsewhere_ledger:opened\n")
    (tmp_path / "elsewhere_ledger.py").write_text("def opened(url, **options):\n    return url, sorted(options)\n")
    monkeypatch.syspath_prepend(tmp_path)

    assert open_ledger("elsewhere://host/db") == ("elsewhere://host/db", ["clock", "readonly", "timeout"])
