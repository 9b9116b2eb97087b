import json

import pytest

from policyctl.model.printable import printable, quiet_json


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plan.json", "plan.json"),
        ("Modèle de crédit 模型", "Modèle de crédit 模型"),
        ("\x1b[31mred\x1b[0m\x07", r"\x1b[31mred\x1b[0m\x07"),
        ("two\nlines\r", r"two\nlines\r"),
        ("\u202eexe.txt", r"\u202eexe.txt"),
        ("\udcff.yaml", r"\udcff.yaml"),
        ("\u2028", r"\u2028"),
    ],
)
def test_what_a_terminal_would_act_on_becomes_visible(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_long_text_is_cut_at_the_limit() -> None:
    assert printable("abcdef", 6) == "abcdef"
    assert printable("abcdefg", 6) == "abcde…"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("x##vso[task.setvariable variable=a]b", r"x\x23#vso[task.setvariable variable=a]b"),
        ("##[error]no", r"\x23#[error]no"),
        ("###[group]", r"#\x23#[group]"),
        ("##VSO[task.complete]", r"\x23#VSO[task.complete]"),
        ("##\u00advso[task.complete]", r"##\xadvso[task.complete]"),
        ("::add-mask::pass", r"\x3a:add-mask::pass"),
        ("a ::set-output name=b::c", r"a \x3a:set-output name=b::c"),
        ("a\n::error file=x,line=1::c", r"a\n\x3a:error file=x,line=1::c"),
        ("# a heading, ## another [one]", "# a heading, ## another [one]"),
        ("arn:aws:iam::aws:policy/x arn:aws:s3:::bucket/key", "arn:aws:iam::aws:policy/x arn:aws:s3:::bucket/key"),
    ],
)
def test_what_a_build_agent_would_act_on_loses_its_effect(text: str, shown: str) -> None:
    assert printable(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "##vso[a]",
        "###[b]",
        "##\u00advso[c]",
        "\\##[d]",
        '"##[e]"',
        "#\u200b#[f]",
        "\x9b2J\x7f",
        "\u2028::debug::g",
        "\u202eh",
        "\udcff",
    ],
)
def test_json_says_the_same_without_what_a_terminal_or_a_build_agent_would_act_on(text: str) -> None:
    written = quiet_json(json.dumps({"a": text}, ensure_ascii=False))

    assert json.loads(written) == {"a": text}
    assert written.isprintable()
    assert "##" not in written
