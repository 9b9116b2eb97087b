"""Judges requests that wait together: one question to OPA, one transaction of the ledger, an answer each. Recorded before answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from policyctl import __version__, recording
from policyctl.admission.answering import answer_of, unjudged
from policyctl.admission.review import Answer, Request
from policyctl.admission.subjects import NotJudged, path_of, subject
from policyctl.context import Context
from policyctl.deciding import Asked
from policyctl.documents.building import canonical
from policyctl.ledger import open_ledger
from policyctl.ledger.entry import NewEntry
from policyctl.ledger.interface import Ledger
from policyctl.model.document import Collected
from policyctl.model.errors import EngineError, LedgerError, PolicyctlError
from policyctl.model.report import Decided
from policyctl.pipeline import Options, Standing

KIND = "admission"
"""Of the entries about requests in which nothing was judged."""
_OPTIONS = Options()

Given = Answer | PolicyctlError
"""What became of a request: an answer, or why there is none. Then the API server does what its configuration says."""


class Judging:
    """Judges by what stands, and records in one ledger, which it opens when it is first needed. For one thread at a time."""

    def __init__(
        self,
        standing: Standing,
        context: Callable[[], Context],
        timeout: float,
        seen: Callable[[Decided], None] = lambda _: None,
    ) -> None:
        """`context` tells the day anew for each question: a server outlives many. `timeout`: seconds to wait for the ledger. `seen` is
        told of each decision that is answered.
        """
        self._standing, self._context, self._timeout, self._seen = standing, context, timeout, seen
        self._bundle = standing.run.loaded.bundle
        self._address = recording.address(standing.run.settings)
        self._ledger: Ledger | None = None

    def given(self, requests: Sequence[Request]) -> list[Given]:
        """What became of each request, in their order."""
        found = [subject(request) for request in requests]
        judged = [(r, s) for r, s in zip(requests, found, strict=True) if isinstance(s, Collected)]
        try:
            asked = iter(self._asked([s for _, s in judged]))
        except EngineError as error:
            asked = iter([error] * len(judged))
        outcomes = [next(asked) if isinstance(s, Collected) else s for s in found]
        return self._recorded(requests, outcomes)

    def probe(self) -> None:
        """Raises EngineError unless OPA answers from the right bundle, LedgerError unless the ledger can be written."""
        self._standing.run.engine.decide([])
        self._appended([])

    def revive(self) -> None:
        """Like `probe`, but for an OPA that does not answer, which is started again first."""
        try:
            self.probe()
        except EngineError:
            self._standing.run.restart()
            self.probe()

    def close(self) -> None:
        """Closes the ledger. The engine belongs to the run."""
        if self._ledger:
            self._ledger.close()
            self._ledger = None

    def _asked(self, collected: Sequence[Collected]) -> list[Asked | EngineError]:
        """OPA's answers. An OPA that failed is started again and asked about one after the other, so that none fails for its neighbour."""
        try:
            return list(self._decided(collected))
        except EngineError:
            self._standing.run.restart()
        answers: list[Asked | EngineError] = []
        for one in collected:
            try:
                answers += self._decided([one])
            except EngineError as error:
                answers.append(error)
                self._standing.run.restart()
        return answers

    def _decided(self, collected: Sequence[Collected]) -> Sequence[Asked]:
        return tuple(self._standing.decide(collected, _OPTIONS, self._context())) if collected else ()

    def _recorded(
        self, requests: Sequence[Request], outcomes: Sequence[Asked | NotJudged | EngineError]
    ) -> list[Given]:
        """The answers, once all that is no dry run is on record."""
        pairs = list(zip(requests, outcomes, strict=True))
        prepared = iter(
            recording.prepare(
                [o for _, o in pairs if isinstance(o, Asked)],
                self._bundle,
                self._standing.run.engine.identity,
                [self._of(r) for r, o in pairs if isinstance(o, Asked)],
            )
        )
        made = [(r, next(prepared) if isinstance(o, Asked) else o) for r, o in pairs]
        kept = [(r, m) for r, m in made if not r.dryRun and not isinstance(m, EngineError)]
        try:
            entries = self._appended([self._entry(r, m) for r, m in kept])
        except LedgerError as error:
            return [m if isinstance(m, EngineError) else error for _, m in made]
        ids = {id(r): entry for (r, _), entry in zip(kept, entries, strict=True)}
        return [self._answer(r, m, ids.get(id(r), "")) for r, m in made]

    def _answer(self, request: Request, made: recording.Prepared | NotJudged | EngineError, entry: str) -> Given:
        if isinstance(made, EngineError):
            return made
        if isinstance(made, NotJudged):
            return unjudged(request, made, entry, self._bundle.identity.revision)
        decided = replace(made.decision, id=entry)
        self._seen(decided)
        return answer_of(request, decided)

    def _entry(self, request: Request, made: recording.Prepared | NotJudged) -> NewEntry:
        if isinstance(made, NotJudged):
            return NewEntry(KIND, canonical(self._unjudged(request, made)))
        return recording.entry_of(made, self._bundle)

    def _unjudged(self, request: Request, why: NotJudged) -> dict[str, object]:
        context, profile = self._of(request), self._standing.profile["kinds"]["kubernetes_object"]
        return {
            "v": 1,
            "subject": {"id": path_of(request), "path": path_of(request)},
            "outcome": "deny" if why.refused else "allow",
            "reason": why.reason,
            "profile": {"id": profile["id"], "digest": profile["digest"]},
            "bundle": {"name": self._bundle.identity.name, "revision": self._bundle.identity.revision},
            "policyctl": __version__,
            "actor": context.actor,
            "context": dict(context.run),
        }

    def _of(self, request: Request) -> Context:
        """Who asked, and which request of the API server's it was."""
        run = {"admission": request.uid, "operation": request.operation, "resource": request.about}
        return replace(self._context(), actor=request.userInfo.username or "unknown", run=run)

    def _appended(self, entries: Sequence[NewEntry]) -> list[str]:
        """The ids of what is on record now. After a failure the ledger is opened anew the next time."""
        try:
            if self._ledger is None:
                recording.make_folder(self._address)
                self._ledger = open_ledger(self._address, timeout=self._timeout)
            return [entry.id for entry in self._ledger.append(entries)]
        except LedgerError:
            ledger, self._ledger = self._ledger, None
            if ledger:
                ledger.close()
            raise
