"""XML read piece by piece, by expat: nothing is fetched, no entity is expanded, no attribute is added that does not stand there."""

from __future__ import annotations

from typing import NoReturn, Protocol
from xml.parsers import expat

from policyctl.collectors.limits import Limits
from policyctl.model.errors import InputError
from policyctl.model.printable import printable


class Events(Protocol):
    """What is told of a document, in its order. `line` counts from 1."""

    def start(self, name: str, attributes: dict[str, str], line: int) -> None:
        """An element begins."""

    def text(self, text: str) -> None:
        """Text, in one or several pieces."""

    def end(self, name: str) -> None:
        """The element ends."""


def read_events(text: str, path: str, events: Events, namespaces: bool = False) -> None:
    """Tells `events` of a document; with `namespaces`, a name is the namespace, a space and the local name, where there is one.

    Raises InputError for what is no XML, for entities but XML's own five, and for more than 200 levels. An encoding that the document
    declares counts without `namespaces` only.
    """
    parser = expat.ParserCreate("utf-8", " ") if namespaces else expat.ParserCreate()
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > Limits.DEPTH:
            refuse(f"nested more than {Limits.DEPTH} deep", "nothing needs that")
        events.start(name, attributes, parser.CurrentLineNumber)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        events.end(name)

    def entity(*_told: object) -> None:
        refuse("defines entities of its own", "write out what they stand for")

    def skipped(name: str, _parameter: bool) -> None:
        refuse(f"the entity {printable(name, 40)} is not defined here", "write out what it stands for")

    def refuse(what: str, hint: str) -> NoReturn:
        raise InputError(f"{printable(path)}:{parser.CurrentLineNumber}: {what}", hint=hint)

    parser.buffer_text = True
    parser.specified_attributes = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = events.text
    parser.EntityDeclHandler = entity
    parser.SkippedEntityHandler = skipped
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        raise InputError(
            f"{printable(path)}:{error.lineno}: this is not XML: {expat.errors.messages[error.code]}",
            hint="correct the XML",
        ) from error
