"""Where the nodes of a YAML text begin: a second run over its events, made only when somebody asks."""

from __future__ import annotations

from typing import Any

from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from policyctl.collectors.yaml_scalars import KUBERNETES, Dialect
from policyctl.collectors.yaml_values import key_text
from policyctl.model.document import Path

_Place = tuple[int, dict[str | int, Any]]
"""A line, and the places of what is in the node."""


class YamlLines:
    """The `line_of` of a YAML text that `parse_yaml` accepts. What an alias or "<<" brings in has the line of where it
    is used.
    """

    def __init__(
        self, text: str, dialect: Dialect = KUBERNETES, first_line: int = 1, *, keep_empty: bool = False
    ) -> None:
        self._keep_empty = keep_empty
        self._text = text
        self._dialect = dialect
        self._first_line = first_line
        self._documents: list[_Place] | None = None

    def __call__(self, document: int, path: Path) -> int | None:
        """The line of the node: a member's is that of its key, an item's that of its first token."""
        if self._documents is None:
            self._documents = self._places()
        if document >= len(self._documents):
            return None
        line, inside = self._documents[document]
        for step in path:
            if step not in inside:
                break
            line, inside = inside[step]
        return line

    def _places(self) -> list[_Place]:
        parser: Any = CParser(self._text)
        documents: list[_Place] = []
        stack: list[_Open] = []
        while type(event := parser.get_event()) is not StreamEndEvent:
            kind = type(event)
            if kind is MappingEndEvent or kind is SequenceEndEvent:
                stack.pop()
                continue
            if kind not in (
                ScalarEvent,
                AliasEvent,
                MappingStartEvent,
                SequenceStartEvent,
            ):
                continue
            line = event.start_mark.line + self._first_line
            if stack and stack[-1].awaits_key:
                stack[-1].key(self._key(event), line)
                continue
            inside: dict[str | int, Any] = {}
            if stack:
                stack[-1].add(line, inside)
            elif self._keep_empty or kind is not ScalarEvent or self._dialect.value_of(event) is not None:
                documents.append((line, inside))
            if kind is MappingStartEvent or kind is SequenceStartEvent:
                stack.append(_Open(inside, is_mapping=kind is MappingStartEvent))
        return documents

    def _key(self, event: Any) -> str:
        return key_text(self._dialect.value_of(event)) if type(event) is ScalarEvent else ""


class _Open:
    """A list or mapping whose end has not come yet."""

    def __init__(self, inside: dict[str | int, Any], *, is_mapping: bool) -> None:
        self._inside = inside
        self._is_mapping = is_mapping
        self._key: tuple[str, int] | None = None

    @property
    def awaits_key(self) -> bool:
        return self._is_mapping and self._key is None

    def key(self, key: str, line: int) -> None:
        self._key = (key, line)

    def add(self, line: int, inside: dict[str | int, Any]) -> None:
        if self._key is None:
            self._inside[len(self._inside)] = (line, inside)
        else:
            self._inside[self._key[0]] = (self._key[1], inside)
            self._key = None
