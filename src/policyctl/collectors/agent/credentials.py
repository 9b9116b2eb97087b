"""What is handed over as a value: whether a credential stands there literally, or where it comes from. The text itself is not kept.

The same words and shapes as everywhere tell a credential; beyond them, the headers that carry one by their definition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, Literal

from policyctl.model.facts.agent import Value
from policyctl.model.secrets import is_placeholder, is_secret, names_secret

Place = Literal["env", "header", "argument", "url", "input", "setting"]
Holds = Literal["credential", "reference", "other", "unknown"]

_SCHEME: Final = re.compile(r"^(?:bearer|basic|token|apikey|digest)\s+", re.IGNORECASE)
_CARRIERS: Final = frozenset(
    {"authorization", "proxy-authorization", "cookie", "x-api-key", "api-key", "x-auth-token", "x-goog-api-key"}
)
"""Headers whose value is a credential. Source: RFC 9110, section 11; RFC 6265; the vendors' names for keys of an interface."""
_REFERENCE: Final = re.compile(r"\$\{|\$\w|%\w+%|\{\{")


def values(mapping: Any, place: Place, path: list[str | int]) -> Iterator[Value]:
    """Of the variables or headers in a mapping of names to values. What is no mapping may hold anything."""
    if isinstance(mapping, Mapping):
        for name, value in mapping.items():
            yield _value(place, name, value, [*path, name])
    elif mapping is not None:
        yield _held(place, "", "unknown", path)


def argument_values(arguments: Sequence[object], path: list[str | int]) -> Iterator[Value]:
    """Of the arguments that hold a credential, or that are handed one by a reference; the others are nobody's concern."""
    for index, argument in enumerate(arguments):
        if not isinstance(argument, str):
            continue
        before = arguments[index - 1] if index else ""
        name = before if isinstance(before, str) and re.fullmatch(r"--?[A-Za-z][\w-]*", before) else ""
        carried = argument.partition(":")
        header = carried[0].strip().lower() in _CARRIERS and bool(carried[1])
        if header and (held := _value("argument", carried[0].strip(), carried[2], [*path, index]))["holds"] != "other":
            yield held
        elif is_secret(name, argument):
            yield _held("argument", name, "credential", [*path, index])
        elif _REFERENCE.search(argument) and (names_secret(name) or names_secret(argument.partition("=")[0])):
            yield _held("argument", name, "reference", [*path, index])


def url_values(url: str, path: list[str | int]) -> Iterator[Value]:
    """Of a URL: a password before its host, a key in its query."""
    yield _held(
        "url", "url", "credential" if is_secret("", url) else "reference" if _REFERENCE.search(url) else "other", path
    )


def input_values(inputs: Any, path: list[str | int]) -> Iterator[Value]:
    """Of inputs that the editor asks for: one that hides what is typed must not say what that is by default."""
    for index, asked in enumerate(inputs if isinstance(inputs, list) else ()):
        if isinstance(asked, Mapping) and isinstance(asked.get("default"), str):
            name, default = str(asked.get("id", "")), asked["default"]
            literal = (
                asked.get("password") is True and bool(default.strip()) and not is_placeholder(default)
            ) or is_secret(name, default)
            yield _held("input", name, "credential" if literal else "other", [*path, index, "default"])


def setting_values(value: Any, path: list[str | int], name: str = "") -> Iterator[Value]:
    """Of all other settings: the credentials among the texts in them. The reader has limited how deep they nest."""
    if isinstance(value, str):
        if is_secret(name, value):
            yield _held("setting", name, "credential", path)
    elif isinstance(value, Mapping):
        for key, below in value.items():
            yield from setting_values(below, [*path, key], key)
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from setting_values(below, [*path, index], name)


def _value(place: Place, name: str, value: Any, path: list[str | int]) -> Value:
    if isinstance(value, bool) or value is None:
        return _held(place, name, "other", path)
    if not isinstance(value, str):
        number: Holds = "credential" if names_secret(name) else "other"
        return _held(place, name, number if isinstance(value, int | float) else "unknown", path)
    bare = _SCHEME.sub("", value.strip()) if place != "env" else value
    if is_secret(name, bare) or is_secret("", value):
        return _held(place, name, "credential", path)
    if _REFERENCE.search(value):
        return _held(place, name, "reference", path)
    literal = name.lower() in _CARRIERS and bool(bare.strip()) and not is_placeholder(bare)
    return _held(place, name, "credential" if literal else "other", path)


def _held(place: Place, name: str, holds: Holds, path: list[str | int]) -> Value:
    return {"path": path, "place": place, "name": name, "holds": holds}
