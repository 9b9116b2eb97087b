"""Attestations are read as they are written, or refused with the line: one that is not understood would count for nothing."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from policyctl.collectors.attestations import Attesting, holds_attestations, read_attestations
from policyctl.collectors.reading import parse
from policyctl.model.content import Content
from policyctl.model.errors import InputError

DIGEST = "0f3c" + "0" * 60
WHOLE = f"""policyctl: attestations
attestations:
  - control: OVS-001
    systems: [credit-scoring, churn]
    conclusion: met
    statement: Two clerks are assigned.
    by: {{name: Maria Keller, role: Head of Retail Risk, contact: m.keller@example.com}}
    first_day: 2026-09-15
    last_day: 2027-09-14
    evidence:
      - title: Minutes
        sha256: {DIGEST}
        link: https://example.com/minutes
"""


def content_of(text: str) -> Content:
    return parse(text, "attestations.yaml", "0" * 64, len(text))


def read(text: str, folder: str = "/nowhere") -> list[Attesting]:
    return read_attestations(content_of(text), folder)


def test_every_key_is_read() -> None:
    (one,) = read(WHOLE)

    assert (one.control, one.systems) == ("OVS-001", ("credit-scoring", "churn"))
    assert (one.location.file, one.location.line) == ("attestations.yaml", 3)
    assert one.attestation == {
        "conclusion": "met",
        "statement": "Two clerks are assigned.",
        "by": {"name": "Maria Keller", "role": "Head of Retail Risk", "contact": "m.keller@example.com"},
        "first_day": "2026-09-15",
        "last_day": "2027-09-14",
        "days": 365,
        "evidence": [
            {"title": "Minutes", "sha256": DIGEST, "link": "https://example.com/minutes", "state": "elsewhere"}
        ],
    }


def test_an_attestation_of_one_day_is_for_one_day() -> None:
    (one,) = read(WHOLE.replace("2027-09-14", "2026-09-15"))

    assert one.attestation["days"] == 1


def test_evidence_may_be_left_out() -> None:
    (one,) = read(WHOLE[: WHOLE.index("    evidence:")])

    assert one.attestation["evidence"] == []


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("  - control: OVS-001\n    systems", "  - systems", 3, "has no control"),
        ("conclusion: met", "conclusion: yes", 5, "none of met, not_met, not_applicable: True"),
        ("conclusion: met", "conclusion: passed", 5, "none of met, not_met, not_applicable"),
        ("statement: Two clerks are assigned.", "statement: ''", 6, "statement is not text"),
        ("    statement: Two clerks are assigned.\n", "", 3, "has no statement"),
        ("systems: [credit-scoring, churn]", "systems: []", 4, "names at least one system"),
        ("systems: [credit-scoring, churn]", "systems: [churn, churn]", 4, "named twice"),
        ("systems: [credit-scoring, churn]", "systems: '*'", 4, "not a list"),
        ("systems: [credit-scoring, churn]", "systems: ['*']", 4, "not an id"),
        ("{name: Maria Keller, role: Head of Retail Risk, contact: m.keller@example.com}", "Maria", 7, "not a mapping"),
        ("role: Head of Retail Risk, ", "", 7, "a person has no role"),
        ("name: Maria Keller, ", "", 7, "a person has no name"),
        ("contact:", "email:", 7, "no key 'email'"),
        ("first_day: 2026-09-15", "on: 2026-09-15", 8, "no key 'true'"),
        ("first_day: 2026-09-15", "first_day: 15.9.2026", 8, "not a day"),
        ("last_day: 2027-09-14", "last_day: 2026-09-14", 9, "is before the first"),
        ("    last_day: 2027-09-14\n", "", 3, "has no last_day"),
        (DIGEST, DIGEST[:-1], 12, "no SHA-256 digest"),
        (DIGEST, DIGEST.upper(), 12, "no SHA-256 digest"),
        ("title: Minutes", "name: Minutes", 11, "no key 'name'"),
        (f"        sha256: {DIGEST}\n        link: https://example.com/minutes\n", "", 11, "none of them"),
        (f"        sha256: {DIGEST}\n", "        file: gone.md\n", 11, "a file and no sha256"),
        ("policyctl: attestations\n", "policyctl: attestations\nversion: 1\n", 2, "no key 'version'"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(old: str, new: str, line: int, what: str) -> None:
    assert old in WHOLE
    with pytest.raises(InputError) as caught:
        read(WHOLE.replace(old, new))

    assert caught.value.message.startswith(f"attestations.yaml:{line}: ")
    assert what in caught.value.message
    assert caught.value.hint


def test_a_control_is_attested_once_for_a_system() -> None:
    again = WHOLE[WHOLE.index("  - control") :].replace("[credit-scoring, churn]", "[churn]")

    with pytest.raises(InputError, match=r"attestations.yaml:14: OVS-001 is attested for churn twice"):
        read(WHOLE + again)
    assert len(read(WHOLE + again.replace("churn", "loans"))) == 2


@pytest.mark.parametrize("text", ["", "attestations: []\n", WHOLE + "---\n" + WHOLE])
def test_one_marked_mapping_is_expected(text: str) -> None:
    with pytest.raises(InputError, match="holds no attestations"):
        read(text)


def test_a_merge_that_readers_disagree_about_is_refused() -> None:
    base = "x: &x {conclusion: met}\n"
    text = WHOLE.replace("    conclusion: met\n", "    conclusion: not_met\n    <<: {conclusion: met}\n")

    with pytest.raises(InputError, match="cannot be told"):
        read(text)
    with pytest.raises(InputError, match="no key 'x'"):
        read(base + WHOLE)


def test_evidence_at_hand_is_compared_with_what_was_attested(tmp_path: Path) -> None:
    minutes = tmp_path / "minutes.md"
    minutes.write_text("as they were\n")
    digest = hashlib.sha256(minutes.read_bytes()).hexdigest()
    text = WHOLE.replace(DIGEST, digest).replace("link: https://example.com/minutes", "file: minutes.md")

    def state() -> str:
        return read(text, str(tmp_path))[0].attestation["evidence"][0]["state"]

    assert state() == "same"
    minutes.write_text("as they are now\n")
    assert state() == "changed"
    minutes.unlink()
    assert state() == "missing"
    minutes.mkdir()
    assert state() == "missing"


def test_a_file_without_a_digest_is_refused_and_its_digest_told(tmp_path: Path) -> None:
    (tmp_path / "minutes.md").write_text("as they are now\n")
    digest = hashlib.sha256(b"as they are now\n").hexdigest()
    text = WHOLE.replace(f"sha256: {DIGEST}", "file: minutes.md")

    with pytest.raises(InputError, match=f"now it is {digest}"):
        read(text, str(tmp_path))


def test_a_file_is_known_by_its_mark() -> None:
    assert holds_attestations(content_of(WHOLE))
    assert not holds_attestations(content_of("attestations: []\n"))
    assert not holds_attestations(content_of("policyctl: system\n"))
