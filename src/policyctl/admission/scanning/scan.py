"""Scans a cluster: each object as it is now is decided as it would be in a pull request or at admission, and recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
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
        self._ledger = ledger
        self._noted = Noted()
        self.begin(context)

    def rows(self, page: Sequence[Found], before: Mapping[str, Row] = MappingProxyType({})) -> Iterator[Row]:
        """What was found of each object, once it is on record; what is as it was `before`, by path, is on record already. Raises
        PolicyctlError where nothing can be decided or recorded.
        """
        judged = self._judged(page)
        yield from self._recorded([(found, one) for found, one in judged if isinstance(one, Asked)], before)
        yield from (unjudged_row(found, one) for found, one in judged if isinstance(one, NotJudged))

    def begin(self, context: Context) -> None:
        """Another look, on another day: what is decided from now on belongs to it. What is remembered of the ledger begins anew, and so
        does not grow for ever.
        """
        self._context, self._id = context, str(uuid4())
        self._admissions = Admissions(self._ledger)

    @property
    def notes(self) -> tuple[str, ...]:
        """What must be known of what was decided until now, a sentence each."""
        return self._noted.told(self._standing, self._context)

    def _judged(self, page: Sequence[Found]) -> list[tuple[Found, Asked | NotJudged]]:
        """Each object with OPA's answer, or why there is none."""
        subjects = [collected(found.value, found.path, self._around) for found in page]
        documents = [
            document
            for found, subject in zip(page, subjects, strict=True)
            if isinstance(subject, Collected)
            for document in self._by(found).documents([subject], Options(), self._context)
        ]
        answers = self._standing.answered(documents) if documents else iter(())
        return [(f, next(answers) if isinstance(s, Collected) else s) for f, s in zip(page, subjects, strict=True)]

    def _recorded(self, judged: Sequence[tuple[Found, Asked]], before: Mapping[str, Row]) -> list[Row]:
        run, bundle = self._standing.run, self._standing.run.loaded.bundle
        states = [state_of(found.value) for found, _ in judged]
        came = [self._admissions.of(f.uid, state, f.created) for (f, _), state in zip(judged, states, strict=True)]
        contexts = [self._of(f, state, by) for (f, _), state, by in zip(judged, states, came, strict=True)]
        prepared = recording.prepare([asked for _, asked in judged], bundle, run.engine.identity, contexts)
        rows = []
        for (found, asked), state, by, one in zip(judged, states, came, prepared, strict=True):
            chosen = self._profiles.of(found.chosen)
            self._noted.take(asked, one.decision, chosen.profile)
            rows.append(row_of(found, state, one.decision, by, chosen, bundle.catalog))
        new = [(n, one) for n, one in enumerate(prepared) if not _is_known(rows[n], before.get(rows[n].path))]
        if self._record and new:
            entries = self._ledger.append([recording.entry_of(one, bundle) for _, one in new])
            for (n, _), entry in zip(new, entries, strict=True):
                rows[n] = replace(rows[n], entry=entry.id)
        return [row if row.entry or not self._record else before[row.path] for row in rows]

    def _by(self, found: Found) -> Standing:
        """What this object is judged by."""
        return replace(self._standing, profile=self._profiles.of(found.chosen).profile)

    def _of(self, found: Found, state: str, admission: Admission) -> Context:
        run = {"scan": self._id, "cluster": self._reading.api.host, "uid": found.uid, "state": state}
        run |= {"profile_by": self._profiles.of(found.chosen).by}
        run |= {"admitted": admission.entry} if admission.entry else {}
        run |= {"changed_since": admission.since} if admission.since else {}
        return replace(self._context, run={**self._context.run, **run})


def _is_known(row: Row, before: Row | None) -> bool:
    """Whether all of it was found before. What is beside it, `entry`, is its place in the ledger."""
    return before is not None and replace(before, entry="") == row
