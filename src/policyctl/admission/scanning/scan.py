"""Scans a cluster: each object as it is now is decided as it would be in a pull request or at admission, and recorded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from uuid import uuid4

from policyctl import recording
from policyctl.admission.profiles import Profiles
from policyctl.admission.scanning.admitted import Admission, Admissions
from policyctl.admission.scanning.noted import Noted
from policyctl.admission.scanning.reading import Found, Reading
from policyctl.admission.scanning.scanned import Row, row_of, unjudged_row
from policyctl.admission.subjects import Around, NotJudged, collected, state_of
from policyctl.context import Context
from policyctl.deciding import Asked
from policyctl.ledger.interface import Ledger
from policyctl.model.document import Collected
from policyctl.pipeline import Options, Standing


class Scan:
    """One look at a cluster. What is read is told by `reading`; `around` is what is known of other objects."""

    def __init__(
        self,
        standing: Standing,
        profiles: Profiles,
        reading: Reading,
        around: Around,
        ledger: Ledger,
        context: Context,
        *,
        record: bool,
    ) -> None:
        self._standing, self._profiles, self._reading = standing, profiles, reading
        self._around, self._record = around, record
        self._ledger, self._admissions = ledger, Admissions(ledger)
        self._context, self._id = context, str(uuid4())
        self._noted = Noted()

    def rows(self) -> Iterator[Row]:
        """What was found of each object, once it is on record. Raises PolicyctlError where nothing can be read, decided or recorded."""
        for page in self._decided():
            yield from self._recorded([(found, one) for found, one in page if isinstance(one, Asked)])
            yield from (unjudged_row(found, one) for found, one in page if isinstance(one, NotJudged))

    @property
    def notes(self) -> tuple[str, ...]:
        """What must be known of what was decided until now, a sentence each."""
        return self._noted.told(self._standing, self._context)

    def _decided(self) -> Iterator[list[tuple[Found, Asked | NotJudged]]]:
        """The pages, each object with OPA's answer, or why there is none."""
        for page in self._reading.pages():
            subjects = [collected(found.value, found.path, self._around) for found in page]
            documents = [
                document
                for found, subject in zip(page, subjects, strict=True)
                if isinstance(subject, Collected)
                for document in self._by(found).documents([subject], Options(), self._context)
            ]
            answers = self._standing.answered(documents) if documents else iter(())
            yield [(f, next(answers) if isinstance(s, Collected) else s) for f, s in zip(page, subjects, strict=True)]

    def _recorded(self, judged: Sequence[tuple[Found, Asked]]) -> Iterator[Row]:
        run, bundle = self._standing.run, self._standing.run.loaded.bundle
        contexts, admissions = [], []
        for found, _ in judged:
            state = state_of(found.value)
            admissions.append(self._admissions.of(found.uid, state, found.created))
            contexts.append(self._of(found, state, admissions[-1]))
        prepared = recording.prepare([asked for _, asked in judged], bundle, run.engine.identity, contexts)
        decided = [one.decision for one in prepared]
        if self._record:
            entries = self._ledger.append([recording.entry_of(one, bundle) for one in prepared])
            decided = [replace(one, id=entry.id) for one, entry in zip(decided, entries, strict=True)]
        self._noted.take(
            (asked, one, self._by(found).profile) for (found, asked), one in zip(judged, decided, strict=True)
        )
        for (found, _), one, admission in zip(judged, decided, admissions, strict=True):
            yield row_of(found, one, admission, self._profiles.of(found.chosen), bundle.catalog)

    def _by(self, found: Found) -> Standing:
        """What this object is judged by."""
        return replace(self._standing, profile=self._profiles.of(found.chosen).profile)

    def _of(self, found: Found, state: str, admission: Admission) -> Context:
        run = {"scan": self._id, "cluster": self._reading.api.host, "uid": found.uid, "state": state}
        run |= {"profile_by": self._profiles.of(found.chosen).by}
        run |= {"admitted": admission.entry} if admission.entry else {}
        run |= {"changed_since": admission.since} if admission.since else {}
        return replace(self._context, run={**self._context.run, **run})
