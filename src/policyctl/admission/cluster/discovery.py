"""Which kinds of objects an API server has, each once, in the version that it prefers.

Source: Kubernetes API concepts, "Discovery API".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from policyctl.admission.cluster.api import Api, ApiError
from policyctl.admission.cluster.kinds import Watched


@dataclass(frozen=True, slots=True)
class Served:
    """One kind of objects that can be listed."""

    kind: Watched
    namespaced: bool

    def path(self, namespace: str = "") -> str:
        """Where it is listed: in one namespace, or in all of the cluster."""
        root, _, plural = self.kind.path.rpartition("/")
        return f"{root}/namespaces/{namespace}/{plural}" if namespace else self.kind.path


def served(api: Api) -> tuple[list[Served], dict[str, str]]:
    """All kinds that can be listed, sorted, and what could not be asked for: from a group and version to the reason.

    Raises ApiError where the API server does not even tell its groups.
    """
    found: dict[tuple[str, str], Served] = {}
    failed: dict[str, str] = {}
    for group, version in _versions(api):
        place = f"{group}/{version}" if group else version
        try:
            listed = api.get(f"/apis/{place}" if group else f"/api/{version}", {})
        except ApiError as error:
            failed[place] = error.message
            continue
        for one in _kinds(listed, group, version):
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
            yield Served(Watched(group, version, one["name"], one["kind"]), one["namespaced"])
