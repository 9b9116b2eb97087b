"""Files of waivers: what is read, and that everything which could be read in two ways is refused with its line."""

from __future__ import annotations

import hashlib

import pytest

from policyctl.collectors.reading import parse
from policyctl.collectors.waivers import WaiversWrong, describes_waivers, read_waivers
from policyctl.model.content import Content
from policyctl.model.waiver import Waiver

HEAD = "policyctl: waivers\nwaivers:\n"
KEYS = {
    "id": "W-1",
    "control": "SEC-001",
    "system": "scoring",
    "resource": "aws_x.this",
    "owner": "Retail Risk",
    "reason": "It moves.",
    "compensating_control": "One subnet only.",
    "ticket": "RISK-7",
    "requester": "sam@example.org",
    "approver": "kim@example.org",
    "first_day": "2026-11-01",
    "last_day": "2026-11-30",
}


def entry(**changes: str | None) -> str:
    """One waiver, with these values (as YAML) in place of its own; None: without the key."""
    values = {**KEYS, **changes}
    lines = [f"{key}: {value}" for key, value in values.items() if value is not None]
    return "  - " + "\n    ".join(lines) + "\n"


def content(text: str, path: str = "waivers.yaml") -> Content:
    return parse(text, path, hashlib.sha256(text.encode()).hexdigest(), len(text.encode()))


def read(text: str) -> list[Waiver]:
    return [one.waiver for one in read_waivers(content(text), trusted=True)]


def problems(text: str) -> list[str]:
    with pytest.raises(WaiversWrong) as raised:
        read(text)
    return raised.value.problems


def test_a_waiver_is_read_with_where_it_comes_from() -> None:
    text = HEAD + entry(code="no_key")
    (waiver,) = read(text)

    assert waiver == {
        **KEYS,
        "code": "no_key",
        "self_approved": False,
        "source": {"path": "waivers.yaml", "sha256": hashlib.sha256(text.encode()).hexdigest(), "trusted": True},
    }


def test_days_need_no_quotes_and_have_the_same_value_with_them() -> None:
    assert read(HEAD + entry(first_day='"2026-11-01"'))[0]["first_day"] == "2026-11-01"


def test_json_is_yaml_too() -> None:
    assert read('{"policyctl": "waivers", "waivers": []}') == []


def test_each_waiver_has_its_line() -> None:
    listed = read_waivers(content(HEAD + entry() + entry(id="W-2")), trusted=False)

    assert [one.line for one in listed] == [3, 15]


@pytest.mark.parametrize("key", list(KEYS))
def test_every_key_is_needed(key: str) -> None:
    assert problems(HEAD + entry(**{key: None})) == [f"waivers.yaml:3: the waiver has no {key}"]


@pytest.mark.parametrize("key", [*KEYS, "code"])
@pytest.mark.parametrize(
    "value", ["", "''", "'  '", "null", "true", "7", "[]", "[a, b]", "{a: b}", "'\u200b'", "'...'"]
)
def test_every_value_is_text_that_says_something(key: str, value: str) -> None:
    (problem,) = problems(HEAD + entry(**{"code": "no_key", key: value}))

    assert problem.startswith("waivers.yaml:")
    assert key in problem


@pytest.mark.parametrize(
    "pattern",
    [
        "'*'",
        "'**'",
        "'?*'",
        "'*.*'",
        "'*/*'",
        "a*",
        "'*a*b*c*'",
        "aws_x.thi?",
        "' aws_x.this'",
        "'aws_x.this '",
        '"aws\\n_x"',
    ],
)
def test_a_pattern_that_names_nothing_is_refused(pattern: str) -> None:
    (problem,) = problems(HEAD + entry(resource=pattern))

    assert problem.startswith("waivers.yaml:6: resource")


@pytest.mark.parametrize(
    "pattern", ["aws_*", "'*.this'", "Deployment.apps/prod/vllm-*", "'module.a[0].aws_x.this[\"b\"]'"]
)
def test_a_pattern_that_names_something_is_taken(pattern: str) -> None:
    assert read(HEAD + entry(resource=pattern))[0]["resource"] == pattern.strip("'")


