"""Amounts of a record, such as the computation that training took, are read in their decimal digits."""

from __future__ import annotations

from typing import Any

import pytest

from policyctl.collectors.reading import parse
from policyctl.collectors.records import decommissioning, gpai_model
from policyctl.model.document import Input, Location


def read(written: str) -> Input:
    text = f"policyctl: gpai_model\nid: base\nsystem: chat\ntraining_compute: {written}\n"
    (found,) = gpai_model().collect([parse(text, "model.yaml", "0" * 64, len(text))])
    return found


@pytest.mark.parametrize(
    ("written", "significand", "exponent"),
    [
        ("3.8e25", 3.8, 25),
        ('"3.8e25"', 3.8, 25),
        ("3.8E+25", 3.8, 25),
        ("38000000000000000000000000", 3.8, 25),
        ("10000000000000000000000000", 1, 25),
        ("10000000000000100000000000", 1.00000000000001, 25),
        ("0.0038e28", 3.8, 25),
        ("380", 3.8, 2),
        ("0.0", 0, 0),
        ("2.5e-1", 2.5, -1),
    ],
)
def test_an_amount_is_its_digits_and_its_power_of_ten(written: str, significand: float, exponent: int) -> None:
    (subject,) = read(written).subjects

    assert subject.facts["training_compute"] == {"significand": significand, "exponent": exponent}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("much", "is no number such as 3.8e25: 'much'"),
        ("-1.0", "is no number such as 3.8e25: -1.0"),
        ("true", "is no number such as 3.8e25: True"),
        ("'3,8e25'", "is no number such as 3.8e25: '3,8e25'"),
        ("'3.8e25 FLOP'", "is no number such as 3.8e25: '3.8e25 FLOP'"),
        ("'1e+-25'", "is no number such as 3.8e25: '1e+-25'"),
        ("[1]", "is no number such as 3.8e25: [1]"),
        ("'1.000000000000001e25'", "has more than 15 digits: '1.000000000000001e25'"),
    ],
)
def test_what_is_no_amount_is_named_with_its_line(written: str, said: str) -> None:
    found = read(written)

    assert found.status == "error"
    assert found.message == f"model.yaml:4: training_compute {said}"


def test_a_decommissioning_is_read() -> None:
    text = "policyctl: decommissioning\nid: end\nsystem: chat\nends: 2026-09-30\naccess:\n  - {name: API, removed: 2026-10-01}\n"
    (found,) = decommissioning().collect([parse(text, "end.yaml", "0" * 64, len(text))])
    (subject,) = found.subjects
    written: dict[str, Any] = {"ends": "2026-09-30", "access": [{"name": "API", "removed": "2026-10-01"}]}

    assert subject.facts == {"id": "end", "system": "chat", **written}
    assert subject.locate("end", ("access", 0, "removed")) == Location("end.yaml", 6)
