"""The profiles that a server judges by: its own, and those that a namespace may choose by its label.

Which these are is said by whoever starts the server. Any other choice changes nothing but what is said about it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from policyctl import deciding
from policyctl.admission.doors import LABEL, OWN, UNKNOWN
from policyctl.admission.review import cut
from policyctl.model.catalog import Profile
from policyctl.model.errors import UsageError
from policyctl.model.printable import printable
from policyctl.pipeline import Standing
from policyctl.profiles import chosen_profile

_SERVER, _LABEL = "server", f"namespace label {LABEL}"
_NAME = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_LONGEST = 63


@dataclass(frozen=True, slots=True)
class Chosen:
    """The profile that decides about a request, and who said so. `warning`: why it is not the one that was asked for."""

    profile: Profile
    by: str
    warning: str = ""


class Profiles:
    """One server's."""

    def __init__(self, standing: Standing, names: Sequence[str] = ()) -> None:
        """Raises UsageError for a name that nobody defines or no label can hold, EngineError for an OPA that one of them does not trust."""
        self._own = standing.profile
        settings, catalog = standing.run.settings, standing.run.loaded.bundle.catalog
        self._named = {name: chosen_profile(replace(settings, profile=name), catalog) for name in map(_fit, names)}
        for profile in self._named.values():
            deciding.require_trust(standing.run.engine, profile)

    def all(self) -> list[Profile]:
        """All that may decide."""
        return [self._own, *self._named.values()]

    def of(self, name: str) -> Chosen:
        """The one that decides where this was chosen: a name, or one of the words of `doors`."""
        if name == OWN:
            return Chosen(self._own, _SERVER)
        if name in self._named:
            return Chosen(self._named[name], _LABEL)
        said = printable(cut(name, _LONGEST), _LONGEST)
        what = f"its label {LABEL}" if name == UNKNOWN else f"{said!r}, its label {LABEL},"
        why = f"{what} names no profile that a namespace may choose"
        return Chosen(self._own, f"{_SERVER}: {why}", f"profile {self._own['id']} decides: {why}")


def _fit(name: str) -> str:
    if _NAME.fullmatch(name):
        return name
    raise UsageError(
        f"--namespace-profile: {name!r} cannot be a label",
        hint="give the id of a profile: at most 63 small letters, digits and hyphens",
    )
