import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyctl.collectors.json_lines import JsonLines
from policyctl.collectors.json_values import deeper_than, parse_json
from policyctl.collectors.limits import Limits
from policyctl.model.errors import InputError


def message_of(text: str) -> str:
    with pytest.raises(InputError) as caught:
        parse_json(text, "a.json")
    assert caught.value.hint
    return caught.value.message


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("9007199254740992", 9007199254740992),
        ("9007199254740993", "9007199254740993"),
        ("-9007199254740993", "-9007199254740993"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        ("[1234567890123456, 1e-400, -0, 1.5]", [1234567890123456, 0.0, 0, 1.5]),
        ('"\\ud83d\\ude00"', "😀"),
        (' {"a": [true, null]} \r\n', {"a": [True, None]}),
    ],
)
def test_values(text: str, value: Any) -> None:
    assert parse_json(text, "a.json") == value


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("", "1:1", "empty"),
        ('{"a": NaN}', "1:7", "NaN is not JSON"),
        ("[1,\n -Infinity]", "2:2", "-Infinity is not JSON"),
        ("[1e400]", "1:2", "cannot be represented"),
        ('{"a": "\\ud800"}', "1:7", "surrogate"),
        ('{"a": 1,\n "b": {"x": 1,\n "x": 2}}', "3:2", '"x" stands twice'),
        ('{"a": 1, "\\u0061": 2}', "1:10", '"a" stands twice'),
        ('{"a": {"a": 1}, "a": 2}', "1:17", '"a" stands twice'),
        ("[1, 2,]", "1:7", "comma"),
        ('{"a": 1,}', "1:9", "comma"),
        ("{'a': 1}", "1:2", "double quotes"),
        ("[1] // why", "1:5", "text follows"),
        ("// why\n[1]", "1:1", "comment"),
        ("[1] [2]", "1:5", "second JSON value"),
        ('{"a": "b', "1:7", "ends in the middle"),
        ("[[1, 2]", "1:8", "ends in the middle"),
        ('{"a": "b\tc"}', "1:9", "unescaped"),
        ("[" * 201 + "]" * 201, "1:201", "nested more than 200 deep"),
        ("[" * 100_000, "1:201", "nested more than 200 deep"),
        ('{"a":' * 5000 + "1" + "}" * 5000, "1:1001", "nested more than 200 deep"),
    ],
)
def test_what_is_refused_has_its_place_and_a_hint(text: str, where: str, what: str) -> None:
    message = message_of(text)

    assert message.startswith(f"a.json:{where}: ")
    assert what in message


def test_two_hundred_levels_are_allowed() -> None:
    value = parse_json("[" * 200 + "]" * 200, "a.json")

    assert not deeper_than(value, 200)
    assert deeper_than(value, 199)


def test_more_values_than_the_limit_are_refused_without_parsing_them() -> None:
    began = time.perf_counter()

    assert "values" in message_of("[" + "0," * Limits.JSON_NODES + "0]")
    assert time.perf_counter() - began < 1


def test_the_same_key_in_different_objects_is_fine() -> None:
    assert parse_json('[{"a": {"a": 1}}, {"a": 2}]', "a.json") == [{"a": {"a": 1}}, {"a": 2}]


def test_control_characters_of_a_key_do_not_reach_the_message() -> None:
    assert "\x1b" not in message_of('{"\\u001b[31m": 1, "\\u001b[31m": 2}')


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON)
def test_what_json_writes_is_read_back(value: Any) -> None:
    assert parse_json(json.dumps(value), "a.json") == value


@given(st.text(alphabet='{}[]",:\\u019dD8eE+-. \n/*"NaInfity', max_size=60))
def test_nothing_but_an_input_error_is_raised(text: str) -> None:
    try:
        value: Any = parse_json(text, "a.json")
    except InputError as error:
        value = (error.message, error.hint)

    json.dumps(value, allow_nan=False, ensure_ascii=False).encode()


LINES = """{
  "format_version": "1.2",
  "resource_changes": [
    {"address": "a", "change": {"actions": ["create"]}},
    {
      "address": "b\\"]}",
      "change": {
        "actions":
          ["no-op"]
      }
    }
  ],
  "last": 123456789012345678901234567890
}"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 1),
        (("format_version",), 2),
        (("resource_changes",), 3),
        (("resource_changes", 0), 4),
        (("resource_changes", 0, "change", "actions", 0), 4),
        (("resource_changes", 1), 5),
        (("resource_changes", 1, "address"), 6),
        (("resource_changes", 1, "change", "actions"), 8),
        (("resource_changes", 1, "change", "actions", 0), 9),
        (("last",), 13),
        (("resource_changes", 1, "change", "after", "kms_key_id"), 7),
        (("resource_changes", 7), 3),
        (("resource_changes", "address"), 3),
        (("absent", "deeper"), 1),
    ],
)
def test_lines_are_those_of_keys_and_of_the_nearest_ancestor(path: tuple[str | int, ...], line: int) -> None:
    assert JsonLines(LINES)(0, path) == line


def test_lines_do_not_depend_on_the_order_of_questions() -> None:
    lines = JsonLines(LINES)

    assert [lines(0, ("last",)), lines(0, ("resource_changes", 1, "address")), lines(0, ("format_version",))] == [
        13,
        6,
        2,
    ]
