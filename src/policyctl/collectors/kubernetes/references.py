"""Variables that hand their value on as a credential, under a name that does not say so.

"HF_TOKEN: $(X)", "--api-key=$(X)" and "export HF_TOKEN=$X" make a credential of X; so do parts that are put together
to one. Told by what masking would do to the text with the value filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from policyctl.model.secrets import conceal, is_secret, names_secret

Named = tuple[str, str]
"""A text and the name that it stands under."""

_MENTION = re.compile(r"\$(?:\((\w+)\)|\{(\w+)\}|(\w+))")
_MOST_PASSES = 4
_LONGEST = 65_536


def carriers(container: Mapping[str, Any], unseen: str = "") -> frozenset[str]:
    """The variables in `env` of a container whose plain value is used as a credential.

    With `unseen`, a stand-in for a value, those that take theirs from elsewhere.
    """
    entries = container.get("env")
    if not isinstance(entries, list):
        return frozenset()
    written = dict(_given(entries, unseen))
    given = {name: _resolved(value, written) for name, value in written.items()}
    texts = [*_variables(entries), *_arguments(container)]
    mentioned = {name for _, text in texts for name in _mentions(text)} & given.keys()
    if not mentioned:
        return frozenset()
    found: set[str] = set()
    for _ in range(_MOST_PASSES):
        more = {name for name in mentioned - found if _makes_secret(texts, {name: given[name]}, found)}
        if not more:
            break
        found |= more
    together = {name for named in texts for name in _together(named, {key: given[key] for key in mentioned})}
    return frozenset(found | together)


def _given(entries: Sequence[Any], unseen: str) -> Iterator[tuple[str, str]]:
    for entry in entries:
        if isinstance(entry, dict) and isinstance(name := entry.get("name"), str):
            value = unseen if unseen and entry.get("valueFrom") is not None else entry.get("value")
            if isinstance(value, str) and value and not is_secret(name, value):
                yield name, value


def _variables(entries: Sequence[Any]) -> Iterator[Named]:
    for entry in entries:
        if isinstance(entry, dict) and isinstance(entry.get("value"), str):
            yield str(entry.get("name")), entry["value"]


def _arguments(container: Mapping[str, Any]) -> Iterator[Named]:
    for key in ("command", "cmd", "args", "script", "source"):
        value = container.get(key)
        before = ""
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str):
                yield (before if before[:1] == "-" and names_secret(before) and "=" not in before else key), text
                before = text


def _resolved(text: str, values: Mapping[str, str]) -> str:
    for _ in range(_MOST_PASSES):
        text, before = _filled(text, values)[:_LONGEST], text
        if text == before:
            break
    return text


def _mentions(text: str) -> set[str]:
    return {found[1] or found[2] or found[3] for found in _MENTION.finditer(text)}


def _makes_secret(texts: Sequence[Named], values: Mapping[str, str], carrying: set[str]) -> bool:
    """Whether a credential appears where the values are filled in. A variable that is one hands its name on."""
    for name, text in texts:
        if not values.keys() & _mentions(text):
            continue
        called = "credential" if name in carrying else name
        if _filled(conceal(called, text), values) != conceal(called, _filled(text, values)):
            return True
    return False


def _together(named: Named, values: Mapping[str, str]) -> set[str]:
    """The variables that make a credential only together."""
    mentioned = _mentions(named[1]) & values.keys()
    held = {name: values[name] for name in mentioned}
    alone = any(_makes_secret([named], {name: value}, set()) for name, value in held.items())
    return mentioned if len(mentioned) > 1 and not alone and _makes_secret([named], held, set()) else set()


def _filled(text: str, values: Mapping[str, str]) -> str:
    def given(found: re.Match[str]) -> str:
        return values.get(found[1] or found[2] or found[3], found[0])

    return _MENTION.sub(given, text)
