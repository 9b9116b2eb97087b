"""The values that JSON has for the elements of a BOM in XML, by the tables.

An element, an attribute or text that no table has is an error, and so is an element that stands twice where one is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NoReturn

from policyctl.collectors.configuration.cyclonedx.elements import Element
from policyctl.collectors.configuration.cyclonedx.notation import Field, Table, table
from policyctl.collectors.configuration.cyclonedx.scalars import SCALARS
from policyctl.collectors.configuration.cyclonedx.tables import TABLES
from policyctl.model.printable import printable


def value(kind: str, element: Element) -> Any:
    """The value of an element of a kind: of a scalar, of one of the choices, or of a table. Raises InputError."""
    if kind in SCALARS:
        _holds(element, text=True)
        return _scalar(kind, element, element.text)
    return CHOICES[kind](element) if kind in CHOICES else members(kind, element)


def members(kind: str, element: Element) -> dict[str, Any]:
    """The object that a table makes of an element."""
    fields = table(TABLES[kind])
    found = dict(_told(fields, element))
    for field in fields.always:
        if field.key not in found:
            empty = Element(element.path, element.line, field.name)
            found[field.key] = value(field.kind, empty) if field.always == "!" else None
    return found


def listed(kind: str, element: Element, item: str) -> list[Any]:
    """The values of an element that holds nothing but elements of one name."""
    _holds(element, item)
    return [value(kind, child) for child in element.children]


def _told(fields: Table, element: Element) -> Iterator[tuple[str, Any]]:
    """What stands there, by its key in JSON."""
    for name, text in element.attributes.items():
        if name not in fields.attributes:
            _refuse_attribute(element, name)
        yield from _kept(fields.attributes[name], _scalar(fields.attributes[name].kind, element, text))
    if fields.text:
        yield from _kept(fields.text, _scalar(fields.text.kind, element, element.text))
    elif element.text.strip():
        _refuse_text(element)
    lists: dict[str, list[Any]] = {}
    seen = set()
    for child in element.children:
        field = fields.elements.get(child.name)
        if field is None:
            _refuse_within(element, child)
        if field.repeated:
            lists.setdefault(field.key, []).append(value(field.kind, child))
            continue
        if child.name in seen:
            child.refuse(f"stands twice in <{element.name}>", "take one of them out")
        seen.add(child.name)
        yield from _kept(field, listed(field.kind, child, field.item) if field.item else value(field.kind, child))
    yield from lists.items()


def _kept(field: Field, found: Any) -> Iterator[tuple[str, Any]]:
    if found or field.kept_empty:
        yield field.key, found


def _scalar(kind: str, element: Element, text: str) -> Any:
    try:
        return SCALARS[kind](text)
    except ValueError as error:
        element.refuse(str(error), "correct the value")


def _holds(element: Element, *names: str, text: bool = False) -> None:
    """Raises InputError for an element that holds anything else."""
    for attribute in element.attributes:
        _refuse_attribute(element, attribute)
    for child in element.children:
        if child.name not in names:
            _refuse_within(element, child)
    if not text and element.text.strip():
        _refuse_text(element)


def _refuse_attribute(element: Element, name: str) -> NoReturn:
    element.refuse(f"the attribute {printable(name.rpartition(' ')[2], 60)} is not read, so no policy could see it")


def _refuse_within(element: Element, child: Element) -> NoReturn:
    child.refuse(f"in <{element.name}> it is not read, so no policy could see it")


def _refuse_text(element: Element) -> NoReturn:
    element.refuse("its text is not read, so no policy could see it")


def _reference(element: Element) -> str:
    return str(members("reference", element)["ref"])


def _licenses(element: Element) -> list[Any]:
    _holds(element, "license", "expression", "expression-detailed")
    return [_license(child) for child in element.children]


def _license(element: Element) -> dict[str, Any]:
    if element.name != "license":
        return members(element.name.replace("-", "_"), element)
    license = members("license", element)
    if ("id" in license) == ("name" in license):
        element.refuse("neither an id nor a name, or both", "give it one of them")
    return {"license": license}


def _tools(element: Element) -> Any:
    """A list of tools, as it was up to 1.4, or components and services."""
    legacy = [child for child in element.children if child.name == "tool"]
    if legacy:
        return listed("tool", element, "tool")
    tools = members("tools_since_1_5", element)
    if not tools:
        element.refuse("names none: Conftest cannot read it", "take it out, or name a tool")
    return tools


def _dataflow(element: Element) -> dict[str, Any]:
    flow = members("dataflow", element)
    classified = flow.pop("classification")
    return {**flow, **classified}


def _dataset(element: Element) -> dict[str, Any]:
    elsewhere = any(child.name == "ref" for child in element.children)
    return members("dataset_elsewhere" if elsewhere else "component_data", element)


def _environment(element: Element) -> list[Any]:
    """Properties and texts as they come. What is empty is an empty object."""
    _holds(element, "value", "environmentVar")
    found = [value("text" if child.name == "value" else "property", child) for child in element.children]
    return [one if one and one != {"name": "", "value": ""} else {} for one in found]


CHOICES: Final[Mapping[str, Callable[[Element], Any]]] = {
    "ref": _reference,
    "licenses": _licenses,
    "tools": _tools,
    "dataflow": _dataflow,
    "dataset": _dataset,
    "environment": _environment,
}
"""What is no plain object in JSON."""
