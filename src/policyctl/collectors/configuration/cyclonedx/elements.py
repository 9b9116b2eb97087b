"""The elements of a BOM in XML, with their lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, NoReturn

from policyctl.collectors.configuration.xml_events import read_events
from policyctl.model.errors import InputError
from policyctl.model.printable import printable

_NAMESPACE: Final = re.compile(r"http://cyclonedx\.org/schema/bom/1\.[0-7] ")
_DECLARED: Final = re.compile(r"""<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")
_READ: Final = ("utf-8", "utf-16", "us-ascii")
_INSTANCE: Final = "http://www.w3.org/2001/XMLSchema-instance"
_ABOUT_SCHEMAS: Final = (f"{_INSTANCE} schemaLocation", f"{_INSTANCE} noNamespaceSchemaLocation")
_HINT: Final = "name the BOM in JSON, or take it out where no policy asks about it"


@dataclass(slots=True)
class Element:
    """One element. Names of another namespace than the BOM's stand with it, as `namespace name`."""

    path: str
    line: int
    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def refuse(self, what: str, hint: str = _HINT) -> NoReturn:
        """Raises InputError that names the line and the element."""
        name = printable(self.name.rpartition(" ")[2], 60)
        raise InputError(f"{printable(self.path)}:{self.line}: <{name}>: {what}", hint=hint)


def read_elements(text: str, path: str) -> Element:
    """The BOM's own element. Raises InputError for what is no CycloneDX of 1.0 to 1.7 in XML, and for another encoding than UTF-8."""
    declared = _DECLARED.match(text.lstrip())
    if declared and declared[1].lower() not in _READ:
        raise InputError(
            f"{printable(path)}: declares the encoding {printable(declared[1], 40)}", hint="save the file as UTF-8"
        )
    tree = _Tree(path)
    read_events(text, path, tree, namespaces=True)
    return tree.root


class _Tree:
    def __init__(self, path: str) -> None:
        self._path = path
        self._open: list[tuple[Element, list[str]]] = []
        self._namespace = ""
        self.root = Element(path, 1, "")

    def start(self, name: str, attributes: dict[str, str], line: int) -> None:
        if not self._open:
            found = _NAMESPACE.match(name)
            if found is None or name[found.end() :] != "bom":
                self._no_bom(line)
            self._namespace = found[0]
        told = {key: value for key, value in attributes.items() if key not in _ABOUT_SCHEMAS}
        element = Element(self._path, line, name.removeprefix(self._namespace), told)
        if self._open:
            self._open[-1][0].children.append(element)
        else:
            self.root = element
        self._open.append((element, []))

    def text(self, text: str) -> None:
        self._open[-1][1].append(text)

    def end(self, name: str) -> None:
        element, pieces = self._open.pop()
        element.text = "".join(pieces)

    def _no_bom(self, line: int) -> NoReturn:
        raise InputError(
            f"{printable(self._path)}:{line}: this is no CycloneDX BOM of the versions 1.0 to 1.7",
            hint='in XML it begins with <bom xmlns="http://cyclonedx.org/schema/bom/1.6">',
        )
