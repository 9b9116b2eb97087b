"""What commands that only read the content ask of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from policyctl import bundle_access, library, opening, settings
from policyctl.model.catalog import Catalog, Control, Profile
from policyctl.model.errors import UsageError
from policyctl.profiles import chosen_profile


def catalog_and_profile(flags: Mapping[str, str | None]) -> tuple[Catalog, Profile]:
    """The catalog of the content folders, and the profile of the settings."""
    loaded = settings.load(flags)
    known: Catalog = bundle_access.load(loaded, opening.opa_path).bundle.catalog
    return known, chosen_profile(loaded, known)


def catalog() -> Catalog:
    """The catalog of the content folders, whatever profile the settings name."""
    known: Catalog = bundle_access.load(settings.load({}), opening.opa_path).bundle.catalog
    return known


def roots() -> tuple[Path, ...]:
    """The content folders: ours, and those of the settings. Raises ContentError for one that is not there."""
    return library.roots(settings.load({}).content)


def control(catalog: Catalog, id: str) -> Control:
    """One control, by its id in any case. Raises UsageError for an unknown one."""
    if found := catalog["controls"].get(id.upper()):
        return found
    raise UsageError(f"no control {id!r}", hint="see policyctl control list")


def clause_order(clause: str) -> list[tuple[int, str]]:
    """A sort key that puts "Art. 9(2)" before "Art. 10"."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", clause)]
