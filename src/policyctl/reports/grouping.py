"""Puts what needs attention in the order in which people read it: by file, most severe first, one group per control."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from policyctl.model.decision import SEVERITIES, Binding, Enforcement
from policyctl.model.document import Location
from policyctl.model.report import ControlFacts, Decided, Located, Report, Result
from policyctl.model.waiver import SENTENCES, WaiverTold

UNREADABLE = "Put right what is named here, or give it in full: what cannot be read never passes"
"""The fix for a gap, whichever controls it is about."""

_OF_A_CONTROL = frozenset({"", "evaluation_error", "misshapen"})
_Need = Literal["fail", "undetermined"]
_WEIGHT = {"deny": 0, "warn": 1, "audit": 2}


@dataclass(frozen=True, slots=True)
class Group:
    """One control's places in one file that share a status and an enforcement, and are all waived or all not."""

    control: ControlFacts
    status: _Need
    enforcement: Enforcement
    places: tuple[Located, ...]
    binding: Binding | None = None
    """Of a fail that only warns: the clause that does not bind yet; of several decisions the first that will."""

    @property
    def is_waived(self) -> bool:
        """Whether somebody has accepted all of it."""
        return all("waiver" in place.entry for place in self.places)

    @property
    def word(self) -> str:
        """What is done about it, with a question mark where it could not be told."""
        if self.is_waived:
            return "waived"
        return self.enforcement if self.status == "fail" else f"{self.enforcement}?"

    @property
    def rank(self) -> tuple[int, int, int, str]:
        """Denying before warning before audited, fail before undetermined, then by severity and id."""
        severities: tuple[str, ...] = SEVERITIES
        severity = severities.index(self.control["severity"])
        return (_WEIGHT[self.enforcement], int(self.status != "fail"), severity, self.control["id"])


@dataclass(frozen=True, slots=True)
class Unread:
    """What in one file could not be read, with the controls that cannot tell for it: each place once, not once a control."""

    enforcement: Enforcement
    controls: tuple[str, ...]
    places: tuple[Located, ...]


@dataclass(frozen=True, slots=True)
class File:
    """Everything decided about one file. `unread` is not repeated in `groups`. `is_recorded`: findings can be explained by id."""

    path: str
    kind: str
    outcome: str
    decisions: tuple[Decided, ...]
    groups: tuple[Group, ...]
    unread: tuple[Unread, ...]
    is_recorded: bool

    @property
    def controls(self) -> dict[str, ControlFacts]:
        """Every control that was asked about it, by id."""
        return {result.control["id"]: result.control for decision in self.decisions for result in decision.results}


def files(report: Report) -> list[File]:
    """The decisions by file, in the order of the inputs."""
    by_path: dict[str, list[Decided]] = {}
    for decision in report.decisions:
        by_path.setdefault(decision.path, []).append(decision)
    return [file_of(path, decisions) for path, decisions in by_path.items()]


def file_of(path: str, decisions: Sequence[Decided]) -> File:
    """What was decided about one file: at least one decision."""
    outcomes = {decision.answer["outcome"] for decision in decisions}
    outcome: str = next(o for o in ("deny", "warn", "allow") if o in outcomes)
    if not any(decision.looked_at for decision in decisions):
        outcome = "none"
    grouped: dict[tuple[str, _Need, Enforcement, bool], list[Located]] = {}
    controls: dict[str, ControlFacts] = {}
    early: dict[str, list[Binding]] = {}
    results = [result for decision in decisions for result in decision.results]
    for result in results:
        controls[result.control["id"]] = result.control
        if result.is_early and result.binding and result.findings:
            early.setdefault(result.control["id"], []).append(result.binding)
        for status, action, place in _attention(result):
            grouped.setdefault((result.control["id"], status, action, "waiver" in place.entry), []).append(place)
    groups = (
        Group(
            controls[id],
            status,
            action,
            _once(places),
            min(early[id], key=lambda one: one["current"])
            if (status, action) == ("fail", "warn") and id in early
            else None,
        )
        for (id, status, action, _), places in grouped.items()
    )
    return File(
        path,
        decisions[0].kind,
        outcome,
        tuple(decisions),
        tuple(sorted(groups, key=lambda g: g.rank)),
        tuple(_unread(results)),
        any(decision.id for decision in decisions),
    )


