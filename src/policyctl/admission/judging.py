"""Judges requests that wait together: one question to OPA, one transaction of the ledger, an answer each. Recorded before answered."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace

from policyctl import recording
from policyctl.admission.answering import answer_of, passed_on, unjudged
from policyctl.admission.asking import Asking
from policyctl.admission.break_glass import BreakGlass
from policyctl.admission.entries import Entries
from policyctl.admission.keeping import Keeping
from policyctl.admission.marking import Marking
from policyctl.admission.owners import Alone, Controllers, MadeBy, Owners
from policyctl.admission.profiles import Profiles
from policyctl.admission.review import Answer, Request
from policyctl.admission.spool import Spool
from policyctl.admission.subjects import (
    Around,
    NotJudged,
    before,
    nothing_known,
    probe,
    subject,
)
from policyctl.admission.updates import NOT_WORSE, no_worse
from policyctl.context import Context
from policyctl.deciding import Asked
from policyctl.ledger.entry import NewEntry
from policyctl.model.document import Collected
from policyctl.model.errors import EngineError, LedgerError, PolicyctlError
from policyctl.model.report import Decided
from policyctl.pipeline import Standing
from policyctl.recording import Prepared

Given = Answer | PolicyctlError
"""What became of a request: an answer, or why there is none. Then the API server does what its configuration says."""
Made = Prepared | NotJudged | MadeBy | EngineError
"""What is known of a request before it is on record."""


class Judging:
    """Judges by what stands, and records in one ledger. Safe for use by several threads."""

    def __init__(
        self,
        standing: Standing,
        context: Callable[[], Context],
        timeout: float,
        seen: Callable[[Decided], None] = lambda _: None,
        around: Around = nothing_known,
        spool: Spool | None = None,
        namespace_profiles: Sequence[str] = (),
        broken: Callable[[Request], BreakGlass | None] = lambda _: None,
        controllers: Controllers | None = None,
    ) -> None:
        """`context` tells the day anew for each question: a server outlives many. `timeout`: seconds to wait for the ledger. `seen` is
        told of each decision that is answered. `around` gives what is known of the cluster; `spool` takes what the ledger cannot;
        `namespace_profiles` may be chosen by namespaces; `broken` gives the break-glass that lets a request through; what
        `controllers` make is passed on the decision about its owner. Raises as `Profiles` does.
        """
        self._standing, self._context, self._seen, self._around = standing, context, seen, around
        self._bundle = standing.run.loaded.bundle
        self._broken = broken
        self._profiles = Profiles(standing, namespace_profiles)
        self._probes = [(profile, probe()) for profile in self._profiles.all()]
        self._asking = Asking(standing, context)
        self._keeping = Keeping(recording.address(standing.run.settings), timeout, spool)
        marking, holds = Marking(self._profiles, around), self._keeping.holds
        self._entries = Entries(self._bundle, context, self._profiles, marking, holds)
        self._owners = Owners(controllers, marking, holds, standing.systems) if controllers else None

    def given(self, requests: Sequence[Request]) -> list[Given]:
        """What became of each request, in their order."""
        subjects = [subject(request, self._around) for request in requests]
        made = self._made(requests, subjects)
        befores = self._no_worse(made)
        self._break_glass(made)
        kept = [
            (r, m, s)
            for (r, m), s in zip(made, subjects, strict=True)
            if not r.dryRun and not isinstance(m, EngineError)
        ]
        try:
            entries = self._keeping.append([*befores, *(self._entries.of(*one) for one in kept)])[len(befores) :]
        except LedgerError as error:
            return [m if isinstance(m, EngineError) else error for _, m in made]
        ids = {id(r): entry for (r, *_), entry in zip(kept, entries, strict=True)}
        return [self._answer(r, m, ids.get(id(r), "")) for r, m in made]

    def append(self, entries: Sequence[NewEntry]) -> None:
        """Records what is no decision. Raises LedgerError."""
        self._keeping.append(entries)

    @property
    def spooled(self) -> int:
        """How many batches wait for the ledger."""
        return self._keeping.spooled

    @property
    def spooling(self) -> str:
        """Why decisions are spooled; empty while the ledger can be written."""
        return self._keeping.spooling

    def probe(self) -> None:
        """Raises EngineError unless OPA answers from the right bundle under every profile, LedgerError unless decisions can be recorded."""
        self._asking.probe(self._probes)
        self._keeping.probe()

    def revive(self) -> None:
        """Starts another OPA in the place of one that does not answer. Raises as `probe` does."""
        self._asking.restart()
        self.probe()

    def close(self) -> None:
        """Closes the ledger. The engine belongs to the run."""
        self._keeping.close()

    def _made(
        self, requests: Sequence[Request], subjects: Sequence[Collected | NotJudged]
    ) -> list[tuple[Request, Made]]:
        owners = self._owners_of(requests, subjects)
        found = [o if isinstance(o, MadeBy) else s for o, s in zip(owners, subjects, strict=True)]
        posed = [
            (self._profiles.of(r.chosen).profile, s)
            for r, s in zip(requests, found, strict=True)
            if isinstance(s, Collected)
        ]
        answers = iter(self._asking.about(posed))
        outcomes = [next(answers) if isinstance(s, Collected) else s for s in found]
        contexts = [
            self._entries.context(r, **({"judged_because": o.why} if isinstance(o, Alone) and o.why else {}))
            for r, o in zip(requests, owners, strict=True)
        ]
        asked = [(o, context) for o, context in zip(outcomes, contexts, strict=True) if isinstance(o, Asked)]
        prepared = iter(self._prepared(asked))
        return [(r, next(prepared) if isinstance(o, Asked) else o) for r, o in zip(requests, outcomes, strict=True)]

    def _owners_of(
        self, requests: Sequence[Request], subjects: Sequence[Collected | NotJudged]
    ) -> list[MadeBy | Alone]:
        """On whose decision each is passed, if it would be judged else."""
        judged = [(r, s) for r, s in zip(requests, subjects, strict=True) if isinstance(s, Collected)]
        owners = iter(self._owners.of(judged)) if self._owners else itertools.repeat(Alone())
        return [next(owners) if isinstance(s, Collected) else Alone() for s in subjects]

    def _prepared(self, asked: Sequence[tuple[Asked, Context]]) -> tuple[Prepared, ...]:
        identity = self._standing.run.engine.identity
        return recording.prepare([a for a, _ in asked], self._bundle, identity, [c for _, c in asked])

    def _no_worse(self, made: Sequence[tuple[Request, Made]]) -> list[NewEntry]:
        """Marks the updates that deny and leave their object no worse, where the profile lets them through. What the objects were before is
        decided for this, and is what is given, to be recorded too.
        """
        denied = [(r, m) for r, m in made if isinstance(m, Prepared) and m.decision.answer["outcome"] == "deny"]
        lenient = [
            (r, m) for r, m in denied if self._profiles.of(r.chosen).profile.get("update_not_worse", "warn") == "warn"
        ]
        olds = [(r, m, old) for r, m in lenient if (old := before(r, self._around))]
        asked = self._asking.about([(self._profiles.of(r.chosen).profile, old) for r, _, old in olds])
        told = [(r, m, a) for (r, m, _), a in zip(olds, asked, strict=True) if isinstance(a, Asked)]
        prepared = self._prepared([(a, self._entries.context(r, object="before")) for r, _, a in told])
        for (_, m, _), was in zip(told, prepared, strict=True):
            if no_worse(m.decision, was.decision):
                m.decision.body["context"]["answered"] = NOT_WORSE
        return [
            recording.entry_of(p, self._bundle) for (r, _, _), p in zip(told, prepared, strict=True) if not r.dryRun
        ]

    def _break_glass(self, made: Sequence[tuple[Request, Made]]) -> None:
        """Marks what denies and is let through all the same: on record it stays a deny."""
        for request, one in made:
            if not isinstance(one, Prepared) or one.decision.answer["outcome"] != "deny":
                continue
            context = one.decision.body["context"]
            if "answered" not in context and (glass := self._broken(request)):
                context |= {"answered": glass.answered(), "break_glass": glass.told()}

    def _answer(self, request: Request, made: Made, entry: str) -> Given:
        if isinstance(made, EngineError):
            return made
        if isinstance(made, NotJudged):
            return unjudged(request, made, entry, self._bundle.identity.revision)
        if isinstance(made, MadeBy):
            return passed_on(made, entry, self._bundle.identity.revision)
        decided = replace(made.decision, id=entry)
        self._seen(decided)
        return answer_of(request, decided, self._profiles.of(request.chosen).warning)
