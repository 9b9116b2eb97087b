"""Every way to tamper with 10,000 entries is found, and the entry is named. The checkpoint was kept elsewhere."""

from __future__ import annotations

import hashlib
import sqlite3
import time

import pytest
import rfc8785

from policyctl.ledger import open_ledger
from policyctl.ledger.verify import verify

FIELDS = ["v", "stream", "seq", "id", "time", "kind", "body_sha256", "prev"]
OTHER = "ab" * 32


@pytest.fixture
def tampered(copied, tampering, signed):
    """Applies a change; gives the problems found, without the checkpoint and with it: sets of (kind, first, last)."""

    def apply(change):
        with tampering(copied) as connection:
            change(connection)
        with open_ledger(str(copied), readonly=True) as ledger:
            alone = verify(ledger)
            anchored = verify(ledger, signed.checkpoint, signed.public_key)
        assert anchored.exit_code == 4
        return [{(each.kind, each.first, each.last) for each in report.problems} for report in (alone, anchored)]

    return apply


def rechained(connection: sqlite3.Connection, start: int) -> None:
    """Recomputes numbers, links and hashes from row `start` on, as somebody would who rewrites history."""
    columns = ", ".join(FIELDS)
    prev = connection.execute("SELECT hash FROM entries WHERE seq = ?", (start - 1,)).fetchone()
    prev = prev[0] if prev else "0" * 64
    rows = connection.execute(f"SELECT {columns}, body FROM entries WHERE seq >= ? ORDER BY seq", (start,)).fetchall()
    connection.execute("DELETE FROM entries WHERE seq >= ?", (start,))
    for seq, (*row, body) in enumerate(rows, start=start):
        header = dict(zip(FIELDS, row, strict=True)) | {"seq": seq, "prev": prev}
        header["body_sha256"] = hashlib.sha256(body).hexdigest()
        prev = hashlib.sha256(rfc8785.dumps(header)).hexdigest()
        connection.execute(
            f"INSERT INTO entries ({columns}, hash, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*header.values(), prev, body),
        )


NOT_AS_SIGNED = ("checkpoint", 1, 10_000)


def test_an_untouched_ledger_verifies_in_about_a_second(signed):
    with open_ledger(str(signed.path), readonly=True) as ledger:
        start = time.perf_counter()
        alone = verify(ledger)
        seconds = time.perf_counter() - start
        anchored = verify(ledger, signed.checkpoint, signed.public_key)

    assert (alone.ok, alone.exit_code, alone.entries, alone.blobs) == (True, 0, 10_000, 101)
    assert "internally consistent, not anchored" in alone.summary
    assert "from entry 1 on" in alone.summary
    assert anchored.streams[0].anchored == 10_000
    assert "from entry" not in anchored.summary
    assert seconds < 2


def test_a_flipped_body(tampered):
    def change(connection):
        connection.execute("UPDATE entries SET body = replace(body, 'allow', 'denies') WHERE seq = 5701")

    assert tampered(change) == [{("changed", 5701, 5701)}] * 2


def test_a_body_made_text(tampered):
    def change(connection):
        connection.execute("UPDATE entries SET body = CAST(body AS TEXT) WHERE seq = 5701")

    assert tampered(change) == [{("changed", 5701, 5701)}] * 2


@pytest.mark.parametrize("seq", [1, 5701, 10_000])
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("v", 2),
        ("stream", 7),
        ("id", "019a0000-0000-7000-8000-000000000000"),
        ("time", "2026-05-04T12:30:15.123457Z"),
        ("time", b"2026-05-04T12:30:15.123456Z"),
        ("kind", "waiver"),
        ("v", "one"),
        ("prev", OTHER),
    ],
)
def test_a_flipped_field_of_a_header(tampered, seq, field, value):
    def change(connection):
        connection.execute(f"UPDATE entries SET {field} = ? WHERE seq = ?", (value, seq))

    found = {("changed", seq, seq)}
    assert tampered(change) == [found, found | {NOT_AS_SIGNED}]


def test_a_flipped_field_that_is_not_even_text(tampered):
    def change(connection):
        connection.execute("UPDATE entries SET kind = CAST(x'ff00fe' AS TEXT) WHERE seq = 5701")

    assert tampered(change)[0] == {("changed", 5701, 5701)}


def test_a_flipped_body_digest(tampered):
    def change(connection):
        connection.execute("UPDATE entries SET body_sha256 = ? WHERE seq = 5701", (OTHER,))

    alone, _ = tampered(change)

    assert set(alone) == {("changed", 5701, 5701)}


def test_a_flipped_number(tampered):
    def change(connection):
        connection.execute("UPDATE entries SET seq = 20000 WHERE seq = 5701")

    assert tampered(change)[0] == {("removed", 5701, 5701), ("reordered", 20000, 20000)}


@pytest.mark.parametrize("seq", [1, 5701, 10_000])
def test_a_flipped_hash(tampered, seq):
    def change(connection):
        connection.execute("UPDATE entries SET hash = ? WHERE seq = ?", (OTHER, seq))

    assert tampered(change) == [{("changed", seq, seq)}] * 2


