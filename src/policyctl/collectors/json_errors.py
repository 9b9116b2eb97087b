"""What is wrong with a text that is not acceptable JSON, where, and what to do. Slow and thorough: runs only after a
failure.
"""

from __future__ import annotations

import json
import re
from math import isfinite

from policyctl.collectors.json_lines import LineStarts
from policyctl.collectors.json_values import TooManyValues
from policyctl.collectors.limits import Limits
from policyctl.model.printable import printable

_TOKEN = re.compile(
    r'"(?P<key>[^"\\\n]*(?:\\.[^"\\\n]*)*)"[ \t\r\n]*:|(?P<open>[{\[])|(?P<close>[}\]])|(?P<text>"[^"\\\n]*(?:\\.[^"\\\n]*)*")'
    r"|(?P<constant>NaN|-?Infinity)|(?P<float>-?[0-9]+(?:\.[0-9]+|[eE])[0-9eE+-]*)"
)
"""The tokens that may be refused, and those that tell where they stand; what lies between is passed over."""
_LONE = re.compile(r"[\ud800-\udfff]")
_EXPORT = "run terraform show -json PLANFILE > plan.json, and name plan.json"


def diagnosis(text: str, path: str, error: Exception) -> tuple[str, str]:
    """Message and hint for the `error` that parsing gave. The message begins with file, line and column."""
    if isinstance(error, TooManyValues):
        return (
            f"{printable(path)}: more than {Limits.JSON_NODES:,} values",
            "split the file; a plan gets smaller with -target, or as several roots",
        )
    if isinstance(error, json.JSONDecodeError):
        offset, what, hint = _syntax(text, error)
    else:
        offset, what, hint = _content(text)
    starts = LineStarts(text)
    return (
        f"{printable(path)}:{starts.line(offset)}:{starts.column(offset)}: {what}",
        hint,
    )


def _syntax(text: str, error: json.JSONDecodeError) -> tuple[int, str, str]:
    fix = "correct the JSON, or write it again with the tool that made it"
    offset = min(error.pos, len(text))
    rest = text[offset:].lstrip()
    if not text.strip():
        return (
            0,
            "the file is empty",
            "write the output of the tool to it again; the command may have failed",
        )
    if not rest or error.msg.startswith("Unterminated string"):
        return (
            offset,
            "the JSON ends in the middle of a value",
            "the file is cut off: write it again",
        )
    if error.msg.startswith("Extra data"):
        return offset, *_trailing(text, rest)
    if rest[0] in "/#":
        return _first_word(text, offset), *_not_json(text, "a comment is not JSON", "remove the comments")
    if rest[0] == "'":
        return offset, "JSON strings stand in double quotes", fix
    if rest[0] in "]}," and text[:offset].rstrip().endswith(","):
        return offset, "a comma with no value after it", "remove the comma"
    if error.msg.startswith("Illegal trailing comma"):
        return offset, "a comma with no value after it", "remove the comma"
    if error.msg.startswith("Invalid control character"):
        return (
            offset,
            "a line break, tab or other control character stands unescaped in a string",
            fix,
        )
    return offset, *_not_json(text, f"this is not JSON ({error.msg[:1].lower()}{error.msg[1:]})", fix)


def _trailing(text: str, rest: str) -> tuple[str, str]:
    try:
        first, _ = json.JSONDecoder().raw_decode(text.lstrip())
        json.JSONDecoder().raw_decode(rest)
    except (ValueError, RecursionError):
        return _not_json(
            text,
            "text follows the JSON value",
            "write the JSON alone to the file: standard error apart from it",
        )
    if isinstance(first, dict) and "@level" in first:
        return (
            "these are log lines of terraform plan -json, not a plan",
            f"run terraform plan -out PLANFILE, then {_EXPORT}",
        )
    return (
        "a second JSON value follows the first",
        "write each value to a file of its own, or all as one list",
    )


def _not_json(text: str, what: str, hint: str) -> tuple[str, str]:
    if '\n{"format_version"' in text:
        return (
            "other output stands around the JSON of a plan",
            "write the JSON alone to the file (in GitHub Actions: terraform_wrapper: false)",
        )
    if "\n" not in (line := text.strip()) and re.fullmatch(r"[\w.~:\\/ -]*[\\/][\w.~:\\/ -]*", line):
        return "the file holds a path, not JSON", "name the file at that path"
    return what, hint


def _first_word(text: str, offset: int) -> int:
    return offset + len(text[offset:]) - len(text[offset:].lstrip())


def _content(text: str) -> tuple[int, str, str]:
    """What the scanner accepted and we refused: the first of its kind in the text."""
    keys: list[set[str] | None] = []
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup
        if kind == "open":
            keys.append(set() if text[token.start()] == "{" else None)
            if len(keys) > Limits.DEPTH:
                what = f"nested more than {Limits.DEPTH} deep"
                return token.start(), what, "nothing that is looked at here is nested so deep"
        elif kind == "close":
            del keys[-1:]
        elif kind is not None and (refused := _refused(kind, token[kind], keys[-1] if keys else None)):
            return token.start(), *refused
    return 0, "this JSON cannot be represented", "write it again with the tool that made it"


def _refused(kind: str, token: str, keys: set[str] | None) -> tuple[str, str] | None:
    """What is wrong with one token. `keys` are those that stand before it in its object, if it stands in one."""
    if kind == "constant":
        return f"{token} is not JSON", "write null, or leave the value out"
    if kind == "float":
        if isfinite(float(token)):
            return None
        return f"the number {printable(token, 40)} cannot be represented", "write it as text"
    word = token if "\\" not in token else json.loads(f'"{token}"' if kind == "key" else token, strict=False)
    if _LONE.search(word):
        return "half of a surrogate pair (\\ud800 … \\udfff) cannot be represented", "remove it"
    if kind == "key" and keys is not None:
        if word in keys:
            return f"the key {printable(json.dumps(word), 80)} stands twice in one object", "keep one of the two"
        keys.add(word)
    return None
