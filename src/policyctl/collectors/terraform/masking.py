"""Emptying what is sensitive, before anything else sees it.

A masked text becomes "", everything else null, and its path is told. What is null, "" or empty hides nothing and stays
as it is, so that "a secret that nobody set" can still be told from "a secret".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from policyctl.collectors.terraform.addresses import Word
from policyctl.collectors.terraform.configuration import Configuration, Names

SHORTEST = 6
"""Shorter values of sensitive variables ("true", "eu") are too common to be looked for."""

Secrets = re.Pattern[str]


def secrets(plan: Mapping[str, Any], configuration: Configuration) -> Secrets | None:
    """A pattern for the values of all sensitive variables; Terraform before 0.15 marks none where they turn up."""
    found: set[str] = set()
    for names, module in configuration.modules.items():
        for name, variable in module.variables.items():
            if isinstance(variable, dict) and variable.get("sensitive") not in (None, False):
                found.update(_texts(variable.get("default")))
                for value in _values_of(plan, configuration, names, name):
                    found.update(_texts(value))
    long = {text for text in found if len(text) >= SHORTEST}
    # A text inside a JSON-encoded value is written with JSON's escapes.
    long |= {json.dumps(text)[1:-1] for text in long} | {json.dumps(text, ensure_ascii=False)[1:-1] for text in long}
    return re.compile("|".join(re.escape(text) for text in sorted(long, key=len, reverse=True))) if long else None


def masked(values: dict[str, Any], marks: tuple[Any, ...], pattern: Secrets | None) -> tuple[dict[str, Any], list[str]]:
    """The values with everything sensitive emptied, and the paths (dotted, with indexes) of what was."""
    paths: dict[str, None] = {}
    emptied: Any = values
    for mark in marks:
        if mark is True:
            mark = dict.fromkeys(values, True)
        if mark:
            emptied = _marked(emptied, mark, "", paths)
    if pattern is not None:
        emptied = _searched(emptied, pattern, "", paths)
    return emptied, list(paths)


def _marked(value: Any, mark: Any, path: str, paths: dict[str, None]) -> Any:
    if mark is True:
        return _emptied(value, path, paths)
    if isinstance(mark, dict) and isinstance(value, dict):
        changed = {
            name: _marked(value[name], inner, f"{path}.{name}" if path else name, paths)
            for name, inner in mark.items()
            if inner and name in value
        }
        return value if all(value[name] is new for name, new in changed.items()) else {**value, **changed}
    if isinstance(mark, list) and isinstance(value, list):
        new = [
            _marked(one, inner, f"{path}.{index}", paths) if inner else one
            for index, (one, inner) in enumerate(zip(value, mark, strict=False))
        ]
        return value if all(a is b for a, b in zip(value, new, strict=False)) else new + value[len(new) :]
    return value


def _searched(value: Any, pattern: Secrets, path: str, paths: dict[str, None]) -> Any:
    if isinstance(value, str):
        return _emptied(value, path, paths) if pattern.search(value) else value
    if isinstance(value, dict):
        if any(pattern.search(name) for name in value):
            return _emptied(value, path, paths)
        changed = {
            name: _searched(one, pattern, f"{path}.{name}" if path else name, paths) for name, one in value.items()
        }
        return value if all(value[name] is new for name, new in changed.items()) else changed
    if isinstance(value, list):
        new = [_searched(one, pattern, f"{path}.{index}", paths) for index, one in enumerate(value)]
        return value if all(a is b for a, b in zip(value, new, strict=True)) else new
    return value


def _emptied(value: Any, path: str, paths: dict[str, None]) -> Any:
    if value is None or value == "" or value == [] or value == {}:
        return value
    paths[path] = None
    return "" if isinstance(value, str) else None


def _values_of(plan: Mapping[str, Any], configuration: Configuration, names: Names, name: str) -> Iterator[Any]:
    """The values that a variable has: given to the root, or handed down to a module as a constant or a variable."""
    for _ in range(len(names) + 1):
        if not names:
            given = (plan.get("variables") or {}).get(name)
            yield given.get("value") if isinstance(given, dict) else None
            root = configuration.modules.get(())
            declared = root.variables.get(name) if root else None
            yield declared.get("default") if isinstance(declared, dict) else None
            return
        parent = configuration.modules.get(names[:-1])
        call = parent.calls.get(names[-1]) if parent else None
        if call is None:
            return
        expression = call.expressions.get(name)
        yield expression.get("constant_value") if isinstance(expression, dict) else None
        words: tuple[Word, ...] = next((one.words for one in call.named if one.path == name), ())
        if len(words) != 1 or words[0].kind != "var":
            return
        names, name = names[:-1], words[0].name


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
