"""Records are read by the types of their facts: what is misspelt, or of another type, is an error with its line."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from policyctl.collectors.reading import parse
from policyctl.collectors.records import incident
from policyctl.model.document import Input, Location

WHOLE = """policyctl: incident
id: 2026-014
system: credit-scoring
title: Refusals without reason
occurred: 2026-11-02
aware: 2026-11-03
link_established: 2026-11-05
harms: [health, fundamental_rights]
widespread: false
reports:
  - to: The market surveillance authority
    day: 2026-11-10
    complete: false
    evidence: [{title: Report, link: "https://example.org/r"}]
"""


def read(text: str, path: str = "incident.yaml") -> Input:
    (found,) = incident().collect([parse(text, path, "0" * 64, len(text))])
    return found


def message(text: str) -> str:
    found = read(text)
    assert found.status == "error"
    assert found.hint
    return found.message


def test_every_key_is_read() -> None:
    (subject,) = read(WHOLE).subjects
    assert subject.kind == "incident"
    assert subject.subject == {"id": "2026-014", "path": "incident.yaml"}
    assert subject.system_id == "credit-scoring"
    assert subject.facts == {
        "id": "2026-014",
        "system": "credit-scoring",
        "title": "Refusals without reason",
        "occurred": "2026-11-02",
        "aware": "2026-11-03",
        "link_established": "2026-11-05",
        "harms": ["health", "fundamental_rights"],
        "widespread": False,
        "reports": [
            {
                "to": "The market surveillance authority",
                "day": "2026-11-10",
                "complete": False,
                "evidence": [{"title": "Report", "link": "https://example.org/r", "state": "elsewhere"}],
            }
        ],
    }


def test_what_is_left_out_stays_absent() -> None:
    (subject,) = read("policyctl: incident\nid: a\nsystem: b\n").subjects
    assert subject.facts == {"id": "a", "system": "b"}


def test_a_fact_is_found_by_its_line() -> None:
    (subject,) = read(WHOLE).subjects
    assert subject.locate("2026-014", ("reports", 0, "day")) == Location("incident.yaml", 12)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("system: b\n", "incident.yaml:1: the record has no id"),
        ("id: a\n", "incident.yaml:1: the record has no system"),
        ("id: a\nsystem: b\nawaer: 2026-11-03\n", "incident.yaml:4: the record has no key 'awaer'"),
        ("id: a\nsystem: b\naware: yesterday\n", "incident.yaml:4: aware is not a day such as 2027-03-01: 'yesterday'"),
        (
            "id: a\nsystem: b\naware: 2026-02-30\n",
            "incident.yaml:4: aware is not a day such as 2027-03-01: '2026-02-30'",
        ),
        ("id: a\nsystem: b\nharms: [deaths]\n", "incident.yaml:4: harms.0 is none of death, health,"),
        ("id: a\nsystem: b\nharms: death\n", "incident.yaml:4: harms is not a list: 'death'"),
        ("id: a\nsystem: b\nwidespread: often\n", "incident.yaml:4: widespread is not true or false: 'often'"),
        ("id: a\nsystem: b\nreports: [{day: 2026-11-10}]\n", "incident.yaml:4: reports.0 has no to"),
        ("id: a\nsystem: b\nreports: [{to: X, date: 1}]\n", "incident.yaml:4: reports.0 has no key 'date'"),
        ("id: a b\nsystem: b\n", "incident.yaml:2: id is not an id"),
        ("id: a\nsystem: b\ntitle: ' '\n", "incident.yaml:4: title is not text: ' '"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(written: str, said: str) -> None:
    assert message(f"policyctl: incident\n{written}").startswith(said)


def test_two_records_in_one_file_are_an_error() -> None:
    assert "is no record of kind incident" in message("policyctl: incident\nid: a\nsystem: b\n---\nid: c\n")


def test_evidence_is_compared_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("sent")
    digest = hashlib.sha256(b"sent").hexdigest()
    listed = f"[{{title: A, file: report.txt, sha256: {digest}}}, {{title: B, file: report.txt, sha256: {'f' * 64}}}]"
    text = f"policyctl: incident\nid: a\nsystem: b\nreports: [{{to: X, day: 2026-11-10, evidence: {listed}}}]\n"
    (subject,) = read(text, str(tmp_path / "incident.yaml")).subjects

    assert [one["state"] for one in subject.facts["reports"][0]["evidence"]] == ["same", "changed"]


def test_a_record_that_is_not_of_the_kind_is_not_recognised() -> None:
    for text in ("policyctl: system\nid: a\n", "id: a\nsystem: b\n", "[]", "policyctl: [incident]\n"):
        assert not incident().recognises(parse(text, "a.yaml", "0" * 64, len(text)))
