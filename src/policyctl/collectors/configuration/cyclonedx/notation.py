"""Reads the tables: what an XML element may hold, and what JSON calls it.

An entry is a name, with signs:

    @version          an attribute, not an element
    .                 the element's own text
    hashes/hash       a list: the elements `hash` in one element `hashes`; not there where it is empty
    url*              a list: each element `url`
    image:picture     `picture` in JSON
    line=integer      what it holds: another table, or one of the kinds in `values`; without it, text
    name!             always there: empty, zero or false where the XML has none
    name~             always there: null where the XML has none
    name?             not there where it is empty, as with text
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

_ENTRY: Final = re.compile(r"(@?)([\w.-]+)(?:/([\w-]+))?(\*?)(?::([\w-]+))?(?:=(\w+))?([!~?]?)")


@dataclass(frozen=True, slots=True)
class Field:
    """One entry. `item` is the element in a list's element; `always` is "!", "~" or nothing; `kept_empty`: there even where the XML
    has it empty.
    """

    name: str
    item: str
    repeated: bool
    key: str
    kind: str
    always: str
    kept_empty: bool


@dataclass(frozen=True, slots=True)
class Table:
    """The entries of one table, by their names in XML; `always` are those that are always there."""

    attributes: Mapping[str, Field]
    elements: Mapping[str, Field]
    text: Field | None
    always: tuple[Field, ...]


@cache
def table(entries: str) -> Table:
    """The table of a text of entries. Raises ValueError for one that is none."""
    fields = [_field(entry) for entry in entries.split()]
    return Table(
        {field.name: field for attribute, field in fields if attribute},
        {field.name: field for attribute, field in fields if not attribute and field.name != "."},
        next((field for _, field in fields if field.name == "."), None),
        tuple(field for _, field in fields if field.always),
    )


def _field(entry: str) -> tuple[bool, Field]:
    """The entry, and whether it is an attribute."""
    found = _ENTRY.fullmatch(entry)
    if found is None:
        raise ValueError(f"no entry: {entry}")
    attribute, name, item, repeated, key, kind, sign = found.groups("")
    always = sign if sign in ("!", "~") else ""
    kept_empty = bool(always) or (kind not in ("", "text") and not item and not sign)
    return bool(attribute), Field(name, item, bool(repeated), key or name, kind or "text", always, kept_empty)
