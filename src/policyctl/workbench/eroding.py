"""`control erode`: each failing example is taken apart, fact by fact, and nothing that was wrong may be forgotten on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policyctl import library, opening
from policyctl.context import Context
from policyctl.engines.interface import Engine
from policyctl.model.catalog import Catalog, Control
from policyctl.model.decision import Answer, status_of
from policyctl.model.errors import ContentError, InputError
from policyctl.settings import Settings
from policyctl.workbench.absence import Absence, absences
from policyctl.workbench.alone import ask, cut_for, named_facts
from policyctl.workbench.breaking import Mutation, mutations
from policyctl.workbench.examples import Example, examples_of
from policyctl.workbench.forgetting import forgotten
from policyctl.workbench.judging import documents_of, every_control
from policyctl.workbench.selecting import selected


@dataclass(frozen=True, slots=True)
class Lost:
    """What was forgotten: in which example, by which mutation of its facts, and what became of the verdict."""

    example: Example
    mutation: str
    message: str


@dataclass(frozen=True, slots=True)
class Eroded:
    """One control: its failing examples, how many broken documents were made of them, what was forgotten, and which absences excused."""

    control: str
    examples: int
    documents: int
    lost: tuple[Lost, ...]
    used: frozenset[Absence]


def erode(settings: Settings, selectors: Sequence[str], context: Context, as_of: str) -> list[Eroded]:
    """Takes apart the failing examples of the controls of these selectors. One without such an example has 0 of them.

    Raises ContentError for an example that cannot be read, or that does not fail.
    """
    roots = library.roots(settings.content)
    loaded = library.load(roots, opening.opa_path)
    catalog = loaded.bundle.catalog
    controls = selected(catalog, selectors)
    neutral = Context("", as_of or context.today)
    with opening.start(settings, loaded, frozenset(control["id"] for control in controls)) as engine:
        return [_eroded(control, roots, engine, catalog, neutral) for control in controls]


def _eroded(control: Control, roots: Sequence[Path], engine: Engine, catalog: Catalog, context: Context) -> Eroded:
    excused = absences(control, roots)
    failing = [example for example in examples_of(control, roots) if example.status == "fail"]
    asked, lost, used = 0, [], set()
    for example in failing:
        for document, before in _failing_documents(example, engine, catalog, context):
            broken = list(broken_documents(document, catalog, control["id"], roots))
            asked += len(broken)
            answers = ask(engine, catalog, [changed for _, changed in broken])
            for (mutation, _), after in zip(broken, answers, strict=True):
                if what := forgotten(control["id"], before, after):
                    covering = {absence for absence in excused if absence.covers(mutation.path, mutation.how)}
                    used |= covering
                    lost += [] if covering else [Lost(example, str(mutation), what)]
    return Eroded(control["id"], len(failing), asked, tuple(lost), frozenset(used))


def _failing_documents(
    example: Example, engine: Engine, catalog: Catalog, context: Context
) -> Sequence[tuple[Mapping[str, Any], Answer]]:
    """The documents of an example in which its control fails, with the answers."""
    try:
        documents = documents_of(example, catalog, every_control(catalog), context, context.today)
    except InputError as error:
        raise ContentError(f"{example.path}: cannot be read: {error.message}", hint="see policyctl gather") from error
    kinds = catalog["controls"][example.control]["kinds"]
    alone = [cut_for(catalog, example.control, document) for _, document in documents if document["kind"] in kinds]
    answers = zip(alone, ask(engine, catalog, alone), strict=True)
    failing = [(document, answer) for document, answer in answers if status_of(answer, example.control) == "fail"]
    if not failing:
        raise ContentError(f"{example.path}: {example.control} does not fail there", hint="see policyctl control test")
    return failing


def broken_documents(
    document: Mapping[str, Any], catalog: Catalog, control: str, roots: Sequence[Path]
) -> Iterator[tuple[Mutation, Mapping[str, Any]]]:
    """Each mutation of the facts that the control's rules name, and of what is attested where they read that."""
    for mutation in mutations(document["facts"], named_facts(catalog, control, roots)):
        yield mutation, {**document, "facts": mutation.facts}
    if any(path[0] == "attested" for path in catalog["reads"][control]):
        rest = {key: value for key, value in document.items() if key != "attested"}
        for mutation in mutations({"attested": document["attested"]}, lambda path: True):
            yield mutation, {**rest, **mutation.facts}
