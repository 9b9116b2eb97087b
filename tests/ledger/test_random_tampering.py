"""Whatever stands in the rows: verification finds every change, and nothing ends in anything but our errors."""

from __future__ import annotations

import contextlib
import hashlib
import random
import shutil
import sqlite3

import pytest

from policyctl.ledger import NewEntry, open_ledger
from policyctl.ledger.checkpoint import make_checkpoint
from policyctl.ledger.export import export
from policyctl.ledger.keys import load_private_key
from policyctl.ledger.proof import prove
from policyctl.ledger.verify import verify
from policyctl.model.errors import LedgerError, PolicyctlError

COLUMNS = ["seq", "stream", "v", "id", "time", "kind", "body_sha256", "prev", "hash", "body"]
VALUES = [None, 0, 1, -5, 3.5, "x", "", b"\xff", b"", "decision", "0" * 64, 2**62, "erasure", 10**6]


@pytest.fixture
def small(tmp_path, signed):
    """Forty entries, ten of them with blobs, one body and one blob erased; and a checkpoint over all."""
    path = tmp_path / "small.db"
    with open_ledger(str(path)) as ledger:
        for number in range(40):
            document = b"document %d" % number * 9
            digest = hashlib.sha256(document).hexdigest()
            naming = NewEntry("decision", b'{"blobs":{"d":"%s"}}' % digest.encode(), {digest: document})
            ledger.append([naming if number % 4 == 0 else NewEntry("decision", b'{"n":%d}' % number)])
        ledger.erase(["3", hashlib.sha256(b"document 8" * 9).hexdigest()], reason="right", actor="dpo")
        return path, make_checkpoint(ledger, load_private_key(signed.private_key))


def tamper(connection: sqlite3.Connection, chance: random.Random) -> None:
    one, other, blob = chance.randint(1, 41), chance.randint(1, 41), chance.randint(1, 10)
    column, value = chance.choice(COLUMNS), chance.choice(VALUES)
    copied = chance.choice(COLUMNS[1:])
    place = chance.choice([0, -3, 42, 43, 99])
    statements = [
        [(f"UPDATE OR IGNORE entries SET {column} = ? WHERE seq = ?", (value, one))],
        [("DELETE FROM entries WHERE seq = ?", (one,))],
        [
            ("UPDATE entries SET seq = 1000000 WHERE seq = ?", (one,)),
            ("UPDATE entries SET seq = ? WHERE seq = ?", (one, other)),
            ("UPDATE OR IGNORE entries SET seq = ? WHERE seq = 1000000", (other,)),
        ],
        [
            (
                f"UPDATE OR IGNORE entries SET {copied} = (SELECT {copied} FROM entries WHERE seq = ?) WHERE seq = ?",
                (one, other),
            )
        ],
        [
            (
                f"UPDATE OR IGNORE blobs SET {chance.choice(['sha256', 'size', 'encoding', 'content'])} = ? WHERE number = ?",
                (value, blob),
            )
        ],
        [("DELETE FROM blobs WHERE number = ?", (blob,))],
        [
            (
                "INSERT OR IGNORE INTO entries SELECT ?, stream, v, 'new', time, kind, body_sha256, prev, hash, body "
                "FROM entries WHERE seq = ?",
                (place, one),
            )
        ],
    ]
    for statement, values in chance.choice(statements):
        with contextlib.suppress(sqlite3.IntegrityError):  # SQLite itself refuses a `seq` that is no number
            connection.execute(statement, values)


def rows(connection: sqlite3.Connection) -> str:
    return repr([connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in ("entries", "blobs")])


def uses(ledger, checkpoint, key):
    """Everything that somebody may ask of a ledger."""
    yield lambda: list(ledger.entries())
    yield lambda: list(ledger.entries("decision", newest_first=True))
    for seq in ("1", "3", "17", "41", "42"):
        yield lambda seq=seq: ledger.body(seq)
        yield lambda seq=seq: prove(ledger, seq)
        yield lambda seq=seq: prove(ledger, seq, checkpoint)
    for digest, _ in list(ledger.blobs()):
        yield lambda digest=digest: ledger.blob(digest)
    yield lambda: list(export(ledger, blobs=True))
    yield lambda: ledger.erase(["5"], reason="right", actor="dpo")
    yield lambda: ledger.append([NewEntry("decision", b"{}")])
    yield lambda: make_checkpoint(ledger, key, previous=checkpoint)


@pytest.mark.parametrize("seed", range(4))
def test_random_changes_are_found_and_break_nothing(small, tmp_path, tampering, signed, seed):
    original, checkpoint = small
    chance = random.Random(seed)
    key = load_private_key(signed.private_key)
    unseen, alarms, path = [], [], tmp_path / "tampered.db"
    for round_ in range(20):
        shutil.copy(original, path)
        with tampering(path) as connection:
            before = rows(connection)
            for _ in range(chance.randint(1, 3)):
                tamper(connection, chance)
            changed = rows(connection) != before
        with open_ledger(str(path)) as ledger:
            report = verify(ledger, checkpoint, signed.public_key)
            if changed == report.ok:
                (unseen if changed else alarms).append(round_)
            hints = []
            for use in uses(ledger, checkpoint, key):
                try:
                    use()
                except PolicyctlError as error:
                    hints.append(error.hint)
            assert all(hints)
            assert hints or not changed
    assert (unseen, alarms) == ([], [])


def test_random_bytes_in_the_file_break_nothing(small, tmp_path, signed):
    """What is not found may only be bytes that are zero: space that no record uses. (The first 100 hold counters of SQLite's.)"""
    original, checkpoint = small
    content, path, chance = original.read_bytes(), tmp_path / "flipped.db", random.Random(9)
    unseen = []
    for _ in range(400):
        size, place = chance.choice([1, 1, 1, 4, 64]), chance.randrange(100, len(content) - 64)
        flips = (byte ^ chance.randrange(1, 256) for byte in content[place : place + size])
        path.write_bytes(content[:place] + bytes(flips) + content[place + size :])
        with contextlib.suppress(LedgerError), open_ledger(str(path), readonly=True) as ledger:
            if verify(ledger, checkpoint, signed.public_key).ok:
                unseen.append(content[place : place + size])
                assert list(ledger.entries())
                assert list(export(ledger))
    assert b"".join(unseen).strip(b"\0") == b""
