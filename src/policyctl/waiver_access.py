"""What the commands about waivers ask: which there are, and what is wrong with them, without judging anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from policyctl import bundle_access, context, opening, settings
from policyctl.model.catalog import Catalog, Profile
from policyctl.model.errors import UsageError
from policyctl.model.waiver import SENTENCES, Listed, WaiverTold
from policyctl.profiles import chosen_profile
from policyctl.settings import Settings
from policyctl.waivers import Waivers, days, longest, read_file, shown, state_of


@dataclass(frozen=True, slots=True)
class AllListed:
    """The waivers with effect by their source, each with its state on a UTC day, and what is to be said about the source."""

    as_of: str
    waivers: tuple[WaiverTold, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Linted:
    """Sentences with file and line: about what makes a file unusable, and about waivers that can have no effect; and how many there are."""

    unusable: list[str] = field(default_factory=list)
    without_effect: list[str] = field(default_factory=list)
    number: int = 0


def listed(flags: Mapping[str, str | None], as_of: str) -> AllListed:
    """The waivers of these settings. Raises UsageError for a file that no check would take."""
    here = context.current()
    loaded, catalog, profile = _open(flags)
    waivers = Waivers(loaded, catalog, here)
    day = as_of or here.today
    told = (WaiverTold(one.waiver, state_of(one.waiver, profile, catalog, day)) for one in waivers.listed)
    return AllListed(day, tuple(told), (*loaded.notes, *waivers.notes))


def lint(files: Sequence[Path], flags: Mapping[str, str | None], as_of: str) -> Linted:
    """What is wrong in these files, or in those of the settings."""
    loaded, catalog, profile = _open(flags)
    unusable: list[str] = []
    without: list[str] = []
    first: dict[str, str] = {}
    for path in files or loaded.waivers:
        try:
            found = read_file(path.resolve(), loaded)
        except UsageError as error:
            unusable += _problems(error)
            continue
        for one in found:
            place = f"{shown(path.resolve(), loaded)}:{one.line}"
            if before := first.get(one.waiver["id"]):
                unusable.append(f"{place}: waiver {one.waiver['id']} is also at {before}")
            first.setdefault(one.waiver["id"], place)
            if one.waiver["control"] not in catalog["controls"]:
                unusable.append(f"{place}: no control {one.waiver['control']}")
            elif said := _without_effect(one, loaded, profile, catalog, as_of or context.current().today):
                without.append(f"{place}: {said}")
    return Linted(unusable, without, len(first))


def _without_effect(one: Listed, loaded: Settings, profile: Profile, catalog: Catalog, as_of: str) -> str:
    """Why a waiver can have no effect, now or ever; empty where it can."""
    waiver = one.waiver
    state = state_of(waiver, profile, catalog, as_of)
    if state == "too_long":
        allowed = longest(profile)[catalog["controls"][waiver["control"]]["severity"]]
        return f"waiver {waiver['id']}: {days(waiver)} days, profile {profile['id']} allows {allowed}"
    return "" if state in ("in_force", "not_started") else f"waiver {waiver['id']}: {SENTENCES[state]}"


def _problems(error: UsageError) -> list[str]:
    cause = error.__cause__
    return list(getattr(cause, "problems", ())) or [error.message]


def _open(flags: Mapping[str, str | None]) -> tuple[Settings, Catalog, Profile]:
    loaded = settings.load(flags)
    catalog: Catalog = bundle_access.load(loaded, opening.opa_path).bundle.catalog
    return loaded, catalog, chosen_profile(loaded, catalog)
