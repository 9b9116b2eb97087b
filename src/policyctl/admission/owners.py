"""Requests of controllers about what they make: passed on the decision about the owner, where all of it can be seen to be so.

Who asks is known from the API server alone; the owner is read from it while it waits. Nothing that the object says of itself is believed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from policyctl.admission.cluster.api import ApiError
from policyctl.admission.generated import generated_by, is_as_template
from policyctl.admission.marking import Marking
from policyctl.admission.review import Request
from policyctl.admission.subjects import NotJudged, uid_of
from policyctl.documents.building import canonical
from policyctl.model.document import Collected
from policyctl.model.errors import LedgerError
from policyctl.systems import Systems

Read = Callable[[str, float], Any]
"""Reads what stands at a path of the API server, within so many seconds. Raises ApiError."""
_SECONDS = 1.0
"""For all owners of the requests that are judged together: those who wait may wait a few seconds in all."""
_BUSY = (429, 500, 502, 503, 504)
"""HTTP statuses of an API server that would answer the next question no better."""
_LIKE_THE_OWNER = ("ai_workload", "serving")
"""Facts that make controls look at more: what is made may have them only where its owner had them when it was decided about."""


@dataclass(frozen=True, slots=True)
class _Sort:
    """One kind of owners: what it is called in a path, and the account of its controller, as kube-controller-manager names it."""

    plural: str
    account: str


_ACCOUNTS = "system:serviceaccount:kube-system:"
_SORTS = {
    ("apps/v1", "DaemonSet"): _Sort("daemonsets", f"{_ACCOUNTS}daemon-set-controller"),
    ("apps/v1", "Deployment"): _Sort("deployments", f"{_ACCOUNTS}deployment-controller"),
    ("apps/v1", "ReplicaSet"): _Sort("replicasets", f"{_ACCOUNTS}replicaset-controller"),
    ("apps/v1", "StatefulSet"): _Sort("statefulsets", f"{_ACCOUNTS}statefulset-controller"),
    ("batch/v1", "CronJob"): _Sort("cronjobs", f"{_ACCOUNTS}cronjob-controller"),
    ("batch/v1", "Job"): _Sort("jobs", f"{_ACCOUNTS}job-controller"),
    ("v1", "ReplicationController"): _Sort("replicationcontrollers", f"{_ACCOUNTS}replication-controller"),
}


@dataclass(frozen=True, slots=True)
class Controllers:
    """How owners are read, and which `accounts` speak for controllers of every kind, beside each controller's own."""

    read: Read
    accounts: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class MadeBy:
    """The owner on whose decision a request is passed. `let_in` is the digest of the mark that the decision's entry names."""

    kind: str
    name: str
    uid: str
    let_in: str

    @property
    def reason(self) -> str:
        """Why it is not judged."""
        return f"as {self.kind} {self.name} has it made, which was let in by a decision"

    def told(self) -> dict[str, str]:
        """As it is recorded."""
        return {"kind": self.kind, "name": self.name, "uid": self.uid, "let_in": self.let_in}


@dataclass(frozen=True, slots=True)
class Alone:
    """Why a request is judged by itself; empty where no controller asks."""

    why: str = ""


def may_own(request: Request) -> bool:
    """Whether what is asked about is of a kind that controllers make others of."""
    return not request.subResource and (request.kind.api_version, request.kind.kind) in _SORTS


