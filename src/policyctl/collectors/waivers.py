"""The waivers of an organisation: a YAML mapping that names itself with `policyctl: waivers`.

    policyctl: waivers
    waivers:
      - id: W-2026-001
        control: SEC-001
        system: credit-scoring
        resource: aws_sagemaker_endpoint_configuration.this
        code: no_key                      # optional: only this defect
        owner: Retail Risk
        reason: The key service moves to another account until the end of the year.
        compensating_control: The bucket can be reached from one subnet only.
        ticket: RISK-1234
        requester: sam.lee@example.org
        approver: kim.roy@example.org
        first_day: 2026-11-01
        last_day: 2026-12-31

A waiver takes an enforcement away, so everything that could be read in two ways is refused: keys that there are not, anchors, values
of another type, patterns that name nothing. Whether a waiver has effect is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, Final

from policyctl.model.content import Content
from policyctl.model.document import Path
from policyctl.model.errors import InputError
from policyctl.model.identity import is_address, same_person
from policyctl.model.printable import printable
from policyctl.model.secrets import conceal
from policyctl.model.waiver import Listed

_MARK: Final = "policyctl"
_LIST: Final = "waivers"
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_CONTROL: Final = re.compile(r"[A-Z]{2,5}-[0-9]{3}")
_SYSTEM: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,127}")
_CODE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}")
_LONGEST: Final = 2000


class _Wrong(Exception):
    """What is wrong, and at which path."""

    def __init__(self, what: str, *path: str | int) -> None:
        super().__init__(what)
        self.path = path


class WaiversWrong(InputError):
    """A file of waivers that cannot be used. `problems`: one sentence each, with file and line."""

    def __init__(self, problems: list[str], *, hint: str) -> None:
        super().__init__("; ".join(problems), hint=hint)
        self.problems = problems


def describes_waivers(content: Content) -> bool:
    """Whether `content` says of itself that it lists waivers."""
    return any(isinstance(value, dict) and value.get(_MARK) == _LIST for value in content.values)


def read_waivers(content: Content, *, trusted: bool) -> list[Listed]:
    """The waivers that `content` lists, each with its line. `trusted`: whether it belongs to a trusted configuration.

    Raises WaiversWrong, which names the first thing wrong in each waiver.
    """
    wrong: list[str] = []
    listed: list[Listed] = []
    source = {"path": content.path, "sha256": content.sha256, "trusted": trusted}
    for index, value in enumerate(_entries(content)):
        path = (_LIST, index)
        try:
            waiver: Any = {**_waiver(value, path), "source": source}
        except _Wrong as error:
            wrong.append(_placed(content, error))
            continue
        if waiver["id"] in {one.waiver["id"] for one in listed}:
            wrong.append(_placed(content, _Wrong(f"{waiver['id']} is given twice", *path, "id")))
        listed.append(Listed(waiver, content.line_of(0, path) or 1))
    if wrong:
        raise WaiversWrong(wrong, hint=f"keys: {', '.join(_READERS)}; all but code are needed")
    return listed


def _entries(content: Content) -> list[Any]:
    """The list in the file. What YAML readers disagree about, and what comes in from elsewhere by an anchor, is refused."""
    if len(content.values) != 1 or not describes_waivers(content):
        raise WaiversWrong(
            [f"{printable(content.path)}: does not list waivers"],
            hint="one YAML mapping is expected, with the lines: policyctl: waivers, and waivers:",
        )
    if anchored := _anchors(content):
        raise WaiversWrong(anchored, hint="write each waiver out: what somebody approves stands in one place")
    if content.doubts:
        doubts = [_placed(content, _Wrong(reason, *path)) for _, path, reason in content.doubts]
        raise WaiversWrong(doubts, hint="put it in quotes")
    value = content.values[0]
    if strange := [
        _Wrong(f"there is no key {printable(key, 60)!r} here", key) for key in value if key not in (_MARK, _LIST)
    ]:
        raise WaiversWrong([_placed(content, one) for one in strange], hint=f"keys: {_MARK}, {_LIST}")
    if not isinstance(value.get(_LIST), list):
        wrong = _Wrong(f"{_LIST} is not a list: {_shown(value.get(_LIST))}", _LIST)
        raise WaiversWrong([_placed(content, wrong)], hint=f"{_LIST}: [] for none")
    entries: list[Any] = value[_LIST]
    return entries


def _anchors(content: Content) -> list[str]:
    if content.syntax != "yaml":
        return []
    import yaml

    events: Any = yaml.parse(content.text, Loader=yaml.CSafeLoader)
    return [
        f"{printable(content.path)}:{event.start_mark.line + 1}: an anchor or alias: {printable(event.anchor, 40)}"
        for event in events
        if getattr(event, "anchor", None)
    ]


def _waiver(value: Any, path: Path) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _Wrong(f"a waiver is not a mapping: {_shown(value)}", *path)
    for key in value:
        if key not in _READERS:
            raise _Wrong(f"a waiver has no key {printable(key, 60)!r}", *path, key)
    for key in _READERS:
        if key not in value and key != "code":
            raise _Wrong(f"the waiver has no {key}", *path)
    read = {key: reader(value[key], (*path, key)) for key, reader in _READERS.items() if key in value}
    if read["last_day"] < read["first_day"]:
        raise _Wrong(f"the last day, {read['last_day']}, is before the first", *path, "last_day")
    if is_address(read["requester"]) != is_address(read["approver"]):
        raise _Wrong(
            "of requester and approver one is a mail address and the other is not: nobody can tell that they are two people",
            *path,
            "approver",
        )
    return {**read, "self_approved": same_person(read["requester"], read["approver"])}


def _text(value: Any, path: Path) -> str:
    if not isinstance(value, str) or not any(letter.isalnum() for letter in value):
        raise _Wrong(f"{path[-1]} is not text: {_shown(value)}", *path)
    if len(value) > _LONGEST:
        raise _Wrong(f"{path[-1]} is longer than {_LONGEST} characters", *path)
    return conceal("", value.strip())


def _exactly(pattern: re.Pattern[str], example: str) -> Callable[[Any, Path], str]:
    def read(value: Any, path: Path) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise _Wrong(f"{path[-1]} is not one such as {example}: {_shown(value)}", *path)
        return value

    return read


def _pattern(value: Any, path: Path) -> str:
    """A resource, or some: `*` is the only character that stands for others, and some name must be left without it."""
    text = _text(value, path)
    if text != value or "?" in text or any(ord(letter) < 32 for letter in text):
        raise _Wrong(
            f"resource has space around it, a control character or a '?', where only * is a wildcard: {_shown(value)}",
            *path,
        )
    if not any(sum(letter.isalnum() for letter in piece) >= 3 for piece in text.split("*")):
        raise _Wrong(f"resource names nothing, it would match almost anything: {_shown(value)}", *path)
    return text


def _day(value: Any, path: Path) -> str:
    try:
        # fromisoformat reads weeks (2027-W09-1) and other forms too: in another form, a day is easily another day.
        if isinstance(value, str) and date.fromisoformat(value).isoformat() == value and "2000" <= value[:4] < "2200":
            return value
    except ValueError:
        pass
    raise _Wrong(f"{path[-1]} is not a day such as 2027-03-01: {_shown(value)}", *path)


def _placed(content: Content, error: _Wrong) -> str:
    line = content.line_of(0, error.path)
    return f"{printable(content.path)}{f':{line}' if line else ''}: {error}"


def _shown(value: Any) -> str:
    return printable(repr(value), 60)


_READERS: Final[dict[str, Callable[[Any, Path], str]]] = {
    "id": _exactly(_ID, "W-2026-001"),
    "control": _exactly(_CONTROL, "SEC-001"),
    "system": _exactly(_SYSTEM, "credit-scoring"),
    "resource": _pattern,
    "code": _exactly(_CODE, "no_key"),
    "owner": _text,
    "reason": _text,
    "compensating_control": _text,
    "ticket": _text,
    "requester": _text,
    "approver": _text,
    "first_day": _day,
    "last_day": _day,
}
