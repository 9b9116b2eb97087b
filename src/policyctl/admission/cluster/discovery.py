"""Which kinds of objects an API server has, each once, in the version that it prefers.

Source: Kubernetes API concepts, "Discovery API".
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from policyctl.admission.cluster.api import Api, ApiError
from policyctl.admission.cluster.kinds import Watched
from policyctl.model.printable import printable

MISSHAPEN = (KeyError, TypeError, AttributeError)
"""What reading an answer raises that is not in the shape of the API: an aggregated API is anybody's program."""


@dataclass(frozen=True, slots=True)
class Served:
    """One kind of objects that can be listed, and mostly watched, too."""

    kind: Watched
    namespaced: bool
    watchable: bool = True

    def path(self, namespace: str = "") -> str:
        """Where it is listed: in one namespace, or in all of the cluster."""
        root, _, plural = self.kind.path.rpartition("/")
        return f"{root}/namespaces/{namespace}/{plural}" if namespace else self.kind.path


def served(api: Api, apart: Collection[str] = ()) -> tuple[list[Served], dict[str, str]]:
    """All kinds that can be listed, sorted, and what could not be asked for: from a group and version to the reason. The groups `apart`
    are not asked for.

    Raises ApiError where the API server does not even tell its groups.
    """
    found: dict[tuple[str, str], Served] = {}
    failed: dict[str, str] = {}
    for group, version in _versions(api):
        if group in apart:
            continue
        place = f"{group}/{version}" if group else version
        try:
            kinds = list(_kinds(api.get(f"/apis/{place}" if group else f"/api/{version}", {}), group, version))
        except ApiError as error:
            failed[place] = error.message
        except MISSHAPEN as error:
            failed[place] = misshapen(error)
        else:
            for one in kinds:
                found.setdefault((group, one.kind.plural), one)
    return [one for _, one in sorted(found.items())], failed


def _versions(api: Api) -> Iterator[tuple[str, str]]:
    """Each group's versions, the preferred one first."""
    yield "", "v1"
    for group in api.get("/apis", {})["groups"]:
        preferred = group["preferredVersion"]["version"]
        others = (one["version"] for one in group["versions"] if one["version"] != preferred)
        yield from ((group["name"], version) for version in (preferred, *others))


def _kinds(listed: Any, group: str, version: str) -> Iterator[Served]:
    for one in listed.get("resources") or ():
        if "/" not in one["name"] and "list" in one["verbs"]:
            yield Served(Watched(group, version, one["name"], one["kind"]), one["namespaced"], "watch" in one["verbs"])


def misshapen(error: Exception) -> str:
    """Why an answer cannot be read."""
    return f"its answer is not in the shape of the API: {printable(f'{type(error).__name__}: {error}', 100)}"
