"""The paths at which an API server asks: which of them it takes follows from the labels of the namespace, and names the profile.

So the API server itself, which knows the labels of the moment, says what a namespace has chosen; nothing has to be watched for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

LABEL = "policyctl.dev/profile"
"""A namespace's label that names the profile that decides there, among those that the server lets namespaces choose."""
OWN, UNKNOWN = "", "?"
"""In the place of a profile's name: no label, and a label that names no profile to choose."""
_ADMIT = "/v1/admit"
_CHOSEN, _UNKNOWN = f"{_ADMIT}/profile/", f"{_ADMIT}/unknown-profile"


def path_for(profile: str) -> str:
    """Where is asked about namespaces that have chosen this."""
    return {OWN: _ADMIT, UNKNOWN: _UNKNOWN}.get(profile, f"{_CHOSEN}{profile}")


def profile_at(path: str) -> str | None:
    """What was chosen, by the path that is asked at; None where nobody is asked at it."""
    if path.startswith(_CHOSEN):
        return path.removeprefix(_CHOSEN)
    return {_ADMIT: OWN, _UNKNOWN: UNKNOWN}.get(path)


def chosen_by(labels: Mapping[str, str]) -> str:
    """What a namespace with these labels has chosen: what is said of it at the path that the API server takes."""
    return OWN if (name := labels.get(LABEL)) is None else name or UNKNOWN


def selected(profiles: Sequence[str]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Each choice, with the expressions that match the labels of its namespaces: every namespace is matched by one of them."""
    yield OWN, [{"key": LABEL, "operator": "DoesNotExist"}]
    names = sorted(set(profiles))
    yield from ((name, [{"key": LABEL, "operator": "In", "values": [name]}]) for name in names)
    others = [{"key": LABEL, "operator": "NotIn", "values": names}] if names else []
    yield UNKNOWN, [{"key": LABEL, "operator": "Exists"}, *others]
