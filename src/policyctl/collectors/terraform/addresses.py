"""Terraform's addresses taken apart: `module.a["x"].aws_kms_key.ml[0]`, and the words that expressions refer to."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Key = str | int | None
Step = tuple[str, Key]
ModulePath = tuple[Step, ...]
"""A module instance: the calls that lead to it from the root, each with its instance key. The root is ()."""

_PART = re.compile(
    r'\.?(?P<name>[^.\[\]"]+)|\[(?P<number>\d+)\]|\[(?P<text>"(?:[^"\\]|\\.)*")\]|(?P<splat>\[\*\]|\.\*)'
)

# Words that stand alone: they name no object of the plan.
_WORDS = {"local", "each", "count", "path", "terraform", "self", "ephemeral"}


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """One reference of a configured expression. `attribute` is dotted and without indexes.

    `kind` "resource": `name` with `type` and `mode`; "var": a module's variable; "module": a call's output, named first
    in `attribute`; "word": anything else, told by `text` only. `key` is the literal index behind the name, or None.
    Equal words are the same object (`word` keeps them), so they are compared and looked up as objects.
    """

    kind: Literal["resource", "var", "module", "word"]
    text: str
    name: str = ""
    type: str = ""
    mode: Literal["managed", "data"] = "managed"
    key: Key = None
    attribute: str = ""


@lru_cache(maxsize=20_000)
def module_path(address: str) -> ModulePath:
    """`module.a["x"].module.b` as (("a", "x"), ("b", None)). Raises ValueError for what is no module address."""
    steps: list[Step] = []
    parts = _parts(address)
    while parts:
        if parts[0] != ("module",) or len(parts) < 2 or len(parts[1]) != 1:
            raise ValueError(f"not a module address: {address[:80]}")
        key: Key = None
        taken = 2
        if len(parts) > 2 and len(parts[2]) == 2:
            key = parts[2][1]
            taken = 3
        steps.append((str(parts[1][0]), key))
        parts = parts[taken:]
    return tuple(steps)


@lru_cache(maxsize=20_000)
def word(text: str) -> Word:
    """One entry of an expression's `references`. What cannot be understood is a plain word, never an error."""
    try:
        parts = _parts(text)
    except ValueError:
        return Word("word", text)
    names = [str(part[0]) if len(part) == 1 else "" for part in parts]
    if len(names) < 2 or not names[0] or not names[1] or names[0] in _WORDS:
        return Word("word", text)
    if names[0] == "var":
        return Word("var", text, name=names[1], attribute=_attribute(parts[2:]))
    if names[0] == "module":
        key, rest = _literal(parts[2:])
        return Word("module", text, name=names[1], key=key, attribute=_attribute(rest))
    if names[0] == "data":
        if len(names) < 3 or not names[2]:
            return Word("word", text)
        key, rest = _literal(parts[3:])
        return Word("resource", text, names[2], names[1], "data", key, _attribute(rest))
    key, rest = _literal(parts[2:])
    return Word("resource", text, names[1], names[0], "managed", key, _attribute(rest))


def longest(references: list[str]) -> list[str]:
    """The references without those that are the beginning of another: Terraform lists `a.b.id` together with `a.b`."""
    return [
        one
        for one in dict.fromkeys(references)
        if not any(len(other) > len(one) and other.startswith(one) and other[len(one)] in ".[" for other in references)
    ]


def module_address(path: ModulePath) -> str:
    """The address of a module instance; empty for the root."""
    return ".".join(f"module.{name}{index_text(key)}" for name, key in path)


def resource_address(path: ModulePath, mode: str, type_: str, name: str, key: Key) -> str:
    """The absolute address of a resource instance."""
    prefix = "data." if mode == "data" else ""
    own = f"{prefix}{type_}.{name}{index_text(key)}"
    return f"{module_address(path)}.{own}" if path else own


def index_text(key: Key) -> str:
    """An instance key as it stands in an address: `[0]`, `["a"]`, or nothing."""
    if key is None:
        return ""
    if isinstance(key, int):
        return f"[{key}]"
    return "[" + json.dumps(key, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{") + "]"


def _parts(text: str) -> list[tuple[str] | tuple[str, Key]]:
    parts: list[tuple[str] | tuple[str, Key]] = []
    at = 0
    while at < len(text):
        found = _PART.match(text, at)
        if not found:
            raise ValueError(f"not an address: {text[:80]}")
        if found["name"] is not None:
            parts.append((found["name"],))
        elif found["number"] is not None:
            parts.append(("index", int(found["number"])))
        elif found["text"] is not None:
            parts.append(("index", json.loads(found["text"]).replace("$${", "${").replace("%%{", "%{")))
        else:
            parts.append(("index", None))
        at = found.end()
    return parts


def _literal(parts: list[tuple[str] | tuple[str, Key]]) -> tuple[Key, list[tuple[str] | tuple[str, Key]]]:
    if parts and len(parts[0]) == 2:
        return parts[0][1], parts[1:]
    return None, parts


def _attribute(parts: list[tuple[str] | tuple[str, Key]]) -> str:
    return ".".join(part[0] for part in parts if len(part) == 1)
