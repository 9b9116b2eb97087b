"""Marks of owners as one server makes them: by what it knows of the cluster, and by the profile that decides for a namespace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from policyctl.admission.let_in import Mark, mark_of
from policyctl.admission.profiles import Profiles
from policyctl.admission.subjects import Around, NotJudged, collected
from policyctl.model.document import Collected


class Marking:
    """One server's."""

    def __init__(self, profiles: Profiles, around: Around) -> None:
        self._profiles, self._around = profiles, around

    def found(self, value: Mapping[str, Any]) -> Collected | NotJudged:
        """What the collector finds of an object as it is, with what is around it now."""
        return collected(value, "owner", self._around)

    def of(self, value: Mapping[str, Any], chosen: str, found: Collected | NotJudged | None = None) -> Mark | None:
        """The mark of an object whose namespace has chosen this (`doors`); see `mark_of`."""
        profile = self._profiles.of(chosen).profile["id"]
        return mark_of(value, self.found(value) if found is None else found, profile)
