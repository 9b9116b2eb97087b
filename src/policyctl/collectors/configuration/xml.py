"""XML as Conftest has it (Go's xml2json): attributes are "-name", text beside them is "#content", what repeats is a list."""

from __future__ import annotations

from typing import Any
from xml.parsers import expat

from policyctl.collectors.configuration.parsed import Parsed
from policyctl.collectors.limits import Limits
from policyctl.model.errors import InputError
from policyctl.model.printable import printable


def read_xml(text: str, path: str) -> Parsed:
    """The document as {root: …}; names stand without their prefix. Entities of its own and more than 200 levels are refused."""
    tree = _Tree(path)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = tree.start
    parser.EndElementHandler = tree.end
    parser.CharacterDataHandler = tree.text
    parser.EntityDeclHandler = tree.entity
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        raise InputError(
            f"{printable(path)}:{error.lineno}: this is not XML: {expat.errors.messages[error.code]}",
            hint="correct the XML",
        ) from error
    return Parsed((tree.root,))


class _Tree:
    def __init__(self, path: str) -> None:
        self._path = path
        self._open: list[tuple[str, dict[str, Any], list[str]]] = []
        self.root: dict[str, Any] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) >= Limits.DEPTH:
            raise InputError(
                f"{printable(self._path)}: nested more than {Limits.DEPTH} deep", hint="nothing needs that"
            )
        inside: dict[str, Any] = {}
        for key, value in attributes.items():
            _add(inside, f"-{_local(key)}", value)
        self._open.append((_local(name), inside, []))

    def text(self, text: str) -> None:
        if self._open and text.strip():
            self._open[-1][2].append(text.strip())

    def end(self, _name: str) -> None:
        name, inside, texts = self._open.pop()
        # Of text in several pieces, between elements, Conftest has the last.
        content = texts[-1] if texts else ""
        value: Any = ({"#content": content, **inside} if content else inside) if inside else content
        _add(self._open[-1][1] if self._open else self.root, name, value)

    def entity(self, *_told: Any) -> None:
        raise InputError(f"{printable(self._path)}: defines entities of its own", hint="write out what they stand for")


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