def test_a_header_changed_with_its_hash(tampered):
    def change(connection):
        columns = ", ".join(FIELDS)
        row = connection.execute(f"SELECT {columns} FROM entries WHERE seq = 5701").fetchone()
        header = dict(zip(FIELDS, row, strict=True)) | {"kind": "waiver"}
        digest = hashlib.sha256(rfc8785.dumps(header)).hexdigest()
        connection.execute("UPDATE entries SET kind = 'waiver', hash = ? WHERE seq = 5701", (digest,))

    assert tampered(change)[0] == {("changed", 5701, 5701)}


def test_a_deletion_in_the_middle(tampered):
    def change(connection):
        connection.execute("DELETE FROM entries WHERE seq = 5701")

    assert tampered(change) == [{("removed", 5701, 5701)}, {NOT_AS_SIGNED, ("removed", 5701, 5701)}]


def test_several_deletions(tampered):
    def change(connection):
        connection.execute("DELETE FROM entries WHERE seq IN (1, 2, 401, 5701, 5702, 5703, 9999)")

    assert tampered(change)[0] == {
        ("removed", 1, 2),
        ("removed", 401, 401),
        ("removed", 5701, 5703),
        ("removed", 9999, 9999),
    }


def test_a_deletion_hidden_by_moving_up_the_rest(tampered):
    def change(connection):
        connection.execute("DELETE FROM entries WHERE seq IN (5701, 5702)")
        for seq in range(5703, 10_001):
            connection.execute("UPDATE entries SET seq = ? WHERE seq = ?", (seq - 2, seq))

    found = {("removed", 5701, 5701), ("renumbered", 5701, 9998)}
    assert tampered(change) == [found, found | {("truncated", 9999, 10_000)}]


def swap(connection, one, other):
    connection.execute("UPDATE entries SET seq = -1 WHERE seq = ?", (one,))
    connection.execute("UPDATE entries SET seq = ? WHERE seq = ?", (one, other))
    connection.execute("UPDATE entries SET seq = ? WHERE seq = -1", (other,))


@pytest.mark.parametrize(("one", "other"), [(5701, 5723), (5701, 5702), (1, 10_000), (300, 9000)])
def test_reordering(tampered, one, other):
    found = {("reordered", one, one), ("reordered", other, other)}
    assert tampered(lambda connection: swap(connection, one, other)) == [found, found | {NOT_AS_SIGNED}]


def test_bodies_exchanged(tampered):
    def change(connection):
        (one,) = connection.execute("SELECT body FROM entries WHERE seq = 5701").fetchone()
        connection.execute("UPDATE entries SET body = (SELECT body FROM entries WHERE seq = 9) WHERE seq = 5701")
        connection.execute("UPDATE entries SET body = ? WHERE seq = 9", (one,))

    assert tampered(change)[0] == {("changed", 9, 9), ("changed", 5701, 5701)}


def inserted(connection, seq):
    connection.execute("UPDATE entries SET seq = -seq - 1 WHERE seq >= ?", (seq,))
    connection.execute("UPDATE entries SET seq = -seq WHERE seq < 0")
    header = {"v": 1, "stream": 0, "seq": seq, "id": "019a0000-0000-7000-8000-000000000000", "kind": "decision"}
    header |= {"time": "2026-05-04T12:30:15.123456Z", "body_sha256": hashlib.sha256(b"{}").hexdigest()}
    (header["prev"],) = connection.execute("SELECT hash FROM entries WHERE seq = ?", (seq - 1,)).fetchone()
    row = [*header.values(), hashlib.sha256(rfc8785.dumps(header)).hexdigest(), b"{}"]
    marks = ", ".join("?" * len(row))
    connection.execute(f"INSERT INTO entries ({', '.join(header)}, hash, body) VALUES ({marks})", row)


def test_an_insertion(tampered):
    found = {("inserted", 5701, 5701), ("renumbered", 5702, 10_001)}
    assert tampered(lambda connection: inserted(connection, 5701)) == [found, found | {NOT_AS_SIGNED}]


def test_an_insertion_before_the_first(tampered):
    def change(connection):
        connection.execute(
            "INSERT INTO entries SELECT 0, 0, 1, 'x', time, kind, body_sha256, prev, hash, body FROM entries LIMIT 1"
        )

    assert ("inserted", 0, 0) in tampered(change)[0]


@pytest.mark.parametrize("first", [1, 9001, 10_000])
def test_truncation_is_seen_with_the_checkpoint_only(tampered, first):
    def change(connection):
        connection.execute("DELETE FROM entries WHERE seq >= ?", (first,))
        connection.execute("DELETE FROM blobs WHERE number > (? - 1) / 100 + ((? - 1) >= 100)", (first, first))

    assert tampered(change) == [set(), {("truncated", first, 10_000)}]


