from __future__ import annotations

import json

import pytest

from policyctl.ledger import NewEntry, open_ledger
from policyctl.ledger.export import ExportFile, export
from policyctl.ledger.verify import verify
from policyctl.model.errors import InputError, LedgerError


@pytest.fixture
def exported(signed, tmp_path):
    """The whole ledger of 10,000 entries, exported with its blobs."""
    path = tmp_path / "export.jsonl"
    with open_ledger(str(signed.path), readonly=True) as ledger, path.open("wb") as file:
        file.writelines(export(ledger, blobs=True))
    return path


def problems(path, signed):
    report = verify(ExportFile(path), signed.checkpoint, signed.public_key)
    return [(each.kind, each.first, each.last) for each in report.problems]


def test_an_export_is_verified_like_its_ledger(exported, signed):
    report = verify(ExportFile(exported), signed.checkpoint, signed.public_key)

    assert (report.ok, report.entries, report.blobs, report.streams[0].anchored) == (True, 10_000, 101, 10_000)
    assert report.streams[0].root == signed.checkpoint.streams[0].root


def test_a_line_is_a_header_a_hash_and_a_body(exported):
    lines = exported.read_text().splitlines()

    assert set(json.loads(lines[1])) == {"header", "hash", "body"}
    assert json.loads(lines[1])["body"] == '{"number":1,"outcome":"allow"}'
    assert json.loads(lines[-1]) == {"end": len(lines) - 1}


def test_an_export_without_blobs_says_nothing_of_them(signed, tmp_path):
    path = tmp_path / "export.jsonl"
    with open_ledger(str(signed.path), readonly=True) as ledger:
        path.write_bytes(b"".join(export(ledger)))

    report = verify(ExportFile(path))

    assert (report.ok, report.blobs) == (True, None)


ENTRY_75_TWICE = {("removed", 57, 57), ("reordered", 58, 74), ("inserted", 75, 75)}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda lines: lines[:5701] + lines[5702:], {("removed", 5701, 5701), ("schema", None, None)}),
        (lambda lines: lines[:-1], {("schema", None, None)}),
        (lambda lines: [*lines[:9001], *lines[10_001:-3]], {("schema", None, None), ("truncated", 9001, 10_000)}),
        (lambda lines: [*lines[:57], lines[75], *lines[58:]], ENTRY_75_TWICE),
        (
            lambda lines: [*lines[:57], lines[57].replace("allow", "deny!"), *lines[58:]],
            {("changed", 57, 57)},
        ),
        (
            lambda lines: [*lines[:57], lines[57].replace('"decision"', '"waiver"'), *lines[58:]],
            {("changed", 57, 57)},
        ),
        (lambda lines: [*lines[:10_003], *lines[10_004:]], {("schema", None, None), ("missing", 200, 200)}),
    ],
)
def test_a_changed_export_is_found(exported, signed, change, found):
    lines = exported.read_text().splitlines(keepends=True)
    exported.write_text("".join(change(lines)))

    as_a_whole = {("checkpoint", 1, 10_000)}
    assert set(problems(exported, signed)) - as_a_whole == found


def test_lines_in_another_order_are_found(exported, signed):
    lines = exported.read_text().splitlines(keepends=True)
    lines[57], lines[58] = lines[58], lines[57]
    exported.write_text("".join(lines))

    assert set(problems(exported, signed)) == {("reordered", 57, 57), ("checkpoint", 1, 10_000)}


@pytest.mark.parametrize("line", ["{", "[]", '{"header": 5}', '{"header": {}, "body_base64": "!"}', "\x00"])
def test_a_line_that_cannot_be_read_is_damage_not_a_traceback(exported, signed, line):
    lines = exported.read_text().splitlines(keepends=True)
    exported.write_text("".join([*lines[:57], line + "\n", *lines[57:]]))

    assert "damaged" in {kind for kind, _, _ in problems(exported, signed)}


def test_an_erased_body_stays_erased_in_the_export(address, tmp_path):
    with open_ledger(address) as ledger:
        ledger.append([NewEntry("decision", b"{}"), NewEntry("evidence", b"\xff")])
        ledger.erase(["1"], reason="right", actor="dpo")
        (tmp_path / "export.jsonl").write_bytes(b"".join(export(ledger, blobs=True)))

    report = verify(ExportFile(tmp_path / "export.jsonl"))

    assert report.ok
    assert [str(each) for each in report.erased] == ["the body of entry 1: erased by entry 3"]


def test_a_tampered_ledger_is_not_exported_as_if_it_were_sound(copied, tampering):
    with tampering(copied) as connection:
        connection.execute("UPDATE entries SET kind = x'00' WHERE seq = 57")

    with open_ledger(str(copied), readonly=True) as ledger, pytest.raises(LedgerError, match="entry 57 was changed"):
        list(export(ledger))


@pytest.mark.parametrize("content", [b"", b"{}\n", b'{"type": "policyctl.export", "v": 2}\n', b"{"])
def test_a_file_that_is_no_export_is_said(tmp_path, content):
    (tmp_path / "export.jsonl").write_bytes(content)

    with pytest.raises((InputError, LedgerError)):
        ExportFile(tmp_path / "export.jsonl")