@pytest.mark.parametrize(
    "day",
    [
        "2026-11-31",
        "2026-02-29",
        "2026-1-01",
        "01.11.2026",
        "2026-W45-1",
        "20261101",
        "2026-11-01T00:00:00Z",
        "1999-12-31",
        "9999-12-31",
    ],
)
@pytest.mark.parametrize("key", ["first_day", "last_day"])
def test_a_day_is_a_day_of_the_calendar_in_one_form(key: str, day: str) -> None:
    (problem,) = problems(HEAD + entry(**{key: day}))

    assert f"{key} is not a day" in problem


def test_a_waiver_that_ends_before_it_begins_is_refused() -> None:
    (problem,) = problems(HEAD + entry(first_day="2026-11-30", last_day="2026-11-29"))

    assert problem == "waivers.yaml:14: the last day, 2026-11-29, is before the first"


def test_one_day_is_a_time() -> None:
    assert read(HEAD + entry(first_day="2026-11-30", last_day="2026-11-30"))


@pytest.mark.parametrize("control", ["sec-001", "SEC-1", "SEC-*", "*", "SEC-0011", "SEC-001 "])
def test_a_control_is_named_exactly(control: str) -> None:
    assert "control is not one such as SEC-001" in problems(HEAD + entry(control=f"'{control}'"))[0]


def test_a_key_that_there_is_not_is_refused() -> None:
    assert problems(HEAD + entry(resources="aws_x.this")) == ["waivers.yaml:15: a waiver has no key 'resources'"]
    assert problems(HEAD + entry() + "wavers: []\n") == ["waivers.yaml:15: there is no key 'wavers' here"]


def test_each_wrong_waiver_is_named() -> None:
    text = HEAD + entry(owner="''") + entry(id="W-2") + entry(id="W-3", reason="[]")

    assert [problem.split(":")[1] for problem in problems(text)] == ["7", "32"]


def test_an_id_given_twice_is_refused() -> None:
    assert problems(HEAD + entry() + entry()) == ["waivers.yaml:15: W-1 is given twice"]


@pytest.mark.parametrize(
    "text",
    [
        "policyctl: waivers\nwaivers: &all\n" + entry(),
        HEAD + entry(reason="&why It moves.", ticket="*why"),
        "base: &base {}\npolicyctl: waivers\nwaivers:\n" + entry(owner=None) + "    <<: *base\n",
    ],
)
def test_anchors_are_refused(text: str) -> None:
    assert all("an anchor or alias" in problem for problem in problems(text))


@pytest.mark.parametrize(
    "text",
    [
        "waivers: []\n",
        "policyctl: system\nwaivers: []\n",
        HEAD + entry() + "---\n" + HEAD + entry(id="W-2"),
        "- policyctl: waivers\n",
        "policyctl: waivers\n",
        "policyctl: waivers\nwaivers:\n",
        "policyctl: waivers\nwaivers: {W-1: {}}\n",
        "policyctl: waivers\nwaivers: [W-1]\n",
    ],
)
def test_what_is_no_list_of_waivers_is_refused(text: str) -> None:
    assert problems(text)


def test_who_asks_and_approves_is_found_out_through_other_spellings() -> None:
    (waiver,) = read(HEAD + entry(requester="Sam Lee", approver="'S\u0430m  lee'"))

    assert waiver["self_approved"]


def test_a_name_and_an_address_cannot_be_told_apart() -> None:
    (problem,) = problems(HEAD + entry(requester="Sam Lee"))

    assert problem.startswith("waivers.yaml:12: of requester and approver one is a mail address")


def test_a_credential_in_a_reason_does_not_travel() -> None:
    (waiver,) = read(HEAD + entry(ticket="https://sam:hunter2secret@tracker.example.org/7"))

    assert "hunter2secret" not in str(waiver)


def test_a_list_of_waivers_is_told_from_other_yaml() -> None:
    assert describes_waivers(content(HEAD + entry()))
    assert not describes_waivers(content("waivers: []\n"))
