"""Variables in Dockerfiles and compose files, filled in as far as the file tells.

Source: the Dockerfile reference ("Environment replacement") and the compose specification ("Interpolation").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

Known = Mapping[str, str | None]
"""What the variables are; None stands for a value that nobody here knows, and so does a name that is not there."""

_VARIABLE = re.compile(r"\$(?:(\w+)|\{)")
_INSIDE = re.compile(r"([A-Za-z_]\w*)(?:(:?[-+?])(.*))?", re.DOTALL)
_DEEPEST = 8


def unquoted(text: str, known: Known, escape: str = "\\") -> str:
    """A word of a Dockerfile without its quotes, its variables filled in; those that are not known stay as written."""
    return "".join(_parts(text, known, escape))


def _parts(text: str, known: Known, escape: str) -> Iterator[str]:
    at = 0
    quote = ""
    while at < len(text):
        sign = text[at]
        if sign == quote:
            quote = ""
        elif not quote and sign in "'\"":
            quote = sign
        elif sign == escape and quote != "'" and at + 1 < len(text):
            at += 1
            yield text[at] if not quote or text[at] in f'"${escape}' else escape + text[at]
        elif sign == "$" and quote != "'":
            value, at = _value(text, at, known)
            yield value
            continue
        else:
            yield sign
        at += 1


def filled(text: str, known: Known, depth: int = 0) -> str:
    """A text with its variables filled in, quotes left alone; those that are not known stay as written."""
    parts: list[str] = []
    at = 0
    while (dollar := text.find("$", at)) >= 0:
        parts.append(text[at:dollar])
        value, at = _value(text, dollar, known, depth)
        parts.append(value)
    return "".join(parts) + text[at:]


def interpolated(text: str) -> str:
    """A text of a compose file with the defaults of its variables; "$$" becomes a dollar sign.

    A variable without a default stays, as "${NAME}".
    """
    return "$".join(filled(part, {}) for part in text.split("$$")) if "$" in text else text


def is_open(text: str) -> bool:
    """Whether a variable in the text is not known."""
    return _VARIABLE.search(text) is not None


def _value(text: str, at: int, known: Known, depth: int = 0) -> tuple[str, int]:
    """What the variable at a dollar sign is, and where it ends."""
    found = _VARIABLE.match(text, at)
    if found is None:
        return "$", at + 1
    if found[1]:
        value = known.get(found[1])
        return (f"${{{found[1]}}}" if value is None else value), found.end()
    end = _closing(text, found.end())
    return _braced(text[at : end + 1], text[found.end() : end], known, depth), end + 1


def _braced(written: str, inside: str, known: Known, depth: int) -> str:
    found = _INSIDE.fullmatch(inside)
    if found is None or depth > _DEEPEST:
        return written
    value, sign, word = known.get(found[1]), found[2] or "", found[3] or ""
    if sign.endswith("-"):
        # Nobody sets it here, so the default holds; an ARG that is declared and empty is set.
        unset = found[1] not in known or (value == "" and sign == ":-")
        return filled(word, known, depth + 1) if unset or value is None else value
    if sign.endswith("+"):
        unset = value == "" and sign == ":+"
        return written if value is None else "" if unset else filled(word, known, depth + 1)
    return f"${{{found[1]}}}" if value is None else value


def _closing(text: str, at: int) -> int:
    depth = 1
    while at < len(text):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if depth == 0:
            return at
        at += 1
    return len(text)
