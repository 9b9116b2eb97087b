"""The profile of a run: one of the bundle's, or an organisation's own file over the bundle's catalog."""

from __future__ import annotations

from pathlib import Path

from policyctl.model.catalog import Catalog, Profile
from policyctl.model.errors import ContentError, UsageError
from policyctl.settings import Settings


def chosen_profile(settings: Settings, catalog: Catalog) -> Profile:
    """The profile named in the settings. Raises UsageError for one that nobody defines, ContentError for one that is wrong."""
    known = catalog["profiles"]
    if settings.profile in known:
        return known[settings.profile]
    own = _own_files(settings)
    if not own:
        raise _unknown(settings, list(known))
    from pydantic import ValidationError

    from policyctl.catalog.files import ProfileFile, read_file
    from policyctl.catalog.profiles import of_catalog

    files = {profile.id: profile for profile in (read_file(path, ProfileFile) for path in own)}
    wanted = settings.profile
    if wanted not in files:
        wanted = next((p.id for path, p in zip(own, files.values(), strict=True) if path == Path(wanted)), wanted)
    if wanted not in files:
        raise _unknown(settings, [*known, *files])
    try:
        extended = {id: ProfileFile.model_validate(told) for id, told in catalog["profile_files"].items()}
    except ValidationError as error:
        raise ContentError(
            "the bundle's profiles are not as this version of policyctl writes them", hint="build it with this version"
        ) from error
    return of_catalog(files[wanted], {**extended, **files}, catalog)


def _own_files(settings: Settings) -> list[Path]:
    named = Path(settings.profile)
    if named.suffix not in (".yaml", ".yml") or not named.is_file():
        return list(settings.profiles)
    if settings.trusted and not named.resolve().is_relative_to(settings.root.resolve()):
        raise UsageError(
            f"{named}: a profile outside the trusted configuration has no effect",
            hint=f"put it into {settings.root}, or name a profile of the bundle",
        )
    return [*settings.profiles, named]


def _unknown(settings: Settings, known: list[str]) -> UsageError:
    return UsageError(
        f"no profile {settings.profile!r}", hint=f"one of {', '.join(sorted(known))}, or a profile's YAML file"
    )
