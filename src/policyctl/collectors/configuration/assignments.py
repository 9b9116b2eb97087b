"""Files of names and values: dotenv, and Java's properties. Every value is text.

Sources: the format notes of the Go package gotenv; the documentation of java.util.Properties.load.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from policyctl.collectors.configuration.parsed import Parsed
from policyctl.model.errors import InputError
from policyctl.model.printable import printable

_ASSIGNMENT = re.compile(r"\s*(?:export\s+)?([\w.]+)(?:\s*=\s*|:\s+)(.*)", re.DOTALL)
_REFERENCE = re.compile(r"(\\)?\$(?:\{([A-Z0-9_]+)\}|([A-Z0-9_]+))")
_ESCAPE = re.compile(r"\\([^$])")
_CONTROL = {"n": "\n", "r": "\r", "t": "\t", "f": "\f"}
_PROPERTY = re.compile(r"((?:\\.|[^\\ \t\f=:])*)[ \t\f]*[=:]?[ \t\f]*(.*)", re.DOTALL)
_SEQUENCE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)


def read_dotenv(text: str, path: str) -> Parsed:
    """NAME=value, quoted or not. $NAME stands for what the file gave NAME before.

    What the file does not give comes, in Conftest, from the environment of whoever runs it: that is a doubt here.
    """
    values: dict[str, str] = {}
    outside: dict[str, None] = {}

    def filled(found: re.Match[str]) -> str:
        if found[1]:
            return found[0][1:]
        name = found[2] or found[3]
        if name not in values:
            outside[name] = None
        return values.get(name, "")

    for number, line in _logical(text, path):
        assigned = _ASSIGNMENT.fullmatch(line)
        if assigned is None:
            raise _error(path, number, "no NAME=value")
        name, value = assigned[1], assigned[2].strip()
        quote, inner = _quoted(value)
        if quote is None:
            raise _error(path, number, "text behind the closing quote")
        if quote == '"':
            inner = _ESCAPE.sub(r"\1", inner.replace(r"\n", "\n").replace(r"\r", "\r"))
        values[name] = inner if quote == "'" else _REFERENCE.sub(filled, inner)
    doubts = tuple(f"${name} comes from the environment of whoever reads this" for name in outside)
    return Parsed((values,), doubts=doubts)


def read_properties(text: str, path: str) -> Parsed:
    """Keys and values of a properties file. ${references} stay as they are written."""
    values: dict[str, str] = {}
    for number, line in _continued(text):
        found = _PROPERTY.fullmatch(line)
        if found is None or not found[1]:
            raise _error(path, number, "no key")
        values[_unescaped(found[1], path, number)] = _unescaped(found[2], path, number)
    return Parsed((values,))


def _logical(text: str, path: str) -> Iterator[tuple[int, str]]:
    """The assignments with their lines; one whose quote is not closed goes on in the next line."""
    lines = iter(enumerate(re.split(r"\r\n|\r|\n", text), start=1))
    for number, raw in lines:
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        value = re.split("[=:]", line, maxsplit=1)[-1].strip() if re.search("[=:]", line) else ""
        quote = value[:1] if value[:1] in ("'", '"') else ""
        while quote and not _closes(line[line.index(quote) + 1 :], quote):
            more = next(lines, None)
            if more is None:
                raise _error(path, number, f"the quote {quote} is not closed")
            line += "\n" + more[1]
        yield number, line


def _closes(text: str, quote: str) -> bool:
    return re.search(rf"(?<!\\){quote}", text) is not None


def _quoted(value: str) -> tuple[str | None, str]:
    """The quote of a value and what is inside it; no quote, and the value without its comment; None where something follows it."""
    for quote in ("'", '"'):
        if value.startswith(quote):
            found = re.match(rf"{quote}((?:\\.|[^\\{quote}])*){quote}\s*(#.*)?\Z", value, re.DOTALL)
            return (quote, found[1]) if found else (None, "")
    return "", value.partition("#")[0].strip()


def _continued(text: str) -> Iterator[tuple[int, str]]:
    """The logical lines: a backslash at the end joins the next line, without the space that it begins with."""
    begun = ""
    first = 0
    for number, raw in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        line = raw.lstrip(" \t\f")
        if not begun and (not line or line[0] in "#!"):
            continue
        first = first or number
        begun += line
        if (len(line) - len(line.rstrip("\\"))) % 2:
            begun = begun[:-1]
            continue
        yield first, begun
        begun, first = "", 0
    if begun:
        yield first, begun


def _unescaped(text: str, path: str, number: int) -> str:
    if re.search(r"(?<!\\)(\\\\)*\\u(?![0-9a-fA-F]{4})", text):
        raise _error(path, number, r"\u without four hexadecimal digits")
    plain = _SEQUENCE.sub(lambda found: chr(int(found[1], 16)) if found[1] else _CONTROL.get(found[2], found[2]), text)
    if re.search("[\ud800-\udfff]", plain):
        raise _error(path, number, "half of a surrogate pair")
    return plain


def _error(path: str, number: int, what: str) -> InputError:
    return InputError(f"{printable(path)}:{number}: {what}", hint="correct the line")
