from __future__ import annotations

import dataclasses
import json
import stat

import pytest

from policyctl.ledger import NewEntry, open_ledger
from policyctl.ledger.checkpoint import make_checkpoint, read_checkpoint, write_checkpoint
from policyctl.ledger.keys import generate_key, load_private_key
from policyctl.ledger.verify import verify
from policyctl.model.errors import InputError, LedgerError, UsageError


@pytest.fixture
def ledger(address):
    with open_ledger(address) as ledger:
        ledger.append([NewEntry("decision", b"{}")])
        yield ledger


@pytest.fixture
def key(signed):
    return load_private_key(signed.private_key)


def test_a_checkpoint_comes_back_from_its_file(signed, tmp_path):
    write_checkpoint(tmp_path / "checkpoint.json", signed.checkpoint)

    assert read_checkpoint(tmp_path / "checkpoint.json") == signed.checkpoint
    assert [each.name for each in tmp_path.iterdir()] == ["checkpoint.json"]


def test_an_empty_ledger_can_be_signed(address, key, signed):
    with open_ledger(address) as ledger:
        checkpoint = make_checkpoint(ledger, key)
        ledger.append([NewEntry("decision", b"{}")])

        report = verify(ledger, checkpoint, signed.public_key)
    assert report.ok
    assert report.summary == "internally consistent; from entry 1 on nothing is anchored"


def test_a_ledger_that_does_not_verify_is_not_signed(copied, tampering, key):
    with tampering(copied) as connection:
        connection.execute("UPDATE entries SET time = '2020' WHERE seq = 57")

    with open_ledger(str(copied)) as ledger, pytest.raises(LedgerError, match="entry 57"):
        make_checkpoint(ledger, key)


def test_a_truncated_ledger_is_not_signed_over_its_last_checkpoint(copied, tampering, key, signed):
    with tampering(copied) as connection:
        connection.execute("DELETE FROM entries WHERE seq > 9950")
        connection.execute("DELETE FROM blobs WHERE number = 101")

    with open_ledger(str(copied)) as ledger, pytest.raises(LedgerError, match="truncated"):
        make_checkpoint(ledger, key, previous=signed.checkpoint)


def test_a_checkpoint_without_a_key_is_a_usage_error(ledger, signed):
    with pytest.raises(UsageError, match="without the key"):
        verify(ledger, signed.checkpoint)


def test_a_checkpoint_of_another_ledger_is_not_taken_for_this_ones(ledger, signed):
    report = verify(ledger, signed.checkpoint, signed.public_key)

    assert [problem.kind for problem in report.problems] == ["checkpoint", "truncated"]
    assert signed.checkpoint.origin in report.problems[0].what


def test_a_checkpoint_that_somebody_else_signed_anchors_nothing(copied, signed):
    forged = dataclasses.replace(signed.checkpoint, time="2030-01-01T00:00:00.000000Z")

    with open_ledger(str(copied), readonly=True) as ledger:
        report = verify(ledger, forged, signed.public_key)

    assert not report.ok
    assert report.streams[0].anchored == 0
    assert "signature does not hold" in str(report.problems[0])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"type": "policyctl.checkpoint"}',
        "[" * 100_000,
        '{"type":"policyctl.checkpoint","v":1,"origin":"","time":"","streams":[5],"key":"","signature":""}',
        '{"type":"policyctl.checkpoint","v":2,"origin":"","time":"","streams":[],"key":"","signature":""}',
    ],
)
def test_a_file_that_is_no_checkpoint_is_said(tmp_path, text):
    (tmp_path / "checkpoint.json").write_text(text)

    with pytest.raises(InputError, match="not a checkpoint"):
        read_checkpoint(tmp_path / "checkpoint.json")
    with pytest.raises(InputError, match="cannot be read"):
        read_checkpoint(tmp_path / "nowhere.json")


def test_a_checkpoint_that_cannot_be_written_leaves_nothing(tmp_path, signed):
    with pytest.raises(UsageError, match="cannot be written"):
        write_checkpoint(tmp_path / "nowhere" / "checkpoint.json", signed.checkpoint)
    assert list(tmp_path.iterdir()) == []


def test_keys_are_private_and_never_overwritten(tmp_path):
    private, public = tmp_path / "key.pem", tmp_path / "public.pem"

    name = generate_key(private, public, passphrase=b"correct horse")

    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    assert b"ENCRYPTED" in private.read_bytes()
    with pytest.raises(UsageError, match="not overwritten"):
        generate_key(tmp_path / "new.pem", public)
    assert not (tmp_path / "new.pem").exists()
    with pytest.raises(InputError, match="cannot be read"):
        load_private_key(tmp_path / "new.pem")
    for passphrase in (None, b"wrong"):
        with pytest.raises(InputError, match="not a private key that can be opened"):
            load_private_key(private, passphrase=passphrase)
    with pytest.raises(InputError, match="not a private key"):
        load_private_key(public)
    with open_ledger(str(tmp_path / "ledger.db")) as ledger:
        assert make_checkpoint(ledger, load_private_key(private, passphrase=b"correct horse")).key == name


def test_a_report_is_plain_json(copied, tampering, signed):
    with tampering(copied) as connection:
        connection.execute("UPDATE entries SET time = '2020' WHERE seq = 57")
    with open_ledger(str(copied), readonly=True) as ledger:
        report = verify(ledger, signed.checkpoint, signed.public_key)

    document = json.loads(json.dumps(report.document()))

    assert document["ok"] is False
    assert document["entries"] == 10_000
    assert document["problems"][1] | {"id": ""} == {
        "kind": "changed",
        "what": "its header is not the one that was recorded",
        "stream": 0,
        "first": 57,
        "last": 57,
        "id": "",
        "blob": "",
    }