def test_a_truncation_filled_up_with_new_entries(tampered):
    def change(connection):
        connection.execute("UPDATE entries SET body = x'7b7d' WHERE seq > 9000 AND seq % 100")
        rechained(connection, 9001)

    assert tampered(change) == [set(), {("rewritten", 1, 10_000)}]


def test_the_whole_rewritten_with_recomputed_hashes(tampered):
    def change(connection):
        connection.execute("UPDATE entries SET body = replace(body, 'allow', 'deny') WHERE seq = 57")
        connection.execute("UPDATE entries SET body = CAST(body AS BLOB)")
        rechained(connection, 1)

    assert tampered(change) == [set(), {("rewritten", 1, 10_000)}]


def test_a_blob_changed(tampered):
    def change(connection):
        connection.execute("UPDATE blobs SET size = 4, encoding = 'plain', content = x'7b7d7b7d' WHERE number = 3")

    assert tampered(change) == [{("changed", 200, 200)}] * 2


@pytest.mark.parametrize(
    "change", ["content = x'00'", "encoding = 'other'", "size = size - 1", "size = 'x'", "content = content || x'00'"]
)
def test_a_blob_that_cannot_be_unpacked(tampered, change):
    def apply(connection):
        connection.execute(f"UPDATE blobs SET {change} WHERE number = 3")

    assert tampered(apply)[0] == {("changed", 200, 200)}


def test_a_blob_removed(tampered):
    def change(connection):
        connection.execute("DELETE FROM blobs WHERE number = 3")

    assert tampered(change) == [{("missing", 200, 200)}] * 2


def test_a_blob_that_nobody_named(tampered):
    def change(connection):
        connection.execute(
            "INSERT INTO blobs VALUES (NULL, ?, 2, 'plain', x'7b7d')", (hashlib.sha256(b"{}").hexdigest(),)
        )

    assert tampered(change)[0] == {("inserted", None, None)}


def test_a_body_gone_without_an_erasure_entry(tampered):
    def change(connection):
        connection.execute("UPDATE entries SET body = NULL WHERE seq IN (57, 58)")

    assert tampered(change)[0] == {("removed", 57, 58)}


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            "CREATE TRIGGER hide AFTER INSERT ON entries BEGIN DELETE FROM entries WHERE seq = NEW.seq; END",
            "foreign trigger hide",
        ),
        ("CREATE VIEW mine AS SELECT * FROM entries", "foreign view mine"),
        ("CREATE TABLE more (x)", "foreign table more"),
        ("DROP INDEX entries_kind", "index entries_kind is missing"),
        ("ALTER TABLE entries ADD COLUMN note", "table entries was changed"),
    ],
)
def test_a_changed_schema(tampered, copied, statement, words):
    assert ("schema", None, None) in tampered(lambda connection: connection.execute(statement))[0]
    with open_ledger(str(copied), readonly=True) as ledger:
        assert any(words in str(problem) for problem in verify(ledger).problems)


def test_a_trigger_dropped(copied):
    connection = sqlite3.connect(copied)
    connection.execute("DROP TRIGGER entries_stay")
    connection.close()

    with open_ledger(str(copied), readonly=True) as ledger:
        assert [str(problem) for problem in verify(ledger).problems] == ["schema: the trigger entries_stay is missing"]


def test_pages_of_the_file_overwritten(copied):
    content = bytearray(copied.read_bytes())
    page = len(content) // 4096 // 2 * 4096
    content[page : page + 8192] = b"\xaa" * 8192
    copied.write_bytes(content)

    with open_ledger(str(copied), readonly=True) as ledger:
        report = verify(ledger)

    assert not report.ok
    assert {"damaged", "schema"} & {problem.kind for problem in report.problems}


def test_single_bytes_of_the_file_flipped(copied):
    """Whatever stands at the place: an entry, an index, a number of the file's own structure."""
    original = copied.read_bytes()
    unseen = []
    for place in range(5000, len(original), len(original) // 30):
        copied.write_bytes(original[:place] + bytes([original[place] ^ 0x41]) + original[place + 1 :])
        with open_ledger(str(copied), readonly=True) as ledger:
            if verify(ledger).ok:
                unseen.append((place, original[place]))

    assert {byte for _, byte in unseen} <= {0}, "only the unused space between records may change"


def test_everything_changed_is_said_in_few_words(tampered):
    def change(connection):
        connection.execute("UPDATE entries SET time = time || seq, kind = 'k' || (seq % 7)")

    assert tampered(change)[0] == {("changed", 1, 9999), ("changed", 10_000, 10_000)}


def test_problems_beyond_the_thousandth_are_counted(copied, tampering):
    with tampering(copied) as connection:
        connection.execute("UPDATE entries SET body = x'00' WHERE seq % 2")

    with open_ledger(str(copied), readonly=True) as ledger:
        report = verify(ledger)
    assert (len(report.problems), report.unnamed) == (1000, 4000)
    assert report.summary == "5000 problems in 10000 entries"
