"""Shell scripts taken apart: what a program is told, whichever way it is written."""

from __future__ import annotations

import pytest

from policyctl.collectors.kubernetes.shell import pieces


def texts(script, **variables):
    return [piece.text for piece in pieces(script, {name: (value,) for name, value in variables.items()})]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("vllm serve m --trust-remote-code", ["vllm", "serve", "m", "--trust-remote-code"]),
        ('a --trust-remote"-code"', ["a", "--trust-remote-code"]),
        ("a '--trust-remote-code'", ["a", "--trust-remote-code"]),
        ("a --trust\\-remote-code", ["a", "--trust-remote-code"]),
        ("a --trust-rem\\\note-code", ["a", "--trust-remote-code"]),
        ("a $'--x'", ["a", "--x"]),
        ("a # --x", ["a"]),
        ("a b#c", ["a", "b#c"]),
        ("a >out 2>&1 <<<in --x", ["a", "--x"]),
        ("F=--x; a $F", ["a", "--x"]),
        ("export F='--x --y'\na ${F}", ["export", "a", "--x", "--y"]),
        ("if [ -n z ]; then F=--x; else F=; fi; a $F", ["if", "[", "-n", "z", "]", "then", "else", "fi", "a", "--x"]),
        ('A="--x"\nA="$A --y"\na $A', ["a", "--x", "--y"]),
        ('A="--x"\nA+=" --y"\na $A', ["a", "--x", "--y"]),
        ('A=(--x "--y")\nA+=(--z)\na "${A[@]}"', ["a", "--x", "--y", "--z"]),
        ("X=--tr; Y=ust; a $X$Y", ["a", "--trust"]),
        ("F=1; a ${F:+--x}", ["a", "--x"]),
        ("F=; a ${F:---x}", ["a", "--x"]),
        ("sh -c 'a --x'", ["sh", "-c", "a", "--x"]),
        ("F='b --x'; eval \"a $F\"", ["eval", "a", "b", "--x"]),
        ('a "$@" $((1 + 2)) $#', ["a", "0", "0"]),
        ("a don't --x", ["a", "don't", "--x"]),
    ],
)
def test_words_are_what_the_program_gets(script, expected):
    assert texts(script) == expected


def test_variables_of_the_container_are_filled_in():
    assert texts("a $F --m=$M", F="--x --y", M="org/m") == ["a", "--x", "--y", "--m=org/m"]


@pytest.mark.parametrize(
    ("script", "several"),
    [
        ("a $F", True),
        ('a "$F"', False),
        ("a $(cat /args)", True),
        ("a `cat /args`", True),
        ('a "${F:-}"', False),
        ("F=$(cat /args); a $F", True),
        ("F=${G#--}; a $F", True),
        ("a {{ .Values.args }}", True),
        ("a $'\\x2d-x'", False),
        ("a --tr{ust,}", True),
        ("M=a; M=b; a $M", False),
        ("F=--x; F=b; a --p$F", True),
    ],
)
def test_what_cannot_be_told_stays_and_says_so(script, several):
    last = pieces(script, {})[-1]

    assert (last.unresolved, last.several) == (True, several)


def test_too_many_values_are_none_that_is_known():
    script = "\n".join(f"M=m{number}" for number in range(9)) + "\na $M"

    assert pieces(script, {})[-1].unresolved


@pytest.mark.parametrize("script", ["$(" * 400, "${a:-" * 400, '"' * 401, "(" * 400, "`", "${", "$", "\\", "A=("])
def test_a_broken_script_ends(script):
    assert len(pieces(script, {})) < 1000
