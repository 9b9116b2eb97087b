"""An AI system, as a YAML mapping describes it that names itself with `policyctl: system`.

    policyctl: system
    id: credit-scoring
    owner: Retail Risk
    roles: [provider, deployer]
    classes: [{id: high_risk, route: annex_iii, basis: "Annex III, point 5(b)"}]
    market: [EU]
    put_into_service: 2027-03-01
    answers: {scope: {ai_system: yes}}

The other keys are those of `model.document.System`; `id` must be there, all else may be left out where it is not known. Such a
file tells which system other subjects belong to, and is a subject itself. Facts written: `model.facts.system`. `answers`, from which
the system is classified, is a fact of that subject only.
What the checked tree says of its own system is a claim: whether it counts is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, cast, get_args

from policyctl.collectors.answers import read_answers
from policyctl.collectors.written_values import (
    MARK,
    Reader,
    Wrong,
    boolean,
    day,
    identifier,
    list_of,
    mapping,
    marked,
    one_of,
    place,
    text,
)
from policyctl.model.content import Content
from policyctl.model.document import Collected, Gap, Input, Kind, Location, Path, RiskClass, Role, System
from policyctl.model.errors import InputError
from policyctl.model.printable import printable

_ROUTES: Final = ("annex_i", "annex_iii")
_ANSWERS: Final = "answers"


class SystemCollector:
    """Reads descriptions of AI systems, each a subject of its own."""

    kind: Kind = "system"

    def recognises(self, content: Content) -> bool:
        """Told by the mark. Asked last: what is also of another kind is judged as that."""
        return describes_system(content)

    def collect(self, contents: Sequence[Content]) -> Iterator[Input]:
        """One system a content; an error where the description is none, or is misspelt."""
        for content in contents:
            try:
                yield Input(content.path, "decided", self.kind, subjects=(self._collected(content),))
            except InputError as error:
                yield Input(content.path, "error", self.kind, error.message, error.hint)

    def _collected(self, content: Content) -> Collected:
        described = _described(content)
        answers = described.pop(_ANSWERS, {})

        def locate(_resource: str, path: Path) -> Location | None:
            line = content.line_of(0, _written(path))
            return Location(content.path, line) if line else None

        return Collected(
            kind=self.kind,
            subject={"id": described["id"], "path": content.path},
            facts={"stated": sorted(described), "roles": [], "classes": [], **described, _ANSWERS: answers},
            sources=({"path": content.path, "sha256": content.sha256},),
            gaps=tuple(
                Gap(code="ambiguous_yaml", reason=reason, paths=[["facts", *map(str, path[:1])]], at=[*path])
                for _, path, reason in content.doubts
            ),
            locate=locate,
            system_id=described["id"],
        )


def _written(path: Path) -> Path:
    """Where a fact stands in the file: an answer's name is one key of the facts, and there its parts are keys below each other."""
    if path[:1] != (_ANSWERS,):
        return path
    return tuple(step for named in path for step in (named.split(".") if isinstance(named, str) else (named,)))


def describes_system(content: Content) -> bool:
    """Whether `content` says of itself that it describes a system."""
    return marked(content, "system")


def read_system(content: Content) -> System:
    """The system that `content` describes, without what is answered about it. Dates are ISO 8601 days.

    Raises InputError with the line for a missing mark or id, unknown keys, roles, classes or routes, and values of
    another type: a misspelt key would otherwise be a fact that is silently not there.
    """
    described = _described(content)
    described.pop(_ANSWERS, None)
    return cast("System", described)


def _described(content: Content) -> dict[str, Any]:
    if len(content.values) != 1 or not describes_system(content):
        raise InputError(
            f"{printable(content.path)}: does not describe a system",
            hint="one YAML mapping is expected, with the line: policyctl: system",
        )
    try:
        written = {key: stated for key, stated in content.values[0].items() if key != MARK}
        return mapping(written, (), _READERS, ("id",), "a system")
    except Wrong as wrong:
        raise InputError(f"{place(content, wrong)}: {wrong}", hint=f"known keys: {', '.join(_READERS)}") from wrong


def _class(value: Any, path: Path) -> dict[str, Any]:
    read = mapping(value, path, _CLASS_READERS, ("id",), "a class")
    if read["id"] == "high_risk" and "route" not in read:
        raise Wrong("the class high_risk needs its route: annex_i or annex_iii (their dates differ)", *path)
    if read["id"] != "high_risk" and "route" in read:
        raise Wrong(f"only the class high_risk has a route, not {read['id']}", *path, "route")
    return read


_CLASS_READERS: Final[dict[str, Reader]] = {
    "id": one_of(*get_args(RiskClass)),
    "route": one_of(*_ROUTES),
    "basis": text,
}
_READERS: Final[dict[str, Reader]] = {
    "id": identifier,
    "title": text,
    "owner": text,
    "purpose": text,
    "roles": list_of(one_of(*get_args(Role))),
    "classes": list_of(_class),
    "market": list_of(text),
    "placed_on_market": day,
    "put_into_service": day,
    "significantly_changed": day,
    "public_authority": boolean,
    _ANSWERS: read_answers,
}
