import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyctl.collectors.limits import Limits
from policyctl.collectors.yaml_lines import YamlLines
from policyctl.collectors.yaml_scalars import CORE, KUBERNETES
from policyctl.collectors.yaml_values import parse_yaml
from policyctl.model.errors import InputError


def values(text: str) -> list[Any]:
    return list(parse_yaml(text, "a.yaml").values)


def message_of(text: str) -> str:
    with pytest.raises(InputError) as caught:
        parse_yaml(text, "a.yaml")
    assert caught.value.hint
    return caught.value.message


# What sigs.k8s.io/yaml v1.6.0 (kubectl) printed for the same text, but for 9007199254740993, which becomes text here.
AS_KUBECTL = {
    "NO": False,
    "off": False,
    "yes": True,
    "n": False,
    "True": True,
    "1.20": 1.2,
    "0755": 493,
    "0o17": 15,
    "08": 8,
    "12:30:45": "12:30:45",
    "2025-08-02": "2025-08-02",
    "1e3": 1000,
    "0xFF": 255,
    "-0x1F": -31,
    "0b11": 3,
    "1_000": 1000,
    "+.5": 0.5,
    "1.": 1,
    "+1": 1,
    "~": None,
    "": None,
    "1e400": "1e400",
    "9007199254740993": "9007199254740993",
    "!!str 12": "12",
    "! 12": "12",
    '!!int "12"': 12,
    "!!bool yes": True,
    "!!float 3": 3,
    '!!null ""': None,
    '"yes"': "yes",
    "'12'": "12",
    "| \n  12\n": "12\n",
    "v1": "v1",
    "1.2.3": "1.2.3",
}


@pytest.mark.parametrize("text", AS_KUBECTL)
def test_scalars_are_what_kubectl_makes_of_them(text: str) -> None:
    found = values(f"a: {text}\n")[0]["a"]

    assert found == AS_KUBECTL[text]
    assert isinstance(found, bool) == isinstance(AS_KUBECTL[text], bool)


def test_in_the_core_schema_no_is_the_norwegian_language() -> None:
    text = "language: [no, y, on, true, 0o17, 017, 1_000, 12:30, ~]"

    assert parse_yaml(text, "a.md", CORE).values == (
        {"language": ["no", "y", "on", True, 15, 17, "1_000", "12:30", None]},
    )


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a: 1\nb:\n  c: 1\n  c: 2\n", 4, "'c' stands twice"),
        ("1: a\n'1': b\n", 2, "'1' stands twice"),
        ("on: 1\ntrue: 2\n", 2, "'true' stands twice"),
        ("a: !Ref x\n", 1, "'!Ref' means nothing"),
        ("a: !!python/name:builtins.print\n", 1, "means nothing"),
        ("a: !!set {b, c}\n", 1, "means nothing"),
        ("a: !!int x\n", 1, "is no int"),
        ("a: 1\n? [b]\n: c\n", 2, "a key is a list or a mapping"),
        ("a: 1\n~: c\n", 2, "a key is null"),
        ("a: .nan\n", 1, "cannot be represented"),
        ("a: -.Inf\n", 1, "cannot be represented"),
        ("a: &a\n  b: *a\n", 2, "inside what it names"),
        ("a: *b\n", 1, "names no anchor"),
        ("<<: 1\n", 1, "no mapping"),
        ("<<: {a: 1}\n<<: {b: 1}\n", 2, "'<<' stands twice"),
        ("[" * 201 + "]" * 201, 1, "nested more than 200 deep"),
        ("[" * 500_000, 1, "nested more than 200 deep"),
        ("- " * 201 + "a", 1, "nested more than 200 deep"),
    ],
)
def test_what_is_refused_has_its_line_and_a_hint(text: str, line: int, what: str) -> None:
    message = message_of(text)

    assert message.startswith(f"a.yaml:{line}: ")
    assert what in message


@pytest.mark.parametrize("text", ["a: [1\n", 'a: "b\n', "a:\n\tb: 1\n", "a: b: c\n", "a: \x00\n", "%YAML 3.0\n---\n"])
def test_what_is_not_yaml_is_said_with_its_place(text: str) -> None:
    assert message_of(text).startswith("a.yaml")


def test_a_template_is_told_from_broken_yaml() -> None:
    with pytest.raises(InputError) as caught:
        parse_yaml('kind: Pod\nmetadata:\n  {{- include "labels" . | nindent 2 }}\n', "a.yaml")

    assert "helm template" in caught.value.hint


def test_documents_without_content_are_left_out() -> None:
    assert values("# only\n---\n---\na: 1\n---\nnull\n---\n# end\n") == [{"a": 1}]
    assert values("") == values("# nothing\n") == values("---\n---\n...\n") == []


def test_an_anchor_ends_with_its_document() -> None:
    assert "names no anchor" in message_of("a: &a 1\n---\nb: *a\n")


def test_aliases_are_copies() -> None:
    found = values("a: &a {b: [1]}\nc: *a\n")[0]

    assert found == {"a": {"b": [1]}, "c": {"b": [1]}}
    assert found["a"] is not found["c"]
    assert found["a"]["b"] is not found["c"]["b"]


