from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from policyctl.ledger import NewEntry, open_ledger
from policyctl.ledger.checkpoint import make_checkpoint
from policyctl.ledger.keys import generate_key, load_private_key
from policyctl.ledger.verify import verify
from policyctl.model.errors import LedgerError

SECRET = b"Ada Lovelace, 10 December 1815, "
NOISE = os.urandom(600).hex().encode()
DOCUMENT = SECRET + NOISE
DIGEST = hashlib.sha256(DOCUMENT).hexdigest()
NAMING = b'{"blobs":{"document":"%s"},"who":"%s"}' % (DIGEST.encode(), SECRET)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


@pytest.fixture
def ledger(address):
    """Three entries, the second with a blob."""
    with open_ledger(address) as ledger:
        yield filled(ledger)


@pytest.fixture
def in_file(path):
    """The same in the file `path`."""
    with open_ledger(str(path)) as ledger:
        yield filled(ledger)


def filled(ledger):
    ledger.append([NewEntry("decision", b"{}"), NewEntry("decision", NAMING, {DIGEST: DOCUMENT})])
    ledger.append([NewEntry("decision", b"{}")])
    return ledger


def problems(ledger):
    return [(each.kind, each.first, each.last) for each in verify(ledger).problems]


def test_an_erased_body_and_blob_are_gone_and_it_is_said_by_which_entry(ledger):
    erasure = ledger.erase(["2", DIGEST], reason="Article 17 request of 3 May", actor="dpo@example.org")

    with pytest.raises(LedgerError, match=r"body of entry 2 .* was erased by entry 4"):
        ledger.body("2")
    with pytest.raises(LedgerError, match=f"blob {DIGEST} was erased by entry 4") as error:
        ledger.blob(DIGEST)
    assert error.value.exit_code == 4
    assert json.loads(ledger.body(erasure.id))["reason"] == "Article 17 request of 3 May"
    report = verify(ledger)
    assert report.ok
    assert {str(each) for each in report.erased} == {
        "the body of entry 2: erased by entry 4",
        f"blob {DIGEST}: erased by entry 4",
    }


def test_the_bytes_are_in_no_file_any_more(in_file, path):
    def files():
        return b"".join(each.read_bytes() for each in sorted(path.parent.iterdir()))

    large = SECRET * 2000
    many = [hashlib.sha256(large + b"%d" % number).hexdigest() for number in range(20)]
    for number, digest in enumerate(many):
        content = os.urandom(9000).hex().encode() + SECRET + b"%d" % number
        digest = hashlib.sha256(content).hexdigest()
        in_file.append(
            [NewEntry("decision", b'{"blobs":{"d":"%s"},"who":"%s"}' % (digest.encode(), large), {digest: content})]
        )
    assert SECRET in files()

    in_file.erase(["2", DIGEST, *map(str, range(4, 24))], reason="right", actor="dpo")

    assert SECRET not in files()
    assert NOISE[:64] not in files()
    assert verify(in_file).ok


def test_checkpoints_and_the_chain_hold_after_an_erasure(ledger, tmp_path):
    generate_key(tmp_path / "key.pem", tmp_path / "public.pem")
    key = load_private_key(tmp_path / "key.pem")
    before = make_checkpoint(ledger, key)

    ledger.erase(["2"], reason="right", actor="dpo")
    ledger.append([NewEntry("decision", b"{}")])

    report = verify(ledger, before, (tmp_path / "public.pem").read_bytes())
    assert (report.ok, report.streams[0].anchored, report.entries) == (True, 3, 5)
    assert "from entry 4 on nothing is anchored" in report.summary
    assert make_checkpoint(ledger, key, previous=before).streams[0].size == 5


def test_what_was_erased_can_be_recorded_again(ledger):
    ledger.erase([DIGEST], reason="right", actor="dpo")
    ledger.append([NewEntry("decision", NAMING, {DIGEST: DOCUMENT})])

    assert ledger.blob(DIGEST) == DOCUMENT
    assert verify(ledger).ok


def test_erased_bytes_that_are_put_back_are_found(in_file, path, tampering):
    in_file.erase(["2", DIGEST], reason="right", actor="dpo")
    with tampering(path) as connection:
        connection.execute("UPDATE entries SET body = ? WHERE seq = 2", (NAMING,))
    assert problems(in_file) == [("changed", 2, 2)]

    with tampering(path) as connection:
        connection.execute("UPDATE entries SET body = NULL WHERE seq = 2")
        row = (DIGEST, len(DOCUMENT), DOCUMENT)
        connection.execute("INSERT INTO blobs VALUES (NULL, ?, ?, 'plain', ?)", row)
    assert problems(in_file) == [("changed", 2, 2)]


def test_an_erasure_entry_explains_only_what_it_names(in_file, path, tampering):
    in_file.erase(["2"], reason="right", actor="dpo")
    with tampering(path) as connection:
        connection.execute("UPDATE entries SET body = NULL WHERE seq = 3")
        connection.execute("DELETE FROM blobs")

    assert problems(in_file) == [("missing", 2, 2), ("removed", 3, 3)]


def test_an_erasure_that_was_itself_erased_explains_nothing(in_file, path, tampering):
    in_file.erase(["2"], reason="right", actor="dpo")
    with tampering(path) as connection:
        connection.execute("UPDATE entries SET body = NULL WHERE seq = 4")

    assert ("removed", 2, 2) in problems(in_file)
    assert ("changed", 4, 4) in problems(in_file)


@pytest.mark.parametrize(
    ("targets", "message"),
    [
        ([], "needs targets"),
        (["9"], "no entry 9"),
        (["0" * 64], "is missing"),
        (["3", "4"], "records an erasure"),
        (["2"], "was erased by entry 4"),
    ],
)
def test_what_cannot_be_erased_is_said_and_nothing_else_is_erased(ledger, targets, message):
    ledger.erase(["2"], reason="right", actor="dpo")

    with pytest.raises(LedgerError, match=message):
        ledger.erase(targets, reason="right", actor="dpo")

    assert ledger.head().seq == 4
    assert ledger.body("3") == b"{}"


@pytest.mark.parametrize(("reason", "actor"), [("", "dpo"), ("right", " ")])
def test_an_erasure_has_a_reason_and_an_actor(ledger, reason, actor):
    with pytest.raises(LedgerError, match="a reason and an actor"):
        ledger.erase(["2"], reason=reason, actor=actor)


def test_bytes_that_a_reader_still_holds_are_not_called_gone(path):
    with open_ledger(str(path), timeout=0.1) as ledger, closing(sqlite3.connect(path, isolation_level=None)) as reader:
        ledger.append([NewEntry("decision", NAMING, {DIGEST: DOCUMENT})])
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM entries").fetchone()

        with pytest.raises(LedgerError, match="still stand in"):
            ledger.erase(["1"], reason="right", actor="dpo")

        reader.execute("ROLLBACK")
        assert verify(ledger).ok
