"""INI files: sections of keys, as the Go package ini reads them for Conftest.

Keys above the first section are left out, as Conftest leaves them out. Numbers and true or false are told from text by Go's rules.
"""

from __future__ import annotations

import configparser
import re
from typing import Any

from policyctl.collectors.configuration.parsed import Parsed, plain
from policyctl.model.errors import InputError
from policyctl.model.printable import printable

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_HEXADECIMAL = re.compile(r"[+-]?0[xX]([0-9a-fA-F]+\.?[0-9a-fA-F]*|\.[0-9a-fA-F]+)[pP][+-]?\d+", re.ASCII)
_WORDS = {
    **dict.fromkeys(("t", "T", "TRUE", "true", "True"), True),
    **dict.fromkeys(("f", "F", "FALSE", "false", "False"), False),
}
_NO_DEFAULT = "\0"
_ABOVE = "DEFAULT"


class _Sections(configparser.RawConfigParser):
    """Keys keep their case."""

    def optionxform(self, optionstr: str) -> str:
        return optionstr


def read_ini(text: str, path: str) -> Parsed:
    """The sections by name. Raises InputError for what is no INI, and for values over several lines in quotes, which are not read."""
    parser = _Sections(
        default_section=_NO_DEFAULT,
        strict=False,
        delimiters=("=", ":"),
        comment_prefixes=("#", ";"),
        empty_lines_in_values=False,
    )
    try:
        parser.read_string(f"[{_ABOVE}]\n" + "\n".join(_joined(text, path)), path)
    except configparser.Error as error:
        said = " ".join(str(error).split())
        raise InputError(f"{printable(path)}: this is not INI: {printable(said)}", hint="correct the file") from error
    sections = {
        name: {_key(key): _value(value) for key, value in parser.items(name)}
        for name in parser.sections()
        if name != _ABOVE
    }
    return Parsed((plain(sections),))


def _joined(text: str, path: str) -> list[str]:
    """The lines, those that end with a backslash joined with the next; no line is indented, which would continue the one above."""
    lines: list[str] = []
    joins = False
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if joins:
            lines[-1] += line
        else:
            lines.append(line)
        joins = lines[-1].endswith("\\") and not lines[-1].startswith(("#", ";"))
        if joins:
            lines[-1] = lines[-1].removesuffix("\\")
        value = lines[-1].partition("=")[2].strip()
        if value.startswith(('"""', "`")):
            raise InputError(
                f"{printable(path)}:{number}: values in {value[0]} quotes are not read", hint="write it on one line"
            )
    return lines


def _key(key: str) -> str:
    return key[1:-1].strip() if len(key) > 1 and key[0] == key[-1] == '"' else key


def _value(text: str) -> Any:
    """The value without what stands behind # or ;, and without the quotes around it."""
    bare = re.split("[#;]", text, maxsplit=1)[0].strip()
    for quote in "\"'":
        if len(bare) > 1 and bare[0] == bare[-1] == quote and bare.count(quote) == 2:
            bare = bare[1:-1]
            break
    if _HEXADECIMAL.fullmatch(bare):
        return float.fromhex(bare)
    if _NUMBER.fullmatch(bare) and abs(number := float(bare)) != float("inf"):
        return number
    return _WORDS.get(bare, bare)
