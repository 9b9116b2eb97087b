"""The stand-alone verifier runs as an outsider has it: copied out, isolated from policyctl, on files."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from policyctl.ledger import NewEntry, open_ledger, verify_proof
from policyctl.ledger.checkpoint import make_checkpoint, write_checkpoint
from policyctl.ledger.keys import generate_key, load_private_key
from policyctl.ledger.proof import prove
from policyctl.model.errors import LedgerError

PROGRAM = Path(verify_proof.__file__)


@pytest.fixture
def outsider(tmp_path, signed):
    """Writes proof.json, checkpoint.json and public.pem; runs the program on them and gives (exit code, stdout, stderr)."""
    shutil.copy(PROGRAM, tmp_path / "verify_proof.py")
    write_checkpoint(tmp_path / "checkpoint.json", signed.checkpoint)
    (tmp_path / "public.pem").write_bytes(signed.public_key)

    def run(proof, *options, checkpoint=None, key=None):
        (tmp_path / "proof.json").write_text(json.dumps(proof))
        if checkpoint:
            (tmp_path / "checkpoint.json").write_text(json.dumps(checkpoint))
        if key:
            (tmp_path / "public.pem").write_bytes(key)
        names = ["proof.json", "checkpoint.json", "public.pem"]
        command = [sys.executable, "-I", "verify_proof.py", *names, *options]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr

    return run


@pytest.fixture
def proof(signed):
    with open_ledger(str(signed.path), readonly=True) as ledger:
        return prove(ledger, "5701", signed.checkpoint)


def test_an_outsider_proves_an_entry_with_nothing_of_ours_but_one_file(outsider, proof):
    code, body, words = outsider(proof, "--body")

    assert code == 0
    assert body == '{"number":5701,"outcome":"allow"}'
    assert words.startswith("proven: entry 5701 of stream 0")
    assert "the body matches" in words


def test_the_program_imports_nothing_of_ours():
    assert "import policyctl" not in PROGRAM.read_text()
    assert "from policyctl" not in PROGRAM.read_text()


@pytest.mark.parametrize("seq", [1, 2, 4096, 8192, 8193, 9999, 10_000])
def test_every_place_can_be_proven(signed, seq):
    with open_ledger(str(signed.path), readonly=True) as ledger:
        made = prove(ledger, str(seq), signed.checkpoint)

    header, body, _ = verify_proof.verified(made, signed.checkpoint.document(), signed.public_key)

    assert header["seq"] == seq
    assert json.loads(body)["number"] == seq
    assert len(made["path"]) <= 14


def changed(proof, *keys, value):
    copy = json.loads(json.dumps(proof))
    place = copy
    for key in keys[:-1]:
        place = place[key]
    place[keys[-1]] = value
    return copy


@pytest.mark.parametrize(
    ("keys", "value", "words"),
    [
        (["body"], '{"number":5701,"outcome":"deny"}', "the body is not the one"),
        (["header", "time"], "2026-05-04T12:30:15.123457Z", "not in the list"),
        (["header", "kind"], "waiver", "not in the list"),
        (["header", "seq"], 5702, "not in the list"),
        (["header", "seq"], 10_001, "no leaf"),
        (["header", "seq"], 0, "no leaf"),
        (["header", "seq"], "5701", "wrong type"),
        (["header", "seq"], True, "wrong type"),
        (["header", "stream"], 1, "does not hold stream"),
        (["header", "note"], "more", "unknown field"),
        (["path"], [], "too short"),
        (["path"], ["00" * 32] * 15, "too long"),
        (["path"], ["00" * 32] * 1000, "too long"),
        (["path", 0], "00" * 32, "not in the list"),
        (["path", 0], "zz", "not a SHA-256"),
        (["size"], 9999, "have the proof made"),
        (["origin"], "another", "different ledgers"),
        (["v"], 2, "does not know"),
        (["body"], "\ud800", "NOT PROVEN"),
    ],
)
def test_a_changed_proof_is_not_proven_and_the_reason_is_said(outsider, proof, keys, value, words):
    code, _, said = outsider(changed(proof, *keys, value=value))

    assert code == 1
    assert words in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (["time"], "2027-01-01T00:00:00.000000Z"),
        (["streams", 0, "root"], "00" * 32),
        (["streams", 0, "size"], 10_001),
        (["signature"], "AAAA"),
        (["signature"], "not base64!"),
        (["key"], "sha256:00"),
        (["streams"], []),
        (["origin"], "another"),
    ],
)
def test_a_changed_checkpoint_proves_nothing(outsider, proof, signed, keys, value):
    code, _, said = outsider(proof, checkpoint=changed(signed.checkpoint.document(), *keys, value=value))

    assert code == 1
    assert "NOT PROVEN" in said
    assert "Traceback" not in said


def test_another_key_proves_nothing(outsider, proof, tmp_path):
    generate_key(tmp_path / "other.pem", tmp_path / "other_public.pem")

    code, _, said = outsider(proof, key=(tmp_path / "other_public.pem").read_bytes())

    assert (code, "does not hold under this key" in said) == (1, True)


@pytest.mark.parametrize("key", [b"not a key", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"])
def test_a_file_that_is_no_key_is_said(outsider, proof, key):
    code, _, said = outsider(proof, key=key)

    assert code == 1
    assert "cannot be read" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("document", [[], None, 5, "text", {}])
def test_a_document_that_is_no_proof_is_said(outsider, document):
    code, _, said = outsider(document)

    assert (code, "Traceback" in said) == (1, False)


def test_a_wrong_call_or_a_missing_file_is_exit_code_2(tmp_path):
    def run(*names):
        command = [sys.executable, "-I", str(PROGRAM), *names]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert (run().returncode, "usage" in run().stderr) == (2, True)
    missing = run("a", "b", "c")
    assert (missing.returncode, "Traceback" in missing.stderr) == (2, False)


def test_an_erased_entry_is_proven_without_its_body(copied, signed):
    with open_ledger(str(copied)) as ledger:
        ledger.erase(["5701"], reason="right", actor="dpo")
        made = prove(ledger, "5701", signed.checkpoint)

    assert "body" not in made
    header, body, _ = verify_proof.verified(made, signed.checkpoint.document(), signed.public_key)
    assert (header["seq"], body) == (5701, None)


def test_a_body_that_is_no_text_is_proven_byte_for_byte(address, signed):
    with open_ledger(address) as ledger:
        ledger.append([NewEntry("evidence", b"\xff\x00")])
        checkpoint = make_checkpoint(ledger, load_private_key(signed.private_key))
        made = prove(ledger, "1", checkpoint)

    assert verify_proof.verified(made, checkpoint.document(), signed.public_key)[1] == b"\xff\x00"


def test_an_entry_younger_than_the_checkpoint_needs_a_new_one(copied, signed):
    with open_ledger(str(copied)) as ledger:
        ledger.append([NewEntry("decision", b"{}")])

        with pytest.raises(LedgerError, match="younger than the checkpoint"):
            prove(ledger, "10001", signed.checkpoint)
        assert prove(ledger, "10001")["size"] == 10_001


def test_a_ledger_that_is_not_the_signed_one_proves_nothing(copied, signed, tampering):
    with tampering(copied) as connection:
        connection.execute("UPDATE entries SET time = '2020' WHERE seq = 9")

    with open_ledger(str(copied), readonly=True) as ledger, pytest.raises(LedgerError, match="is not the one"):
        prove(ledger, "5701", signed.checkpoint)
