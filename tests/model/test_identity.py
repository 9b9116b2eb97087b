"""Two names of one person are one; two people stay two."""

from __future__ import annotations

import pytest

from policyctl.model.identity import is_address, same_person


@pytest.mark.parametrize(
    "other",
    [
        "Sam Lee",
        "sam lee",
        " Sam  Lee ",
        "Sam\u00a0Lee",
        "Sam\u200b Lee",
        "S\u00e1m Lee",
        "\uff33am Lee",
        "S\u0430m L\u0435\u0435",
        "S\u03b1m Lee",
        "Lee, Sam",
        "Sam-Lee",
        "@samlee",
        "Sam L ee",
    ],
)
def test_what_an_eye_may_miss_makes_nobody_else(other: str) -> None:
    assert same_person("Sam Lee", other)


@pytest.mark.parametrize(
    "other",
    [
        "SAM@example.org",
        "sam+approver@example.org",
        "Sam Lee <sam@example.org>",
        "s.am@example.org",
        "sam@ex\u0430mple.org",
    ],
)
def test_an_address_is_compared_without_what_stands_around_it(other: str) -> None:
    assert same_person("sam@example.org", other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sam Lee", "Kim Roy"),
        ("Sam Lee", "Sam Leigh"),
        ("sam@example.org", "kim@example.org"),
        ("sam@example.org", "sam@example.com"),
        ("\u0410\u043d\u043d\u0430", "\u0410\u043d\u0434\u0440\u0435\u0439"),
        ("\u5c71\u7530", "\u7530\u4e2d"),
    ],
)
def test_two_people_are_two(one: str, other: str) -> None:
    assert not same_person(one, other)


def test_a_handle_is_no_address() -> None:
    assert is_address("Sam Lee <sam@example.org>")
    assert not is_address("@sam")
    assert not is_address("Sam Lee")
