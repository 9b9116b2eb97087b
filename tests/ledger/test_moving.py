"""A ledger is moved byte for byte, or not at all: what was proven of the old one is proven of the new one."""

from __future__ import annotations

import hashlib

import pytest

from policyctl.ledger import Ledger, NewEntry, open_ledger
from policyctl.ledger.checkpoint import make_checkpoint
from policyctl.ledger.export import export
from policyctl.ledger.keys import load_private_key
from policyctl.ledger.moving import move
from policyctl.ledger.proof import prove
from policyctl.ledger.verify import verify
from policyctl.ledger.verify_proof import verified
from policyctl.model.errors import LedgerError

DOCUMENTS = {hashlib.sha256(text).hexdigest(): text for text in (b"a document " * 99, b"another " * 99, b"\xff\x00")}


@pytest.fixture
def source(tmp_path):
    """Forty entries, three with blobs, one body and one blob erased."""
    path = str(tmp_path / "source.db")
    with open_ledger(path) as ledger:
        ledger.append([NewEntry("decision", b'{"n":%d}' % number) for number in range(36)])
        for digest, content in DOCUMENTS.items():
            ledger.append([NewEntry("evidence", b'\xff{"blobs":{"d":"%s"}}' % digest.encode(), {digest: content})])
        ledger.erase(["3", list(DOCUMENTS)[1]], reason="right", actor="dpo")
    return path


def contents(ledger: Ledger) -> list[bytes]:
    lines = list(export(ledger, blobs=True))
    return [*(line for line in lines if b'"blob":' not in line), *sorted(line for line in lines if b'"blob":' in line)]


def test_everything_is_as_it_was_and_old_checkpoints_and_proofs_hold(source, address, signed):
    with open_ledger(source, readonly=True) as old, open_ledger(address) as new:
        checkpoint = make_checkpoint(old, load_private_key(signed.private_key))
        proof = prove(old, "37", checkpoint)

        moved = move(old, new)

        assert (moved.entries, moved.streams, moved.blobs) == (40, 1, 2)
        assert contents(new) == contents(old)
        report = verify(new, checkpoint, signed.public_key)
        assert (report.ok, report.streams[0].anchored, len(report.erased)) == (True, 40, 2)
        assert prove(new, "37", checkpoint) == proof
        assert verified(proof, checkpoint.document(), signed.public_key)[0]["seq"] == 37
        assert new.append([NewEntry("decision", b"{}")])[0].seq == 41
        assert verify(new, checkpoint, signed.public_key).ok


def test_a_ledger_that_holds_an_entry_is_not_moved_onto(source, address):
    with open_ledger(source, readonly=True) as old, open_ledger(address) as new:
        kept = new.append([NewEntry("decision", b"{}")])
        with pytest.raises(LedgerError, match="is not empty"):
            move(old, new)

        assert list(new.entries()) == kept
        assert verify(new).ok


def test_a_ledger_that_does_not_verify_is_not_moved(copied, tampering, address):
    with tampering(copied) as connection:
        connection.execute("UPDATE entries SET body = x'00' WHERE seq = 57")

    with open_ledger(str(copied), readonly=True) as old, open_ledger(address) as new:
        with pytest.raises(LedgerError, match="entry 57"):
            move(old, new)
        assert (new.head(), list(new.blobs())) == (None, [])


class Written(Exception):
    """Stands for whatever may end a program."""


@pytest.mark.parametrize("late", [True, False], ids=["written to meanwhile", "interrupted"])
def test_a_move_that_is_not_finished_leaves_nothing_behind(source, address, late):
    with open_ledger(source) as old, open_ledger(address) as new:
        origin, original = new.origin, old.blobs

        def disturbed():
            yield from original()
            if not late:
                raise Written
            with open_ledger(source) as other:
                other.append([NewEntry("decision", b"{}")])

        old.blobs = disturbed
        with pytest.raises((LedgerError, Written), match=r"somebody recorded|^$"):
            move(old, new)

        assert (new.head(), list(new.blobs()), new.origin) == (None, [], origin)
        assert verify(new).ok