def _unread(results: Iterable[Result]) -> Iterator[Unread]:
    """The gaps, by the controls that they keep from telling; denying before warning before audited."""
    hidden: dict[tuple[Enforcement, str, str], tuple[Located, set[str]]] = {}
    for result in results:
        for place in filter(_is_gap, result.undetermined):
            key = (effect(place, result.when_untold), place.entry["resource"], sentence(place))
            hidden.setdefault(key, (place, set()))[1].add(result.control["id"])
    by_controls: dict[tuple[Enforcement, tuple[str, ...]], list[Located]] = {}
    for (action, _, _), (place, ids) in hidden.items():
        by_controls.setdefault((action, tuple(sorted(ids))), []).append(place)
    for (action, listed), places in sorted(by_controls.items(), key=lambda one: (_WEIGHT[one[0][0]], one[0][1])):
        yield Unread(action, listed, tuple(places))


def _is_gap(place: Located) -> bool:
    """Whether the source could not be read; a rule's own word has no code, and a rule that failed is about one control."""
    return "waiver" not in place.entry and place.entry.get("code", "") not in _OF_A_CONTROL


def _once(places: Iterable[Located]) -> tuple[Located, ...]:
    """The first of those that read alike: one unreadable field hides several facts, which is one thing to look at."""
    first: dict[tuple[str, Location | None], Located] = {}
    for place in places:
        first.setdefault((sentence(place), place.location), place)
    return tuple(first.values())


def _attention(result: Result) -> Iterator[tuple[_Need, Enforcement, Located]]:
    for place in result.findings:
        yield "fail", effect(place, result.enforcement), place
    for place in result.undetermined:
        if not _is_gap(place):
            yield "undetermined", effect(place, result.when_untold), place


def effect(place: Located, action: Enforcement) -> Enforcement:
    """What a place does where its control does `action`: nothing but being told of, where a waiver covers it."""
    return "audit" if place.entry.get("waiver") else action


def sentence(place: Located, path: str = "") -> str:
    """What is wrong, or what could not be told, in one line; with the resource's name unless that is the file's own, `path`."""
    message = place.entry.get("message") or f"cannot be told: {place.entry.get('reason', 'not known yet')}"
    waived = f" (waived: {place.entry['waiver']})" if place.entry.get("waiver") else ""
    return f"{message}{waived}" if place.entry["resource"] == path else f"{place.entry['resource']}: {message}{waived}"


def where(place: Located, path: str) -> str:
    """File and line; the judged file, `path`, where the place is not known."""
    return str(place.location) if place.location else path


def waiver_lines(report: Report) -> list[str]:
    """A line for each waiver of the run: what it covers, or why it has no effect."""
    return [waiver_line(told) for told in report.summary.waivers]


def waiver_line(told: WaiverTold) -> str:
    """What a waiver covers, or why it has no effect."""
    waiver = told.waiver
    about = f"waiver {waiver['id']} ({waiver['control']}, {waiver['ticket']})"
    if told.state == "applied":
        places = many(told.covered, "place")
        return f"{about} covers {places} until {waiver['last_day']}, approved by {waiver['approver']}"
    when = {"expired": f" on {waiver['last_day']}", "not_started": f", begins on {waiver['first_day']}"}
    return f"{about} has no effect: {SENTENCES[told.state]}{when.get(told.state, '')}"


def fix(control: ControlFacts) -> str:
    """The first sentence of the remediation, its example left out."""
    prose = itertools.takewhile(
        lambda line: line.strip() and not line.startswith(" "), control["remediation"].strip().splitlines()
    )
    return " ".join(prose).split(". ")[0].rstrip(":.")


def counts(results: Iterable[Result]) -> dict[str, int]:
    """How many results have each status."""
    counted = {"pass": 0, "fail": 0, "undetermined": 0, "not_applicable": 0}
    for result in results:
        counted[result.status] += 1
    return counted


def failed(results: Iterable[Result]) -> str:
    """How many results failed, and of how many of these a part could not be told: they are not among the undetermined."""
    fails = [result for result in results if result.status == "fail"]
    partly = sum(bool(result.undetermined) for result in fails)
    return f"{len(fails)} failed ({partly} of them in part undetermined)" if partly else f"{len(fails)} failed"


def many(number: int, word: str) -> str:
    """A number and its word: "1 file", "2 files"."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