class Owners:
    """Answers for requests that are judged together. Safe for use by several threads."""

    def __init__(
        self, controllers: Controllers, marking: Marking, holds: Callable[[str], bool], systems: Systems
    ) -> None:
        """`holds` says whether a blob of this digest is on record; it raises LedgerError where nobody can say. `systems` tells which system
        a subject belongs to.
        """
        self._read, self._marking, self._holds, self._systems = controllers.read, marking, holds, systems
        self._accounts = frozenset(controllers.accounts)

    def of(self, asked: Sequence[tuple[Request, Collected]]) -> list[MadeBy | Alone]:
        """The owner of what each is about, as it was collected, or why there is none to pass it on, in their order.

        Each owner is read once for all of them, after all of them have come; once the API server did not answer, it is not asked again.
        """
        reading = _Reading(self._read)
        return [self._of(request, made, reading) for request, made in asked]

    def _of(self, request: Request, made: Collected, reading: _Reading) -> MadeBy | Alone:
        if request.object is None or request.subResource:
            return Alone()
        claims = [one for one in _references(request.object) if one.get("controller") is True]
        if len(claims) != 1:
            return Alone()
        (claim,) = claims
        sort = _SORTS.get((str(claim.get("apiVersion")), str(claim.get("kind"))))
        if sort is None or request.userInfo.username not in (sort.account, *self._accounts):
            return Alone()
        return self._owned(request, made, claim, sort, reading)

    def _owned(
        self, request: Request, made: Collected, claim: Mapping[str, Any], sort: _Sort, reading: _Reading
    ) -> MadeBy | Alone:
        api_version, kind, name, uid = (str(claim.get(key)) for key in ("apiVersion", "kind", "name", "uid"))
        root = f"/apis/{api_version}" if "/" in api_version else f"/api/{api_version}"
        owner = reading.of(
            f"{root}/namespaces/{quote(request.namespace, safe='')}/{sort.plural}/{quote(name, safe='')}"
        )
        if isinstance(owner, Alone):
            return Alone(f"its owner, {kind} {name}, cannot be read: {owner.why}")
        if not uid_of(owner) or uid_of(owner) != uid:
            return Alone(f"{kind} {name} has another UID than the owner that it names")
        if _named(owner) != (api_version, kind, request.namespace, name):
            return Alone(f"what stands in the place of {kind} {name} is something else")
        if "deletionTimestamp" in owner["metadata"]:
            return Alone(f"its owner, {kind} {name}, is being deleted")
        if generated_by(owner) != f"{request.kind.api_version}/{request.kind.kind}" or not is_as_template(
            request.object or {}, owner
        ):
            return Alone(f"it is not as {kind} {name} has it made")
        found = self._marking.found(owner)
        if more := _more(self._systems, made, found):
            return Alone(f"{more}, and {kind} {name}, on whose decision it would come in, not")
        mark = self._marking.of(owner, request.chosen, found)
        try:
            on_record = mark is not None and self._holds(mark.sha256)
        except LedgerError as error:
            return Alone(f"whether {kind} {name} was let in cannot be told: {error.message}")
        if mark is None or not on_record:
            return Alone(f"no decision on record has let in {kind} {name} as it is, with what is around it")
        return MadeBy(f"{kind}.{api_version.partition('/')[0]}", name, uid, mark.sha256)


@dataclass(slots=True)
class _Reading:
    """Owners as they are now, by their paths."""

    read: Read
    _found: dict[str, Mapping[str, Any] | Alone] = field(default_factory=dict)
    _silent: Alone | None = None
    _until: float = field(default_factory=lambda: time.monotonic() + _SECONDS)

    def of(self, path: str) -> Mapping[str, Any] | Alone:
        """One of them, or why it cannot be read."""
        if path not in self._found:
            self._found[path] = self._silent or self._asked(path)
        return self._found[path]

    def _asked(self, path: str) -> Mapping[str, Any] | Alone:
        if (left := self._until - time.monotonic()) <= 0:
            return Alone("the API server did not answer in time")
        try:
            found = self.read(path, left)
        except ApiError as error:
            why = Alone(error.message)
            if not error.status or error.status in _BUSY:
                self._silent = why
            return why
        try:
            canonical(found)
        except ValueError:  # text that is no Unicode
            return Alone("it cannot be written down")
        return found if isinstance(found, dict) and isinstance(found.get("metadata"), dict) else Alone("no object")


def _named(value: Mapping[str, Any]) -> tuple[Any, ...]:
    metadata = value["metadata"]
    return value.get("apiVersion"), value.get("kind"), metadata.get("namespace", ""), metadata.get("name")


def _more(systems: Systems, made: Collected, owner: Collected | NotJudged) -> str:
    """Why a control would look at more of what is made than it has looked at in its owner; empty where it would not."""
    if isinstance(owner, NotJudged):
        return f"its owner cannot be read: {owner.reason}"
    for fact in _LIKE_THE_OWNER:
        if made.facts[fact] and not owner.facts[fact]:
            return f"by itself it is one of {fact.replace('_', ' ')}"
    system = systems.of(made).get("id", "")
    return f"it belongs to the system {system}" if system and system != systems.of(owner).get("id", "") else ""


def _references(value: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    metadata = value.get("metadata")
    references = metadata.get("ownerReferences") if isinstance(metadata, dict) else None
    return [one for one in references if isinstance(one, dict)] if isinstance(references, list) else []
