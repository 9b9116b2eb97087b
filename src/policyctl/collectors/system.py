"""The description of an AI system: a YAML mapping that names itself with `policyctl: system`.

    policyctl: system
    id: credit-scoring
    owner: Retail Risk
    roles: [provider, deployer]
    classes: [{id: high_risk, route: annex_iii, basis: "Annex III, point 5(b)"}]
    market: [EU]
    put_into_service: 2027-03-01

The other keys are those of `model.document.System`; `id` must be there, all else may be left out where it is not known.
What the checked tree says of its own system is a claim: whether it counts is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, Final, cast, get_args

from policyctl.model.content import Content
from policyctl.model.document import Path, RiskClass, Role, System
from policyctl.model.errors import InputError
from policyctl.model.printable import printable

_MARK: Final = "policyctl"
_ROUTES: Final = ("annex_i", "annex_iii")
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,127}")


class _Wrong(Exception):
    """What is wrong, and below which path."""

    def __init__(self, what: str, *path: str | int) -> None:
        super().__init__(what)
        self.path = path


def describes_system(content: Content) -> bool:
    """Whether `content` says of itself that it describes a system."""
    return any(isinstance(value, dict) and value.get(_MARK) == "system" for value in content.values)


def read_system(content: Content) -> System:
    """The system that `content` describes. Dates are ISO 8601 days.

    Raises InputError with the line for a missing mark or id, unknown keys, roles, classes or routes, and values of
    another type: a misspelt key would otherwise be a fact that is silently not there.
    """
    if len(content.values) != 1 or not describes_system(content):
        raise InputError(
            f"{printable(content.path)}: does not describe a system",
            hint="one YAML mapping is expected, with the line: policyctl: system",
        )
    try:
        return _system(content.values[0])
    except _Wrong as wrong:
        line = content.line_of(0, wrong.path)
        where = printable(content.path) + (f":{line}" if line else "")
        raise InputError(f"{where}: {wrong}", hint=f"known keys: {', '.join(_READERS)}") from wrong


def _system(value: dict[str, Any]) -> System:
    for key in value:
        if key not in _READERS and key != _MARK:
            raise _Wrong(f"a system has no key {printable(key, 60)!r}", key)
    if "id" not in value:
        raise _Wrong("the system has no id")
    return cast(
        "System",
        {key: _READERS[key](value[key], (key,)) for key in _READERS if key in value},
    )


def _text(value: Any, path: Path) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _Wrong(f"{_dotted(path)} is not text: {_shown(value)}", *path)
    return value.strip()


def _identifier(value: Any, path: Path) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise _Wrong(
            f"{_dotted(path)} is not an id (letters, digits, '.', '_', '/', '-'): {_shown(value)}",
            *path,
        )
    return value


def _list_of(item: Callable[[Any, Path], Any]) -> Callable[[Any, Path], list[Any]]:
    def read(value: Any, path: Path) -> list[Any]:
        if not isinstance(value, list):
            raise _Wrong(f"{_dotted(path)} is not a list: {_shown(value)}", *path)
        return [item(each, (*path, index)) for index, each in enumerate(value)]

    return read


def _one_of(*choices: str) -> Callable[[Any, Path], str]:
    def read(value: Any, path: Path) -> str:
        if not isinstance(value, str) or value not in choices:
            raise _Wrong(
                f"{_dotted(path)} is none of {', '.join(choices)}: {_shown(value)}",
                *path,
            )
        return value

    return read


def _boolean(value: Any, path: Path) -> bool:
    if not isinstance(value, bool):
        raise _Wrong(f"{_dotted(path)} is not true or false: {_shown(value)}", *path)
    return value


def _day(value: Any, path: Path) -> str:
    try:
        # fromisoformat reads weeks (2027-W09-1) and other forms too: in another form, a day is easily another day.
        if isinstance(value, str) and date.fromisoformat(value).isoformat() == value:
            return value
    except ValueError:
        pass
    raise _Wrong(f"{_dotted(path)} is not a day such as 2027-03-01: {_shown(value)}", *path)


def _class(value: Any, path: Path) -> dict[str, str]:
    if not isinstance(value, dict):
        raise _Wrong(f"{_dotted(path)} is not a mapping with an id: {_shown(value)}", *path)
    for key in value:
        if key not in _CLASS_READERS:
            raise _Wrong(f"a class has no key {printable(key, 60)!r}", *path, key)
    if "id" not in value:
        raise _Wrong(f"{_dotted(path)} has no id", *path)
    read = {key: _CLASS_READERS[key](value[key], (*path, key)) for key in _CLASS_READERS if key in value}
    if read["id"] == "high_risk" and "route" not in read:
        raise _Wrong(
            "the class high_risk needs its route: annex_i or annex_iii (their dates differ)",
            *path,
        )
    if read["id"] != "high_risk" and "route" in read:
        raise _Wrong(f"only the class high_risk has a route, not {read['id']}", *path, "route")
    return read


def _dotted(path: Path) -> str:
    return ".".join(str(step) for step in path)


def _shown(value: Any) -> str:
    return printable(repr(value), 60)


_CLASS_READERS: Final[dict[str, Callable[[Any, Path], Any]]] = {
    "id": _one_of(*get_args(RiskClass)),
    "route": _one_of(*_ROUTES),
    "basis": _text,
}
_READERS: Final[dict[str, Callable[[Any, Path], Any]]] = {
    "id": _identifier,
    "title": _text,
    "owner": _text,
    "purpose": _text,
    "roles": _list_of(_one_of(*get_args(Role))),
    "classes": _list_of(_class),
    "market": _list_of(_text),
    "placed_on_market": _day,
    "put_into_service": _day,
    "significantly_changed": _day,
    "public_authority": _boolean,
}
