"""The objects of a cluster, a page at a time, so that no more of them than a page is ever held."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from policyctl.admission.cluster.api import Api, ApiError
from policyctl.admission.cluster.discovery import MISSHAPEN, Served, misshapen, served
from policyctl.admission.cluster.watching import GONE
from policyctl.admission.doors import chosen_by
from policyctl.admission.subjects import path, uid_of
from policyctl.admission.webhook import NOT_AN_OBJECT, NOT_LOOKED_AT
from policyctl.model.errors import UsageError

PAGE = 100


@dataclass(frozen=True, slots=True)
class Found:
    """One object as the cluster has it, what stands for its file, and the profile that its namespace has chosen; empty where it has not.
    `version` is the object's own.
    """

    value: Mapping[str, Any]
    path: str
    namespace: str
    uid: str
    created: str
    chosen: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A kind, or a whole version of a group, of which there was no list: of one namespace, or, where that is empty, of any."""

    kind: str
    namespace: str
    reason: str

    @property
    def place(self) -> str:
        """What is not known: "pods in namespace ml"."""
        return f"{self.kind} in namespace {self.namespace}" if self.namespace else self.kind


Place = tuple[Served, str]
"""A kind, and the namespace in which it is listed; empty for all of them."""


@dataclass(slots=True)
class Reading:
    """What of a cluster is read: these `namespaces`, or, where none is named, everything but the namespaces `untouched`.

    `versions` has the version of the cluster's state that each whole list was of.
    """

    api: Api
    namespaces: Sequence[str] = ()
    untouched: Sequence[str] = ()
    versions: dict[Place, str] = field(default_factory=dict)
    _unserved: list[Unlisted] = field(default_factory=list)
    _unlisted: dict[Place, Unlisted] = field(default_factory=dict)
    _labels: dict[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def unlisted(self) -> list[Unlisted]:
        """What could not be listed when it was last tried."""
        return [*self._unserved, *self._unlisted.values()]

    def places(self) -> list[Place]:
        """What is to be listed: the kinds that the webhook is asked about. Raises ApiError, and UsageError for a namespace that is not
        there.
        """
        self._labels = dict(self._namespaces())
        kinds, failed = served(self.api, NOT_AN_OBJECT)
        self._unserved = [Unlisted(group, "", reason) for group, reason in failed.items()]
        places = [
            (one, namespace)
            for one in filter(_asked_about, kinds)
            if one.namespaced or not self.namespaces
            for namespace in self.namespaces or ("",)
        ]
        self._unlisted = {place: self._unlisted[place] for place in places if place in self._unlisted}
        return places

    def choices(self) -> dict[str, str]:
        """What each namespace has chosen (`doors.chosen_by`), as far as it is known by now."""
        return {name: chosen_by(labels) for name, labels in self._labels.items()}

    def pages(self, place: Place) -> Iterator[list[Found]]:
        """The objects of one kind. Where their list grows too old in between it begins again; what is the same then is not given twice."""
        one, namespace = place
        given: set[tuple[str, str]] = set()
        self.versions.pop(place, None)
        self._unlisted.pop(place, None)
        query = {"limit": str(PAGE)}
        while True:
            try:
                page = self.api.get(one.path(namespace), query)
                found = [f for f in self._of(one, page["items"] or ()) if (f.path, f.version) not in given]
                token = page["metadata"].get("continue")
            except ApiError as error:
                if error.status == GONE and "continue" in query:
                    del query["continue"]
                    continue
                self._unlisted[place] = Unlisted(_named(one), namespace, error.message)
                return
            except MISSHAPEN as error:
                self._unlisted[place] = Unlisted(_named(one), namespace, misshapen(error))
                return
            given.update((f.path, f.version) for f in found)
            if found:
                yield found
            if not token:
                self.versions[place] = str(page["metadata"].get("resourceVersion", ""))
                return
            query["continue"] = token

    def _of(self, one: Served, items: Sequence[dict[str, Any]]) -> Iterator[Found]:
        for item in items:
            if found := self.found(one, item):
                yield found

    def found(self, one: Served, item: Mapping[str, Any]) -> Found | None:
        """An object as a list or a watch tells it; None for one that is not looked at. Raises as MISSHAPEN says."""
        kind, metadata = one.kind, item["metadata"]
        name, namespace = metadata["name"], metadata.get("namespace", "")
        if namespace and not self.namespaces and namespace in self.untouched:
            return None
        if is_namespace := (kind.group, kind.kind) == ("", "Namespace"):
            self._labels[name] = metadata.get("labels") or {}
        # A namespace itself is one of those that its labels choose for.
        chosen = chosen_by(self._labels.get(name if is_namespace else namespace, {}))
        return Found(
            {"apiVersion": kind.api_version, "kind": kind.kind, **item},  # a list leaves both out of its items
            path(kind.kind, kind.group, namespace, name),
            namespace,
            uid_of(item),
            str(metadata.get("creationTimestamp") or ""),
            chosen,
            str(metadata.get("resourceVersion", "")),
        )

    def _namespaces(self) -> Iterator[tuple[str, Mapping[str, str]]]:
        """The namespaces that are read, with their labels. One that is misspelt has no objects, and would look as good as one without
        defects.
        """
        for name in self.namespaces:
            try:
                yield _labelled(self.api.get(f"/api/v1/namespaces/{name}", {}))
            except ApiError as error:
                if error.status != 404:
                    raise
                raise UsageError(f"the cluster has no namespace {name}", hint="kubectl get namespaces") from error
        if not self.namespaces:
            yield from map(_labelled, self.api.get("/api/v1/namespaces", {})["items"])


def _labelled(namespace: Mapping[str, Any]) -> tuple[str, Mapping[str, str]]:
    metadata = namespace["metadata"]
    return metadata["name"], metadata.get("labels") or {}


def _asked_about(one: Served) -> bool:
    return not (one.kind.group == "" and one.kind.plural in NOT_LOOKED_AT)


def _named(one: Served) -> str:
    return ".".join(filter(None, (one.kind.plural, one.kind.group)))
