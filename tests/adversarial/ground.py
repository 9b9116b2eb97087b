"""All controls on their ground: the fixtures, their mutations, and what OPA made of each. Every control is judged once a session."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from policyctl.engines.interface import Engine
from policyctl.model.catalog import Catalog
from policyctl.model.decision import Answer
from policyctl.model.document import InputDocument, Path
from tests.adversarial.exceptions import ABSENCE_IS_GOOD, Absence
from tests.adversarial.fixtures import Fixture, ask, fixtures, real_documents
from tests.adversarial.mutations import Mutation, mutations
from tests.adversarial.oracle import forgotten
from tests.adversarial.reducing import words


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
        document = fixture.document
        for mutation in mutations(document["facts"], self._wanted(control)):
            yield mutation, {**document, "facts": mutation.facts}
        if any(path[0] == "attested" for path in self.catalog["reads"][control]):
            for mutation in mutations({"attested": document["attested"]}, lambda path: True):
                yield mutation, {**{key: document[key] for key in document if key != "attested"}, **mutation.facts}

    def _look(self, fixture: Fixture, mutation: Mutation, answer: Answer) -> tuple[set[Absence], str]:
        """The exceptions that excuse what was forgotten, and what that is."""
        what = forgotten(fixture.control, fixture.answer, answer)
        if not what:
            return set(), what
        about = {fixture.control, fixture.document["kind"]}
        return {one for one in ABSENCE_IS_GOOD if one.about in about and one.covers(mutation.path, mutation.how)}, what

    def _wanted(self, control: str) -> Callable[[Path], bool]:
        """Facts that the control's rules name. Types and addresses that are keys are no names; the steps of a `path` say only where."""
        entry = self.catalog["controls"][control]
        known = words(entry["family"], entry["name"])
        read = {path[1] for path in self.catalog["reads"][control] if path[0] == "facts" and len(path) > 1}

        def wanted(path: Path) -> bool:
            keys = path[2:] if path[0] in ("resources", "referenced_by") else path
            return (
                path[0] in read
                and "path" not in path[:-1]
                and all(isinstance(key, int) or not known.isdisjoint(key.split(".")) for key in keys)
            )

        return wanted