def test_aliases_may_not_multiply_nodes() -> None:
    lines = ["a0: &a0 [1, 2, 3, 4, 5, 6, 7, 8, 9]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]

    assert "aliases make this far larger" in message_of("\n".join(lines))


def test_aliases_may_not_multiply_text() -> None:
    text = "a: &a " + "x" * 10_000 + "\nb: [" + ", ".join(["*a"] * 1000) + "]\n"

    assert len(text) < Limits.ALIAS_CHARACTERS
    assert "aliases make this far larger" in message_of(text)


def test_aliases_may_not_add_depth() -> None:
    deep = "a: &a " + "[" * 150 + "]" * 150 + "\nb: " + "[" * 60 + "*a" + "]" * 60 + "\n"

    assert "aliases nest more than 200 deep" in message_of(deep)


def test_the_depth_of_an_alias_in_an_alias_counts() -> None:
    lines = ["a0: &a0 " + "[" * 60 + "]" * 60]
    lines += [f"a{n}: &a{n} {'[' * 60}*a{n - 1}{']' * 60}" for n in range(1, 4)]

    assert "aliases nest more than 200 deep" in message_of("\n".join(lines))


MERGES = """defaults: &d
  runAsNonRoot: true
  privileged: false
before:
  <<: *d
  privileged: true
several:
  <<: [*d, {runAsNonRoot: false, readOnlyRootFilesystem: true}]
after:
  privileged: true
  <<: *d
"""


def test_merge_keys_are_honoured_as_yaml_says() -> None:
    found = values(MERGES)[0]

    assert found["before"] == {"runAsNonRoot": True, "privileged": True}
    assert found["several"] == {"runAsNonRoot": True, "privileged": False, "readOnlyRootFilesystem": True}
    assert found["after"] == {"runAsNonRoot": True, "privileged": True}


def test_a_key_before_a_merge_that_says_otherwise_is_a_doubt_because_kubectl_takes_the_other() -> None:
    doubts = parse_yaml("x: 1\n---\n" + MERGES, "a.yaml").doubts

    assert [(document, path) for document, path, _ in doubts] == [(1, ("after", "privileged"))]


def test_a_merge_of_the_same_value_is_no_doubt() -> None:
    assert parse_yaml("a: &a {b: 1}\nc:\n  - b: 1\n    <<: *a\n", "a.yaml").doubts == ()


def test_a_quoted_merge_sign_is_a_key() -> None:
    assert values("'<<': {a: 1}\n") == [{"<<": {"a": 1}}]


LINES = """# comment
apiVersion: v1
kind: Pod
metadata:
  labels: &labels
    app: x
spec:
  containers:
    - name: a
      image: >-
        folded
    -
      name: b
  selector: *labels
---
# nothing
---
kind: Second
1: {on: [a,
  b]}
"""


@pytest.mark.parametrize(
    ("document", "path", "line"),
    [
        (0, (), 2),
        (0, ("metadata",), 4),
        (0, ("metadata", "labels", "app"), 6),
        (0, ("spec", "containers"), 8),
        (0, ("spec", "containers", 0), 9),
        (0, ("spec", "containers", 0, "image"), 10),
        (0, ("spec", "containers", 1), 13),
        (0, ("spec", "containers", 1, "name"), 13),
        (0, ("spec", "containers", 0, "securityContext", "privileged"), 9),
        (0, ("spec", "selector", "app"), 14),
        (1, ("kind",), 18),
        (1, ("1", "true", 1), 20),
        (2, (), None),
    ],
)
def test_lines_are_those_of_keys_and_of_the_nearest_ancestor(
    document: int, path: tuple[str | int, ...], line: int | None
) -> None:
    assert YamlLines(LINES)(document, path) == line


def test_the_first_line_may_be_another_than_one() -> None:
    assert YamlLines("a: 1\nb: 2\n", KUBERNETES, first_line=10)(0, ("b",)) == 11
    with pytest.raises(InputError) as caught:
        parse_yaml("a: 1\na: 2\n", "a.md", first_line=10)
    assert caught.value.message.startswith("a.md:11: ")


def paths(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(below for key, child in children for below in paths(child, (*path, key)))]


SIGNS = "ab1[]{},'\"|>#%@~ \n\t\r\u2028é\ufeff\x7f"
WORDS = ("\n  ", "- ", "? ", ": ", "&a ", "*a ", "<<: ", "!!str ", "!x ", "---\n", "...\n", "on", "0x", ".nan")
PIECES = st.sampled_from([*SIGNS, *WORDS])


@given(st.lists(PIECES, max_size=40).map("".join))
def test_nothing_but_an_input_error_is_raised_and_every_node_has_a_line(text: str) -> None:
    found: tuple[Any, ...] = ()
    try:
        found = parse_yaml(text, "a.yaml").values
    except InputError as error:
        message = error.message
    else:
        message = "a.yaml is accepted"

    assert message.startswith("a.yaml")
    json.dumps(found, allow_nan=False, ensure_ascii=False).encode()
    lines = YamlLines(text)
    for index, value in enumerate(found):
        for path in paths(value):
            assert lines(index, path) is not None


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=["C"])),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["C"])), inner),
    )
)
def test_json_is_read_as_json(value: Any) -> None:
    found = parse_yaml("- " + json.dumps(value, ensure_ascii=False), "a.yaml").values

    assert found == ([value],)
