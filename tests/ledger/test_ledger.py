"""What every ledger does, in a file and in a database."""

from __future__ import annotations

import hashlib
import os
import threading

import pytest

from policyctl.ledger import NewEntry, open_ledger
from policyctl.ledger.verify import verify
from policyctl.model.errors import LedgerError

DOCUMENT = b'{"facts": {}}' * 40
DIGEST = hashlib.sha256(DOCUMENT).hexdigest()
NAMING = b'{"blobs": {"document": "%s"}}' % DIGEST.encode()


def test_an_entry_is_found_by_its_id_the_beginning_of_it_and_its_number(address):
    with open_ledger(address) as ledger:
        first, second = ledger.append([NewEntry("decision", b'{"a": 1}'), NewEntry("waiver", b"\x00\xff")])

        assert (first.seq, first.prev, second.seq, second.prev) == (1, "0" * 64, 2, first.hash)
        assert [ledger.get(name) for name in (second.id, second.id[:24], second.id.upper(), "2")] == [second] * 4
        assert ledger.body(second.id) == b"\x00\xff"
        assert ledger.head() == second
        assert first.body_sha256 == hashlib.sha256(b'{"a": 1}').hexdigest()


def test_listing_turns_pages_in_both_directions(address):
    with open_ledger(address) as ledger:
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


def test_a_blob_is_stored_once(address):
    with open_ledger(address) as ledger:
        ledger.append([NewEntry("decision", NAMING, {DIGEST: DOCUMENT}), NewEntry("decision", NAMING)])
        ledger.append([NewEntry("decision", NAMING, {DIGEST: DOCUMENT})])

        assert [digest for digest, _ in ledger.blobs()] == [DIGEST]


def test_a_blob_is_here_once_an_entry_has_named_it_and_until_it_is_erased(address):
    with open_ledger(address) as ledger:
        before = ledger.holds(DIGEST)
        ledger.append([NewEntry("decision", NAMING, {DIGEST: DOCUMENT})])
        recorded = ledger.holds(DIGEST)
        ledger.erase([DIGEST], reason="r", actor="a")

        assert (before, recorded, ledger.holds(DIGEST)) == (False, True, False)


@pytest.mark.parametrize("noise", [os.urandom(3000), bytes(5_000_000), b""], ids=["random", "zeros", "empty"])
def test_bytes_come_back_however_much_they_shrink(address, noise):
    digest = hashlib.sha256(noise).hexdigest()
    with open_ledger(address) as ledger:
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
        (NewEntry("stream", b"{}"), "recorded by the ledger itself"),
    ],
)
def test_an_entry_that_could_not_be_proven_is_refused_with_its_whole_batch(address, entry, message):
    with open_ledger(address) as ledger:
        with pytest.raises(LedgerError, match=message) as refusal:
            ledger.append([NewEntry("decision", b"{}"), entry])

        assert refusal.value.hint
        assert list(ledger.entries()) == []
        assert list(ledger.blobs()) == []


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("9", "no entry 9"),
        ("1:1", "no entry 1:1"),
        ("0:0", "not an entry's id"),
        ("ffff", "no entry ffff"),
        ("", "not an entry's id"),
        ("x' OR 1=1 --", "not an entry's id"),
        ("0", "begins more than one id"),
        ("٣", "not an entry's id"),
    ],
)
def test_a_name_of_no_entry_or_several_is_an_error(address, name, message):
    with open_ledger(address) as ledger:
        ledger.append([NewEntry("decision", b"{}"), NewEntry("decision", b"{}")])

        with pytest.raises(LedgerError, match=message):
            ledger.get(name)


def test_a_missing_blob_is_named_and_ends_in_exit_code_4(address):
    with open_ledger(address) as ledger, pytest.raises(LedgerError, match=f"blob {DIGEST} is missing") as error:
        ledger.blob(DIGEST)

    assert error.value.exit_code == 4


def test_reading_only_changes_nothing_and_cannot(address):
    open_ledger(address).close()
    with open_ledger(address, readonly=True) as ledger:
        with pytest.raises(LedgerError, match="for reading only"):
            ledger.append([NewEntry("decision", b"{}")])
        with pytest.raises(LedgerError, match="for reading only"):
            ledger.erase(["1"], reason="r", actor="a")


def test_threads_share_a_ledger(address):
    with open_ledger(address) as ledger:
        threads = [
            threading.Thread(target=lambda: [ledger.append([NewEntry("decision", b"{}")]) for _ in range(20)])
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert len(list(ledger.entries("decision"))) == 80
        assert verify(ledger).ok


def test_what_was_appended_is_there_after_opening_it_again(address):
    with open_ledger(address) as ledger:
        appended = ledger.append([NewEntry("decision", NAMING, {DIGEST: DOCUMENT})])
        origin = ledger.origin
    with open_ledger(address, readonly=True) as ledger:
        assert list(ledger.entries()) == appended
        assert ledger.blob(DIGEST) == DOCUMENT
        assert ledger.origin == origin
        assert (ledger.flaws(), verify(ledger).ok) == ([], True)


def test_a_probe_appends_nothing(address):
    with open_ledger(address) as ledger:
        appended = ledger.append([NewEntry("decision", NAMING, {DIGEST: DOCUMENT})])
        ledger.probe()
        assert list(ledger.entries("decision")) == appended
        assert (ledger.flaws(), verify(ledger).ok) == ([], True)


def test_an_empty_batch_appends_nothing(address):
    with open_ledger(address) as ledger:
        assert ledger.append([]) == []
        assert ledger.head() is None
