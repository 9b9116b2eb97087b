"""The waivers of a run: where they come from, which of them a document carries, and what became of each.

Whether a waiver has effect is decided in Rego, from the document alone; what stands here says the same of it for lists, by the day.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from policyctl.context import Context
from policyctl.model.catalog import Catalog, Profile
from policyctl.model.document import System
from policyctl.model.errors import InputError, UsageError
from policyctl.model.report import Decided
from policyctl.model.waiver import Listed, Waiver, WaiverState, WaiverTold
from policyctl.settings import LOCAL, WAIVERS, Settings
from policyctl.signing import flaw

_MEETING: tuple[str, ...] = ("applied", "not_needed", "unmatched", "other_system")
"""What may differ from document to document, the most that can be said first."""


@dataclass(slots=True)
class Met:
    """What waivers were to the decisions of a run: the states of each, and how many findings and undetermined entries name it."""

    states: dict[str, set[str]] = field(default_factory=dict)
    covered: Counter[str] = field(default_factory=Counter)

    @classmethod
    def by(cls, decisions: Iterable[Decided]) -> Met:
        """What these decisions have met."""
        met = cls()
        for decision in decisions:
            met.take(decision)
        return met

    def take(self, decision: Decided) -> None:
        """One more decision."""
        for id, state in decision.answer.get("waivers", {}).items():
            self.states.setdefault(id, set()).add(state)
        self.covered.update(_named(decision))


class Waivers:
    """The waivers that have been granted, as far as these settings give them effect.

    Raises UsageError, with file and line, for a file that is not in its shape, an id given twice and a control that there is not.
    """

    def __init__(self, settings: Settings, catalog: Catalog, context: Context) -> None:
        refused = _refused(settings, context)
        self.listed = tuple(_read_all(settings, catalog, [path for path in settings.waivers if path not in refused]))
        self.notes = _notes(settings, refused)

    def of(self, system: System) -> list[Waiver]:
        """Those that name this system: what a document carries. Whether they have effect on it, is decided there."""
        return [one.waiver for one in self.listed if one.waiver["system"] == system.get("id")]

    def told(self, met: Met, profile: Profile, catalog: Catalog, as_of: str) -> tuple[WaiverTold, ...]:
        """What became of each waiver in a run whose decisions have met these."""
        return tuple(
            WaiverTold(
                one.waiver,
                _in_run(state_of(one.waiver, profile, catalog, as_of), met.states.get(one.waiver["id"], set())),
                met.covered[one.waiver["id"]],
            )
            for one in self.listed
        )


def state_of(waiver: Waiver, profile: Profile, catalog: Catalog, as_of: str) -> WaiverState:
    """What a waiver is by itself on this UTC day: in_force, or why not. The same words, in the same order, as `waivers.state` in Rego."""
    if waiver["self_approved"]:
        return "self_approved"
    if as_of < waiver["first_day"]:
        return "not_started"
    if waiver["last_day"] < as_of:
        return "expired"
    if days(waiver) > longest(profile)[catalog["controls"][waiver["control"]]["severity"]]:
        return "too_long"
    return "in_force"


def days(waiver: Waiver) -> int:
    """How many days a waiver lasts, the first and the last counted."""
    return (date.fromisoformat(waiver["last_day"]) - date.fromisoformat(waiver["first_day"])).days + 1


def longest(profile: Profile) -> Mapping[str, int]:
    """How many days a waiver may last under a profile, by severity of its control."""
    return next(iter(profile["kinds"].values()))["waivers"]


def _in_run(alone: str, seen: set[str]) -> str:
    """A waiver that is in force by itself is what it was to the document that it served most; unmatched where no document carried it.
    One that was applied is in force under the profile that applied it, which need not be the profile of the whole run.
    """
    if alone != "in_force" and "applied" not in seen:
        return alone
    return next((state for state in _MEETING if state in seen), "unmatched")


def _named(decision: Decided) -> Iterable[str]:
    """The waiver of each finding and each undetermined entry that names one."""
    for result in decision.results:
        for one in (*result.findings, *result.undetermined):
            if id := one.entry.get("waiver"):
                yield str(id)


def _refused(settings: Settings, context: Context) -> dict[Path, str]:
    """The listed files without effect, and why. A pipeline judges what somebody else proposes: there a tree that waives its own
    findings would be its own judge, unless a key from outside has signed them.
    """
    if settings.trusted:
        return {}
    if key := settings.waiver_key:
        flaws = {path: flaw(path, _bytes(path), key) for path in settings.waivers}
        return {path: said for path, said in flaws.items() if said}
    said = "in a pipeline, waivers come from a trusted configuration (--trusted-config) or are signed (--waiver-key)"
    return dict.fromkeys(settings.waivers, said) if context.pipeline else {}


def _bytes(path: Path) -> bytes:
    """What is signed. A file that is not there is for its reader to name."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _read_all(settings: Settings, catalog: Catalog, paths: Sequence[Path]) -> Iterable[Listed]:
    first: dict[str, str] = {}
    for path in paths:
        for one in read_file(path, settings):
            waiver = one.waiver
            place = f"{shown(path, settings)}:{one.line}"
            if waiver["control"] not in catalog["controls"]:
                raise UsageError(f"{place}: no control {waiver['control']}", hint="see policyctl control list")
            if before := first.get(waiver["id"]):
                raise UsageError(
                    f"{place}: waiver {waiver['id']} is also at {before}", hint="give each an id of its own"
                )
            first[waiver["id"]] = place
            yield one


def read_file(path: Path, settings: Settings) -> list[Listed]:
    """The waivers of one file. Raises UsageError for one that cannot be read or is not in its shape."""
    from policyctl.collectors.reading import read
    from policyctl.collectors.waivers import read_waivers

    try:
        return read_waivers(
            read(shown(path, settings), file=path), trusted=settings.trusted or bool(settings.waiver_key)
        )
    except InputError as error:
        raise UsageError(error.message, hint=error.hint) from error


def shown(path: Path, settings: Settings) -> str:
    """A file's path from the folder of the configuration that lists it: the same on every machine."""
    return os.path.relpath(path, settings.root)


def _notes(settings: Settings, refused: Mapping[Path, str]) -> tuple[str, ...]:
    """What a reader must know of where waivers come from."""
    if settings.waivers and not settings.trusted:
        taken = f"signed by {settings.waiver_key.name}" if settings.waiver_key else LOCAL
        return tuple(
            f"{shown(path, settings)} is a claim without effect: {refused[path]}"
            if path in refused
            else f"{shown(path, settings)}: {taken}"
            for path in settings.waivers
        )
    unlisted = Path(WAIVERS)
    if not settings.trusted and not settings.waivers and unlisted.is_file():
        return (f"{WAIVERS} has no effect: list it under waivers: in policyctl.yaml",)
    return ()
