"""Verification across streams, on the export of a ledger in PostgreSQL (tests/data/SOURCES.md)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from policyctl.ledger import open_ledger
from policyctl.ledger.export import ExportFile
from policyctl.ledger.moving import move
from policyctl.ledger.report import VerifyReport
from policyctl.ledger.verify import verify
from policyctl.model.errors import LedgerError
from tests.conftest import DATA

THREE = DATA / "ledger" / "three_streams.jsonl"
Lines = list[dict[str, Any]]


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[Callable[[Lines], Lines]], VerifyReport]:
    """The verification of the export after a change of its lines. The count at the end is put right."""

    def apply(change: Callable[[Lines], Lines]) -> VerifyReport:
        first, *lines, _ = map(json.loads, THREE.read_text().splitlines())
        kept = change(lines)
        whole = [first, *kept, {"end": len(kept) + 1}]
        (tmp_path / "changed.jsonl").write_text("".join(json.dumps(line) + "\n" for line in whole))
        return verify(ExportFile(tmp_path / "changed.jsonl"))

    return apply


def place(line: dict[str, Any]) -> tuple[int, int]:
    header = line.get("header", {"stream": -1, "seq": -1})
    return header["stream"], header["seq"]


def problems(report: VerifyReport) -> set[tuple[str, int | None, int | None]]:
    return {(each.kind, each.stream, each.first) for each in report.problems}


def test_an_untouched_ledger_of_three_streams_verifies(changed):
    report = changed(lambda lines: lines)

    assert report.ok, report.problems
    assert [(each.stream, each.size) for each in report.streams] == [(0, 9), (1, 4), (2, 5)]
    assert [str(each) for each in report.erased] == ["the body of entry 1:2: erased by entry 9"]


def test_a_whole_stream_that_is_gone_is_missed(changed):
    report = changed(lambda lines: [line for line in lines if place(line)[0] != 2])

    assert ("removed", 2, None) in problems(report)
    assert "removed: stream 2, opened by entry 8, is gone" in map(str, report.problems)


def test_a_stream_that_nobody_opened_does_not_belong_here(changed):
    report = changed(lambda lines: [line for line in lines if place(line) not in ((0, 8), (0, 9))])

    assert ("inserted", 2, None) in problems(report)


def test_a_body_that_is_gone_from_another_stream_than_the_one_named_is_missed(changed):
    def without_body(lines: Lines) -> Lines:
        return [{k: v for k, v in line.items() if k != "body" or place(line) != (2, 2)} for line in lines]

    assert problems(changed(without_body)) == {("removed", 2, 2)}


def test_an_erased_body_that_is_back_is_found(changed):
    def with_body(lines: Lines) -> Lines:
        return [{**line, "body": "{}"} if place(line) == (1, 2) else line for line in lines]

    assert ("changed", 1, 2) in problems(changed(with_body))


def test_an_erased_blob_that_nobody_recorded_anew_is_back(changed):
    report = changed(lambda lines: [line for line in lines if place(line) != (2, 5)])

    assert problems(report) == {("changed", 1, 3)}
    assert "was erased by entry 9 and is there again" in report.problems[0].what


def test_a_blob_that_was_recorded_anew_and_is_gone_is_missed(changed):
    body = next(json.loads(line) for line in THREE.read_text().splitlines() if '"stream":2,"seq":5' in line)["body"]
    (digest,) = json.loads(body)["blobs"].values()

    report = changed(lambda lines: [line for line in lines if line.get("blob") != digest])

    assert [(each.kind, each.blob) for each in report.problems] == [("missing", digest)]


def test_a_ledger_of_several_streams_does_not_fit_into_a_file(tmp_path):
    with open_ledger(str(tmp_path / "ledger.db")) as target:
        with pytest.raises(LedgerError, match="one stream, and this one has several"):
            move(ExportFile(THREE), target)
        assert target.head() is None


@pytest.mark.servers
def test_a_ledger_of_several_streams_is_moved_with_all_of_them(database):
    with open_ledger(database.url) as target:
        moved = move(ExportFile(THREE), target)
        report = verify(target)

        assert (moved.entries, moved.streams, report.ok) == (18, 3, True)
        assert report.streams == verify(ExportFile(THREE)).streams
        assert str(target.get("2:5").place) == "2:5"
