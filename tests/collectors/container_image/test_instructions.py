"""The lines of a Dockerfile, as BuildKit reads them."""

from __future__ import annotations

from policyctl.collectors.container_image.instructions import parse


def read(text: str) -> list[tuple[str, str, int]]:
    return [(one.name, one.text, one.line) for one in parse(text).instructions]


def test_lines_are_joined_and_comments_between_them_are_left_out() -> None:
    text = "FROM a\nRUN one \\\n  # not this\n\n  two \\  \n three\nUSER x\n"

    assert read(text) == [("FROM", "a", 1), ("RUN", "one   two  three", 2), ("USER", "x", 7)]


def test_an_escaped_sign_joins_nothing() -> None:
    assert read("FROM a\nRUN echo \\\\\nUSER x") == [("FROM", "a", 1), ("RUN", "echo \\\\", 2), ("USER", "x", 3)]


def test_another_sign_may_join_lines() -> None:
    assert read("# escape=`\nFROM a\nRUN dir `\n c:\\\nUSER x") == [
        ("FROM", "a", 2),
        ("RUN", "dir  c:\\", 3),
        ("USER", "x", 5),
    ]


def test_directives_stand_before_everything_else() -> None:
    assert parse("# Syntax = docker/dockerfile:1\n# escape=`\nFROM a").directives == {
        "syntax": "docker/dockerfile:1",
        "escape": "`",
    }
    assert parse("# a comment\n# escape=`\nFROM a").directives == {}
    assert parse("\n# escape=`\nFROM a").directives == {}


def test_what_stands_in_a_here_document_is_no_instruction() -> None:
    text = "FROM a\nRUN <<EOF\nUSER 1000\nFROM b\nEOF\nCOPY <<'A' <<-B /x/\none\nA\n\ttwo\n\tB\nUSER root\n"
    file = parse(text)

    assert [(one.name, one.line) for one in file.instructions] == [("FROM", 1), ("RUN", 2), ("COPY", 6), ("USER", 11)]
    assert [one.text for one in file.instructions[1].documents] == ["USER 1000\nFROM b"]
    assert [(one.text, one.quoted) for one in file.instructions[2].documents] == [("one", True), ("two", False)]
    assert file.problems == ()


def test_a_here_string_is_no_here_document() -> None:
    assert read("FROM a\nRUN cat <<<EOF\nUSER x") == [("FROM", "a", 1), ("RUN", "cat <<<EOF", 2), ("USER", "x", 3)]


def test_a_here_document_that_does_not_end_is_a_problem() -> None:
    assert parse("FROM a\nRUN <<EOF\nUSER 1000\n").problems == ((2, "the here-document 'EOF' does not end"),)


def test_flags_stand_before_the_arguments() -> None:
    (_, run) = parse("FROM a\nRUN --mount=type=cache,target=/x --network=none echo --no").instructions

    assert run.flags == (("mount", "type=cache,target=/x"), ("network", "none"))
    assert run.text == "echo --no"


def test_only_a_list_of_texts_is_the_json_form() -> None:
    words = [one.words for one in parse('FROM a\nCMD ["a", "b"]\nCMD ["a", 1]\nCMD [ -f x ]\nCMD a').instructions]

    assert words == [None, ["a", "b"], None, None, None]


def test_what_is_no_instruction_is_a_problem() -> None:
    assert parse("FROM a\nINCLUDE b\n").problems == ((2, "'INCLUDE' is no instruction"),)
