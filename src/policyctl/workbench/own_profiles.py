"""Profiles resolved as a run would: what is wrong with an organisation's own, and those under which nothing denies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from policyctl.catalog.files import ProfileFile, read_file
from policyctl.catalog.profiles import of_catalog
from policyctl.model.catalog import Catalog, Profile
from policyctl.model.errors import ContentError

_BINDING = {"full", "part"}


def misprofiled(files: Sequence[Path], catalog: Catalog) -> Iterator[str]:
    """A sentence for each profile file that a run would refuse, and for each under which no control can ever deny."""
    own: dict[str, ProfileFile] = {}
    for file in files:
        try:
            profile = read_file(file, ProfileFile)
        except ContentError as error:
            yield error.message
        else:
            own[profile.id] = profile
    for resolved in catalog["profiles"].values():
        yield from _powerless(resolved, catalog)
    others = {id: ProfileFile.model_validate(told) for id, told in catalog["profile_files"].items()} | own
    for profile in own.values():
        try:
            yield from _powerless(of_catalog(profile, others, catalog), catalog)
        except ContentError as error:
            yield f"{error.message}: {error.hint}" if error.hint else error.message


def _powerless(profile: Profile, catalog: Catalog) -> Iterator[str]:
    """Under a framework with dates only controls deny that cover a clause of it, at least in part."""
    framework = next(iter(profile["kinds"].values())).get("framework")
    if framework is None or not catalog["frameworks"][framework]["dated"]:
        return
    meant = {id for kind in profile["kinds"].values() for id, action in kind["enforcement"].items() if action == "deny"}
    edges = catalog["edges"][framework]
    if meant and not any(edge["covers"] in _BINDING for id in meant for edge in edges.get(id, ())):
        yield (
            f"profile {profile['id']}: no control can deny under it: none covers a clause of {framework} in full or in part, "
            "and what only supports one warns"
        )
