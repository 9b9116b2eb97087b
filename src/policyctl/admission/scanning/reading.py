"""The objects of a cluster, a page at a time, so that no more of them than a page is ever held."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from policyctl.admission.cluster.api import Api, ApiError
from policyctl.admission.cluster.discovery import MISSHAPEN, Served, misshapen, served
from policyctl.admission.doors import chosen_by
from policyctl.admission.subjects import path, uid_of
from policyctl.admission.webhook import NOT_AN_OBJECT, NOT_LOOKED_AT
from policyctl.model.errors import UsageError

PAGE = 100
_GONE = 410


@dataclass(frozen=True, slots=True)
class Found:
    """One object as the cluster has it, what stands for its file, and the profile that its namespace has chosen; empty where it has not."""

    value: Mapping[str, Any]
    path: str
    namespace: str
    uid: str
    created: str
    chosen: str


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


@dataclass(slots=True)
class Reading:
    """What of a cluster is read: these `namespaces`, or, where none is named, everything but the namespaces `untouched`.

    While pages are taken, `kinds` counts those that were asked for, and `unlisted` grows.
    """

    api: Api
    namespaces: Sequence[str] = ()
    untouched: Sequence[str] = ()
    kinds: int = 0
    unlisted: list[Unlisted] = field(default_factory=list)
    _labels: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def pages(self) -> Iterator[list[Found]]:
        """The objects of all kinds that the webhook is asked about. Raises ApiError, and UsageError for a namespace that is not there."""
        self._labels = dict(self._namespaces())
        kinds, failed = served(self.api, NOT_AN_OBJECT)
        self.unlisted += (Unlisted(group, "", reason) for group, reason in failed.items())
        for one in filter(_asked_about, kinds):
            if one.namespaced or not self.namespaces:
                self.kinds += 1
                for namespace in self.namespaces or ("",):
                    yield from self._listed(one, namespace)

    def _listed(self, one: Served, namespace: str) -> Iterator[list[Found]]:
        """The pages of one kind. Where the list grows too old in between it begins again; an object already given is not given twice."""
        given: set[str] = set()
        query = {"limit": str(PAGE)}
        while True:
            try:
                page = self.api.get(one.path(namespace), query)
                found = [f for f in self._of(one, page["items"] or ()) if f.path not in given]
                token = page["metadata"].get("continue")
            except ApiError as error:
                if error.status == _GONE and "continue" in query:
                    del query["continue"]
                    continue
                self.unlisted.append(Unlisted(_named(one), namespace, error.message))
                return
            except MISSHAPEN as error:
                self.unlisted.append(Unlisted(_named(one), namespace, misshapen(error)))
                return
            given.update(f.path for f in found)
            if found:
                yield found
            if not token:
                return
            query["continue"] = token

    def _of(self, one: Served, items: Sequence[dict[str, Any]]) -> Iterator[Found]:
        kind = one.kind
        for item in items:
            metadata = item["metadata"]
            namespace = metadata.get("namespace", "")
            if namespace and not self.namespaces and namespace in self.untouched:
                continue
            # A list leaves both out of its items.
            value = {"apiVersion": kind.api_version, "kind": kind.kind, **item}
            place = path(kind.kind, kind.group, namespace, metadata["name"])
            # A namespace itself is one of those that its labels choose for.
            of = metadata["name"] if (kind.group, kind.kind) == ("", "Namespace") else namespace
            chosen = chosen_by(self._labels.get(of, {}))
            yield Found(value, place, namespace, uid_of(item), str(metadata.get("creationTimestamp") or ""), chosen)

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
