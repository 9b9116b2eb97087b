from __future__ import annotations

import hashlib
import json
import uuid
from datetime import UTC, datetime, timedelta, timezone

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from policyctl.ledger.entry import Entry, header_bytes, new_id, timestamp
from policyctl.ledger.verify_proof import canonical

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
COUNT = st.integers(-(2**53) + 1, 2**53 - 1)
ASCII_NAMES = st.text(st.characters(max_codepoint=127))
VALUES = st.recursive(
    st.none() | st.booleans() | COUNT | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ASCII_NAMES, inner, max_size=4),
)


@given(COUNT, COUNT, COUNT, TEXT, TEXT, TEXT, TEXT, TEXT)
def test_a_header_is_written_as_the_rfc8785_library_writes_it(v, stream, seq, id, time, kind, body_sha256, prev):
    entry = Entry(v, stream, seq, id, time, kind, body_sha256, prev)

    assert entry.header_bytes() == rfc8785.dumps(entry.header())
    assert entry.hash == hashlib.sha256(rfc8785.dumps(entry.header())).hexdigest()


@given(VALUES)
def test_the_outsiders_canonical_json_is_that_of_the_rfc8785_library(value):
    assert canonical(value) == rfc8785.dumps(value)


def test_canonical_json_refuses_what_is_not_a_number():
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical({"value": float("nan")})


@pytest.mark.parametrize("seq", ["5", None, 5.0])
def test_a_number_of_another_type_is_not_written_like_a_number(seq):
    with pytest.raises((TypeError, ValueError)):
        header_bytes(1, 0, seq, "id", "time", "kind", "body", "prev")


def test_text_cannot_forge_another_field():
    honest = header_bytes(1, 0, 5, "id", "time", "decision", "body", "prev")
    forged = header_bytes(1, 0, 5, 'id","kind":"decision', "time", "decision", "body", "prev")

    assert json.loads(forged)["kind"] == "decision"
    assert forged != honest


def test_an_id_is_a_uuid_of_version_7_that_tells_its_millisecond():
    moment = datetime(2026, 5, 4, 12, 30, 15, 123456, tzinfo=UTC)

    made = uuid.UUID(new_id(moment))

    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == 1777897815123


def test_ids_are_in_the_order_of_their_microseconds_and_never_the_same():
    start = datetime(2026, 5, 4, 12, 30, 15, 998000, tzinfo=UTC)
    ids = [new_id(start + timedelta(microseconds=number)) for number in range(3000)]

    assert ids == sorted(ids)
    assert len({new_id(start) for _ in range(1000)}) == 1000


def test_a_time_is_written_in_utc_with_microseconds():
    zone = timezone(timedelta(hours=2))

    assert timestamp(datetime(2026, 5, 4, 1, 0, tzinfo=zone)) == "2026-05-03T23:00:00.000000Z"


def test_a_clock_without_zone_is_refused():
    with pytest.raises(ValueError, match="aware"):
        timestamp(datetime(2026, 5, 4))
