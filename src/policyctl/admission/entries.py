"""What is recorded of a request: its decision, or why nothing was judged, and a mark of what it let in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from policyctl import __version__, recording
from policyctl.admission.let_in import ROLE, Mark
from policyctl.admission.marking import Marking
from policyctl.admission.owners import MadeBy, may_own
from policyctl.admission.profiles import Profiles
from policyctl.admission.review import Request
from policyctl.admission.subjects import NotJudged, id_of, path_of, state_of, uid_of
from policyctl.admission.updates import NOT_WORSE
from policyctl.bundles.build import Bundle
from policyctl.context import Context
from policyctl.documents.building import canonical
from policyctl.ledger.entry import NewEntry
from policyctl.model.document import Collected
from policyctl.model.errors import LedgerError
from policyctl.recording import Prepared


class Entries:
    """Those of one server."""

    def __init__(
        self,
        bundle: Bundle,
        context: Callable[[], Context],
        profiles: Profiles,
        marking: Marking,
        holds: Callable[[str], bool],
    ) -> None:
        """`holds` says whether a mark is on record, or raises LedgerError."""
        self._bundle, self._context, self._profiles = bundle, context, profiles
        self._marking, self._holds = marking, holds

    def of(self, request: Request, made: Prepared | NotJudged | MadeBy, found: Collected | NotJudged) -> NewEntry:
        """The entry of a request about which this was `found`: what was decided about, with what was around it then."""
        mark = self._mark(request, made, found)
        named = {ROLE: mark.sha256} if mark else {}
        content = {mark.sha256: mark.content} if mark else {}
        if isinstance(made, Prepared):
            made.decision.body["blobs"].update(named)
            entry = recording.entry_of(made, self._bundle)
            return replace(entry, blobs={**entry.blobs, **content})
        return NewEntry(recording.ADMISSION, canonical(self._unjudged(request, made, named)), content)

    def context(self, request: Request, **more: str) -> Context:
        """Who asked, which request of the API server's it was, who chose the profile, and what the object was that it asked about."""
        asked = {"admission": request.uid, "operation": request.operation, "resource": request.about}
        run = {**asked, "profile_by": self._profiles.of(request.chosen).by, **more}
        if value := request.oldObject if more.get("object") == "before" else request.object:
            run |= {"uid": uid_of(value), "state": state_of(value)}
        return replace(self._context(), actor=request.userInfo.username or "unknown", run=run)

    def _mark(self, request: Request, made: Prepared | NotJudged | MadeBy, found: Collected | NotJudged) -> Mark | None:
        """The mark of an owner that is let in; None for anything else. What a break-glass lets through is not let in by a decision; an
        update that is no worse is, if what was before had been, and all that denies is seen and not only feared.
        """
        if request.object is None or not may_own(request) or isinstance(made, NotJudged):
            return None
        if isinstance(made, Prepared) and made.decision.answer["outcome"] == "deny":
            if made.decision.body["context"].get("answered") != NOT_WORSE or _is_feared(made):
                return None
            if not self._was_let_in(request.oldObject or {}, request.chosen):
                return None
        return self._marking.of(request.object, request.chosen, found)

    def _was_let_in(self, value: Mapping[str, Any], chosen: str) -> bool:
        """Whether this is on record; where the ledger cannot say so, it is not."""
        mark = self._marking.of(value, chosen)
        try:
            return mark is not None and self._holds(mark.sha256)
        except LedgerError:
            return False

    def _unjudged(self, request: Request, made: NotJudged | MadeBy, named: dict[str, str]) -> dict[str, Any]:
        context, profile = (
            self.context(request),
            self._profiles.of(request.chosen).profile["kinds"]["kubernetes_object"],
        )
        owner = {"made_by": made.told()} if isinstance(made, MadeBy) else {}
        return {
            "v": 1,
            "subject": {"id": id_of(request), "path": path_of(request)},
            "outcome": "deny" if isinstance(made, NotJudged) and made.refused else "allow",
            "reason": made.reason,
            "profile": {"id": profile["id"], "digest": profile["digest"]},
            "bundle": {"name": self._bundle.identity.name, "revision": self._bundle.identity.revision},
            "policyctl": __version__,
            "actor": context.actor,
            "context": {**context.run, **owner},
            **({"blobs": named} if named else {}),
        }


def _is_feared(made: Prepared) -> bool:
    """Whether something denies because it could not be told: what that is may be another thing each time."""
    return any(result.undetermined and result.when_untold == "deny" for result in made.decision.results)
