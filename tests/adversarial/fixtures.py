"""Real documents in which a control fails or cannot tell, cut to what it reads: the ground that mutations start from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policyctl import gathering, settings
from policyctl.attesting import Attestations
from policyctl.context import Context
from policyctl.documents.building import build
from policyctl.engines.interface import Engine
from policyctl.model.catalog import Catalog
from policyctl.model.decision import Answer, Status, status_of
from policyctl.model.document import Collected, InputDocument, System
from policyctl.systems import Systems
from policyctl.workbench.alone import ask, cut_for
from policyctl.workbench.judging import every_control
from tests.adversarial.reducing import around, left_open, only, size
from tests.conftest import DATA, EXAMPLES, ROOT

SOURCES = (
    EXAMPLES,
    DATA / "agents",
    DATA / "terraform",
    DATA / "kubernetes",
    DATA / "model_cards",
    DATA / "bom",
    DATA / "systems",
    DATA / "records",
    DATA / "releases",
    ROOT / "tests/adversarial/data",
)
EXAMPLES_OF_CONTROLS = tuple(
    ROOT / "controls_catalog" / control / "examples" / example
    for control, example in (
        ("data/checks_passed", "fail.not_met"),
        ("data/checks_passed", "undetermined"),
        ("documentation/card_results_true", "fail.contradicted"),
        ("documentation/signature_known", "undetermined"),
        ("evaluation/examinations_passed", "fail.not_passed/red_team"),
        ("evaluation/examinations_passed", "undetermined/nameless"),
        ("evaluation/not_worse", "fail.worse"),
        ("evaluation/not_worse", "undetermined"),
        ("evaluation/safety_tested", "fail.no_results/ability_only"),
        ("evaluation/subgroups", "undetermined"),
        ("supply_chain/dependencies_pinned", "fail.not_pinned"),
        ("supply_chain/model_licence_agrees", "undetermined"),
        ("supply_chain/safe_formats", "fail.runs_code"),
    )
)
"""Versions of models that show what no other file does."""

CONFIGURATION = ROOT / "tests/adversarial/data/systems"
"""Its policyctl.yaml lists the attestations of all systems that the tests have."""

AS_OF = "2026-11-21"

Candidate = tuple[str, str, Mapping[str, Any]]
"""A control, the provider of the resource at fault (empty for other kinds), and a document asked about this control only."""


@dataclass(frozen=True, slots=True)
class Fixture:
    """A document that is asked about one control, which fails there or cannot tell, and what OPA says about it."""

    control: str
    provider: str
    status: Status
    document: Mapping[str, Any]
    answer: Answer

    @property
    def codes(self) -> frozenset[str]:
        """The codes of its findings."""
        return frozenset(finding["code"] for finding in self.answer["findings"].get(self.control, []))

    def __str__(self) -> str:
        codes = ", ".join(sorted(self.codes)) or self.status
        return f"{self.control} ({codes}) in {self.document['subject']['id']}"


def fixtures(engine: Engine, catalog: Catalog, documents: Sequence[InputDocument]) -> list[Fixture]:
    """For every control, code and provider the smallest document that shows it, and the smallest that leaves it undetermined."""
    real = _judged(engine, catalog, _candidates(engine, catalog, documents))
    later = _judged(engine, catalog, (changed for fixture in real for changed in _known_after_apply(fixture)))
    unclear = [fixture for fixture in later if fixture.status == "undetermined"]
    return _smallest([*real, *unclear])


def real_documents(catalog: Catalog) -> list[InputDocument]:
    """The document of every subject in the source files. Each folder is a run of its own, whose objects may be related."""
    kinds = every_control(catalog)["kinds"]
    attestations = Attestations(settings.load({}, {}, CONFIGURATION), catalog, Context("", AS_OF))
    collected = [
        (subject, _system(subject, source))
        for source in (*SOURCES, *EXAMPLES_OF_CONTROLS)
        for subject in gathering.subjects(gathering.gather([str(source)]))
    ]
    return [
        build(
            subject,
            system=system,
            profile=kinds[subject.kind],
            as_of=AS_OF,
            simulated=False,
            environment={},
            attested=attestations.of(subject.system_id or "", subject.kind),
        )
        for subject, system in collected
    ]


def _system(subject: Collected, source: Path) -> System:
    """The system of a model in a folder that names one; of everything else nothing is known."""
    if subject.kind != "model" or not (source / settings.FILE).is_file():
        return {}
    return Systems(settings.load({}, {}, source)).of(subject)


def _candidates(engine: Engine, catalog: Catalog, documents: Sequence[InputDocument]) -> Iterator[Candidate]:
    """For each control, each document in which it does not pass: as it is, a plan cut down to each resource that is at fault."""
    answers = ask(engine, catalog, documents)
    for document, answer in zip(documents, answers, strict=True):
        for control in answer["expected"]:
            if status_of(answer, control) not in ("fail", "undetermined"):
                continue
            whole = cut_for(catalog, control, document)
            facts = whole["facts"]
            listed = facts.get("resources", {})
            types = {resource["address"]: type for type, resources in listed.items() for resource in resources}
            entries = [*answer["findings"].get(control, []), *answer["undetermined"].get(control, [])]
            at_fault = {entry["resource"] for entry in entries} & set(types)
            if not at_fault:
                yield control, "", whole
            for address in sorted(at_fault):
                provider = types[address].split("_")[0]
                yield control, provider, {**whole, "facts": only(facts, frozenset({address}))}
                yield control, provider, {**whole, "facts": around(facts, address)}


def _judged(engine: Engine, catalog: Catalog, candidates: Iterable[Candidate]) -> list[Fixture]:
    """Those in which the control fails or cannot tell."""
    listed = list(candidates)
    found = []
    for (control, provider, document), answer in zip(
        listed, ask(engine, catalog, [document for _, _, document in listed]), strict=True
    ):
        status = status_of(answer, control)
        if status in ("fail", "undetermined"):
            found.append(Fixture(control, provider, status, document, answer))
    return found


def _known_after_apply(fixture: Fixture) -> Iterator[Candidate]:
    """The same plan with the value at fault left to a local that is known only after apply."""
    for finding in fixture.answer["findings"].get(fixture.control, []):
        if finding["path"][:1] == ["values"] and len(finding["path"]) > 1:
            facts = left_open(fixture.document["facts"], finding["resource"], tuple(finding["path"][1:]))
            yield fixture.control, fixture.provider, {**fixture.document, "facts": facts}


def _smallest(listed: Iterable[Fixture]) -> list[Fixture]:
    """One for each control, provider and defect, or reason why it could not tell. Best without gaps, which keep their controls
    undetermined whatever the facts say, and with few defects, since each hides the others.
    """
    best: dict[tuple[str, ...], tuple[tuple[bool, int, int], Fixture]] = {}
    for fixture in listed:
        cost = (
            bool(fixture.document["gaps"]),
            len(fixture.codes),
            size(fixture.document["facts"]) + size(fixture.document["attested"]),
        )
        for defect in _defects(fixture) or _reasons(fixture):
            key = (fixture.control, fixture.provider, *defect)
            if key not in best or cost < best[key][0]:
                best[key] = (cost, fixture)
    return list({id(fixture): fixture for _, fixture in best.values()}.values())


def _reasons(fixture: Fixture) -> set[tuple[str, ...]]:
    """Why the control could not tell: the codes that it gives itself."""
    return {
        ("undetermined", entry.get("code", "")) for entry in fixture.answer["undetermined"].get(fixture.control, [])
    }


def _defects(fixture: Fixture) -> set[tuple[str, ...]]:
    """The codes, each with the attribute that it is about, of a pod or of a container in it: rules may share a code."""
    return {
        (
            finding["code"],
            next((step for step in reversed(finding["path"]) if isinstance(step, str)), ""),
            "container" if "containers" in finding["path"] else "",
        )
        for finding in fixture.answer["findings"].get(fixture.control, [])
    }
