"""All controls on their ground: the fixtures, their mutations, and what OPA made of each. Every control is judged once a session."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from policyctl.engines.interface import Engine
from policyctl.library import own_root
from policyctl.model.catalog import Catalog
from policyctl.model.decision import Answer
from policyctl.model.document import InputDocument
from policyctl.workbench.absence import Absence
from policyctl.workbench.alone import ask
from policyctl.workbench.breaking import Mutation
from policyctl.workbench.eroding import broken_documents
from policyctl.workbench.forgetting import forgotten
from tests.adversarial.exceptions import ABSENCE_IS_GOOD
from tests.adversarial.fixtures import Fixture, fixtures, real_documents


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of one control: how many documents were asked about, what was forgotten, and the exceptions that were needed."""

    documents: int
    forgotten: list[str]
    used: frozenset[Absence]


@dataclass(slots=True)
class Ground:
    """An engine with the catalog's bundle, the real documents, and every fixture by control id."""

    engine: Engine
    catalog: Catalog
    documents: list[InputDocument]
    fixtures: dict[str, list[Fixture]]
    _judged: dict[str, Judged] = field(default_factory=dict)

    @classmethod
    def prepare(cls, engine: Engine, catalog: Catalog) -> Ground:
        """Gathers the real documents and finds in them the fixtures of all controls."""
        documents = real_documents(catalog)
        by_control: dict[str, list[Fixture]] = {id: [] for id in catalog["controls"]}
        for fixture in fixtures(engine, catalog, documents):
            by_control[fixture.control].append(fixture)
        return cls(engine, catalog, documents, by_control)

    def judge(self, control: str) -> Judged:
        """Breaks each fixture of a control in every way."""
        if control not in self._judged:
            self._judged[control] = self._break_all(control)
        return self._judged[control]

    def _break_all(self, control: str) -> Judged:
        lost: list[str] = []
        used: set[Absence] = set()
        asked = 0
        for fixture in self.fixtures[control]:
            listed = list(self.broken(control, fixture))
            asked += len(listed)
            answers = ask(self.engine, self.catalog, [document for _, document in listed])
            for (mutation, _), answer in zip(listed, answers, strict=True):
                excuse, what = self._look(fixture, mutation, answer)
                used |= excuse
                if what and not excuse:
                    lost.append(f"{fixture}: {what} with {mutation}")
        return Judged(asked, lost, frozenset(used))

    def broken(self, control: str, fixture: Fixture) -> Iterator[tuple[Mutation, Mapping[str, Any]]]:
        """Each mutation of the facts, and of what is attested, with the document that has it."""
        yield from broken_documents(fixture.document, self.catalog, control, (own_root(),))

    def _look(self, fixture: Fixture, mutation: Mutation, answer: Answer) -> tuple[set[Absence], str]:
        """The exceptions that excuse what was forgotten, and what that is."""
        what = forgotten(fixture.control, fixture.answer, answer)
        if not what:
            return set(), what
        about = {fixture.control, fixture.document["kind"]}
        return {one for one in ABSENCE_IS_GOOD if one.about in about and one.covers(mutation.path, mutation.how)}, what
