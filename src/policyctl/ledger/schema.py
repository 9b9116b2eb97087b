"""The tables of a SQLite ledger, by version. A later version is one more script at the end of MIGRATIONS."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

APPLICATION_ID = 0x706F6C63
"""ASCII "polc", in the file's header: tells a ledger from other SQLite files."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
        """CREATE TABLE entries (
            seq INTEGER PRIMARY KEY,
            stream INTEGER NOT NULL,
            v INTEGER NOT NULL,
            id TEXT NOT NULL UNIQUE,
            time TEXT NOT NULL,
            kind TEXT NOT NULL,
            body_sha256 TEXT NOT NULL,
            prev TEXT NOT NULL,
            hash TEXT NOT NULL,
            body BLOB
        )""",
        "CREATE INDEX entries_kind ON entries (kind)",
        """CREATE TABLE blobs (
            number INTEGER PRIMARY KEY,
            sha256 TEXT NOT NULL UNIQUE,
            size INTEGER NOT NULL,
            encoding TEXT NOT NULL,
            content BLOB NOT NULL
        )""",
        """CREATE TRIGGER entries_stay BEFORE DELETE ON entries
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
        """CREATE TRIGGER headers_stay
        BEFORE UPDATE OF seq, stream, v, id, time, kind, body_sha256, prev, hash ON entries
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
        """CREATE TRIGGER bodies_stay BEFORE UPDATE OF body ON entries
        WHEN NEW.body IS NOT NULL OR NOT EXISTS (
            SELECT 1 FROM entries WHERE kind = 'erasure' AND instr(body, CAST(OLD.id AS BLOB)))
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: a body goes only by a recorded erasure'); END""",
        """CREATE TRIGGER blobs_change_never BEFORE UPDATE ON blobs
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
        """CREATE TRIGGER blobs_stay BEFORE DELETE ON blobs
        WHEN NOT EXISTS (SELECT 1 FROM entries WHERE kind = 'erasure' AND instr(body, CAST(OLD.sha256 AS BLOB)))
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: a blob goes only by a recorded erasure'); END""",
    ),
)
"""The triggers keep honest programs from accidents; what a dishonest one does, `verify` finds."""

_OBJECTS = "SELECT name, type, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_stat%' ESCAPE '\\'"


def migrate(connection: sqlite3.Connection, scripts: Sequence[Sequence[str]] = MIGRATIONS) -> None:
    """Brings a new or older ledger to the version of `scripts`. To be called inside a transaction."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    for script in scripts[version:]:
        for statement in script:
            connection.execute(statement)
    if version < len(scripts):
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
        connection.execute(f"PRAGMA user_version = {len(scripts):d}")


def flaws(connection: sqlite3.Connection) -> list[str]:
    """How tables, indexes and triggers differ from what this program makes: one sentence each."""
    with_us = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(with_us)
        expected = {name: rest for name, *rest in with_us.execute(_OBJECTS)}
    finally:
        with_us.close()
    found = {name: rest for name, *rest in connection.execute(_OBJECTS)}
    sentences = [f"the {expected[name][0]} {name} is missing" for name in sorted(expected.keys() - found.keys())]
    sentences += [f"there is a foreign {found[name][0]} {name}" for name in sorted(found.keys() - expected.keys())]
    changed = sorted(name for name in expected.keys() & found.keys() if expected[name] != found[name])
    sentences += [f"the {found[name][0]} {name} was changed" for name in changed]
    return sentences + [text for (text,) in connection.execute("PRAGMA integrity_check(20)") if text != "ok"]
