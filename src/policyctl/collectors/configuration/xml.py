"""XML as Conftest has it (Go's xml2json): attributes are "-name", text beside them is "#content", what repeats is a list."""

from __future__ import annotations

from typing import Any

from policyctl.collectors.configuration.parsed import Parsed
from policyctl.collectors.configuration.xml_events import read_events


def read_xml(text: str, path: str) -> Parsed:
    """The document as {root: …}; names stand without their prefix. Raises InputError as `read_events` does."""
    tree = _Tree()
    read_events(text, path, tree)
    return Parsed((tree.root,))


class _Tree:
    def __init__(self) -> None:
        self._open: list[tuple[str, dict[str, Any], list[str]]] = []
        self.root: dict[str, Any] = {}

    def start(self, name: str, attributes: dict[str, str], line: int) -> None:
        inside: dict[str, Any] = {}
        for key, value in attributes.items():
            _add(inside, f"-{_local(key)}", value)
        self._open.append((_local(name), inside, []))

    def text(self, text: str) -> None:
        if self._open and text.strip():
            self._open[-1][2].append(text.strip())

    def end(self, name: str) -> None:
        local, inside, texts = self._open.pop()
        # Of text in several pieces, between elements, Conftest has the last.
        content = texts[-1] if texts else ""
        value: Any = ({"#content": content, **inside} if content else inside) if inside else content
        _add(self._open[-1][1] if self._open else self.root, local, value)


def _add(into: dict[str, Any], name: str, value: Any) -> None:
    """One is itself, several are a list. An element is never a list, so a list holds several."""
    if name not in into:
        into[name] = value
    elif isinstance(into[name], list):
        into[name].append(value)
    else:
        into[name] = [into[name], value]


def _local(name: str) -> str:
    return name.rpartition(":")[2]
