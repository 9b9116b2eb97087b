"""YAML documents as plain JSON values, made from libyaml's events.

Events instead of PyYAML's nodes: nothing recursive runs over hostile nesting, limits hold while reading, and 5 MB of
manifests take 0.4 s where `yaml.load_all` takes 1.3 s. Scalars are read by a `Dialect`; lines are in `yaml_lines`, made
when somebody asks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

import yaml
from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from policyctl.collectors.limits import Limits
from policyctl.collectors.yaml_scalars import KUBERNETES, Dialect, NoSuchValue, Scalar
from policyctl.model.document import Path
from policyctl.model.errors import InputError
from policyctl.model.printable import printable

_MERGE: Final = object()
_NO_KEY: Final = object()
_OPEN: Final = object()
_TEMPLATE: Final = re.compile(r"\{\{-? *[.$\w\"]|\{%")
_RENDER: Final = (
    "this looks like a template: render it first (helm template, kustomize build), and check what comes out"
)


@dataclass(frozen=True, slots=True)
class YamlValues:
    """`values`: one for each document that is not empty. `doubts`: (index in values, path, reason) where YAML readers
    disagree.
    """

    values: tuple[Any, ...]
    doubts: tuple[tuple[int, Path, str], ...]


def parse_yaml(
    text: str, path: str, dialect: Dialect = KUBERNETES, first_line: int = 1, *, keep_empty: bool = False
) -> YamlValues:
    """The documents in `text`, whose first line is line `first_line` of the file at `path`.

    Integers beyond 2^53 become strings of their digits; keys that are numbers or booleans become text, as kubectl makes
    them. With `keep_empty`, an empty document is a value, None. Aliases are copied, so no value is shared.

    Raises InputError, with the line, for what is not YAML; for
    duplicate keys, unknown tags, keys that are lists, mappings or null, values JSON cannot hold, recursive aliases; and
    beyond the limits.
    """
    return _Builder(path, dialect, first_line, keep_empty).build(text)


@dataclass(slots=True)
class _Frame:
    """A list or mapping under construction. `height` is how deep what is in it nests."""

    node: Any
    anchor: str | None
    nodes_before: int
    characters_before: int
    key: Any = _NO_KEY
    height: int = 0
    merges: list[Any] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Anchored:
    value: Any
    nodes: int
    characters: int
    height: int


class _Builder:
    def __init__(self, path: str, dialect: Dialect, first_line: int, keep_empty: bool) -> None:
        self._keep_empty = keep_empty
        self._path = path
        self._dialect = dialect
        self._first_line = first_line
        self._values: list[Any] = []
        self._doubts: list[tuple[int, Path, str]] = []
        self._stack: list[_Frame] = []
        self._anchors: dict[str, Any] = {}
        self._nodes = 0
        self._characters = 0
        self._from_aliases = [0, 0]
        self._is_template = False

    def build(self, text: str) -> YamlValues:
        self._is_template = _TEMPLATE.search(text) is not None
        try:
            self._read(CParser(text))
        except yaml.YAMLError as error:
            raise self._syntax(error) from error
        return YamlValues(tuple(self._values), tuple(self._doubts))

    def _read(self, parser: Any) -> None:
        next_event = parser.get_event
        while True:
            event = next_event()
            kind = type(event)
            if self._nodes > Limits.YAML_NODES:
                raise self._error(event, f"more than {Limits.YAML_NODES:,} values", "split the file")
            if kind is ScalarEvent:
                self._nodes += 1
                self._characters += len(event.value)
                value = self._scalar(event)
                if event.anchor:
                    self._anchors[event.anchor] = _Anchored(value, 1, len(event.value), 0)
                self._attach(value, event)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                self._open({} if kind is MappingStartEvent else [], event)
            elif kind is AliasEvent:
                self._alias(event)
            elif kind is DocumentStartEvent:
                self._anchors = {}
                self._nodes += 1
            elif kind is StreamEndEvent:
                return
            elif self._stack and kind in _ENDS:
                self._close(event)

    def _scalar(self, event: Any) -> Any:
        if event.value == "<<" and event.tag is None and event.implicit[0] and self._at_key():
            return _MERGE
        try:
            return self._dialect.value_of(event)
        except NoSuchValue as error:
            raise self._error(event, str(error), "quote the value if it is text") from error

    def _open(self, node: Any, event: Any) -> None:
        self._nodes += 1
        usual = (None, "!", "tag:yaml.org,2002:map" if node == {} else "tag:yaml.org,2002:seq")
        foreign = self._dialect.own_tags and event.tag and not event.tag.startswith("tag:yaml.org,")
        if event.tag not in usual and not foreign:
            raise self._error(
                event,
                f"the tag {event.tag!r} means nothing here",
                "write the value without a tag",
            )
        if len(self._stack) >= Limits.DEPTH:
            raise self._error(
                event,
                f"nested more than {Limits.DEPTH} deep",
                "nothing that is looked at here nests so deep",
            )
        if self._at_key():
            raise self._error(
                event,
                "a key is a list or a mapping",
                "JSON has text keys only: write the key as text",
            )
        if event.anchor:
            self._anchors[event.anchor] = _OPEN
        self._stack.append(_Frame(node, event.anchor, self._nodes - 1, self._characters))

    def _close(self, event: Any) -> None:
        frame = self._stack.pop()
        for merged in frame.merges:
            for key, value in merged.items():
                frame.node.setdefault(key, value)
        height = frame.height + 1
        if frame.anchor:
            nodes, characters = (
                self._nodes - frame.nodes_before,
                self._characters - frame.characters_before,
            )
            self._anchors[frame.anchor] = _Anchored(frame.node, nodes, characters, height)
        if self._stack and self._stack[-1].height < height:
            self._stack[-1].height = height
        self._attach(frame.node, event)

    def _alias(self, event: Any) -> None:
        anchored = self._anchors.get(event.anchor)
        name = printable(f"*{event.anchor}", 40)
        if anchored is None:
            raise self._error(
                event,
                f"the alias {name} names no anchor",
                "define the anchor before it is used",
            )
        if anchored is _OPEN:
            raise self._error(
                event,
                f"the alias {name} stands inside what it names",
                "JSON cannot hold a value inside itself",
            )
        self._nodes += anchored.nodes
        self._characters += anchored.characters
        self._from_aliases[0] += anchored.nodes
        self._from_aliases[1] += anchored.characters
        if self._from_aliases[0] > Limits.ALIAS_NODES or self._from_aliases[1] > Limits.ALIAS_CHARACTERS:
            raise self._error(
                event,
                "aliases make this far larger than it is written",
                "write the values out, or fewer of them",
            )
        if len(self._stack) + anchored.height > Limits.DEPTH:
            raise self._error(
                event,
                f"aliases nest more than {Limits.DEPTH} deep",
                "nothing that is looked at here nests so deep",
            )
        if self._stack and self._stack[-1].height < anchored.height:
            self._stack[-1].height = anchored.height
        self._attach(_copied(anchored.value), event)

    def _at_key(self) -> bool:
        return bool(self._stack) and self._stack[-1].key is _NO_KEY and type(self._stack[-1].node) is dict

    def _attach(self, value: Any, event: Any) -> None:
        if not self._stack:
            if value is not None or self._keep_empty:
                self._values.append(value)
            return
        frame = self._stack[-1]
        if type(frame.node) is list:
            frame.node.append(value)
        elif frame.key is _NO_KEY:
            frame.key = self._key(value, frame, event)
        elif frame.key is _MERGE:
            self._merge(value, frame, event)
            frame.key = _NO_KEY
        else:
            frame.node[frame.key] = value
            frame.key = _NO_KEY

    def _key(self, value: Any, frame: _Frame, event: Any) -> Any:
        if value is _MERGE:
            if frame.merges:
                raise self._error(
                    event,
                    "the key '<<' stands twice in one mapping",
                    "give one list of what to merge",
                )
            return value
        if isinstance(value, (dict, list)) or value is None:
            what = "null" if value is None else "a list or a mapping"
            raise self._error(
                event,
                f"a key is {what}",
                "JSON has text keys only: write the key as text",
            )
        key = value if type(value) is str else key_text(value)
        if key in frame.node:
            word = printable(key, 80)
            raise self._error(
                event,
                f"the key {word!r} stands twice in one mapping",
                "keep one of the two",
            )
        return key

    def _merge(self, value: Any, frame: _Frame, event: Any) -> None:
        merged = value if isinstance(value, list) else [value]
        if not all(isinstance(mapping, dict) for mapping in merged):
            raise self._error(
                event,
                "'<<' merges something that is no mapping",
                "merge a mapping, or a list of mappings",
            )
        frame.merges = merged or [{}]
        for key in {key for mapping in merged for key in mapping if key in frame.node}:
            if any(mapping[key] != frame.node[key] for mapping in merged if key in mapping):
                where = (
                    *(f.key if type(f.node) is dict else len(f.node) for f in self._stack[:-1]),
                    key,
                )
                reason = "written before '<<', which merges another value: YAML takes the first, kubectl the second"
                self._doubts.append((len(self._values), where, reason))

    def _line(self, event: Any) -> int:
        return int(event.start_mark.line) + self._first_line

    def _error(self, event: Any, what: str, hint: str) -> InputError:
        where = f"{printable(self._path)}:{self._line(event)}"
        return InputError(f"{where}: {what}", hint=_RENDER if self._is_template else hint)

    def _syntax(self, error: yaml.YAMLError) -> InputError:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        where = f":{mark.line + self._first_line}:{mark.column + 1}" if mark else ""
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
        hint = (
            "indent with spaces: YAML allows no tab there"
            if "cannot start any token" in problem
            else "correct the YAML"
        )
        what = f"this is not YAML: {printable(problem)}"
        return InputError(
            f"{printable(self._path)}{where}: {what}",
            hint=_RENDER if self._is_template else hint,
        )


_ENDS: Final = (yaml.events.MappingEndEvent, yaml.events.SequenceEndEvent)


def key_text(value: Scalar) -> str:
    """A key as text, as kubectl writes it: `true` for a boolean, the decimal digits for a number."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).removesuffix(".0") if isinstance(value, float) else str(value)


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(child) for key, child in value.items()}
    return [_copied(child) for child in value] if isinstance(value, list) else value
