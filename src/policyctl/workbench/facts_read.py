"""`control facts`: the facts that controls read, found by breaking them: where a verdict changes, the fact was read.
Broken is one entry of a list after the other, and then all of them.

What the rules name would be too many: a rule that is given a whole object names none of its fields, and one that names a field may
never come to look at it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path as File
from typing import Any, Final, Literal

from policyctl import library, opening, pipeline
from policyctl.context import Context
from policyctl.engines.interface import Engine
from policyctl.model.catalog import Catalog, Control
from policyctl.model.decision import Answer
from policyctl.model.document import InputDocument, Kind, Path
from policyctl.settings import Settings
from policyctl.workbench.alone import ask, cut_for, named_facts
from policyctl.workbench.breaking import Mutation, mutations
from policyctl.workbench.examples import examples_of
from policyctl.workbench.judging import documents_of, every_control
from policyctl.workbench.selecting import selected

Basis = Literal["derived", "attested"]

STATED: Final[Mapping[Kind, tuple[str, ...]]] = {
    "model": ("release",),
    **dict.fromkeys(
        ("system", "competence", "impact_assessment", "decommissioning", "gpai_model", "incident", "supplier"), ("",)
    ),
}
"""The facts that are what a person states, by kind: those below these names, or all. Everything else is read from artefacts."""

_WAYS: Final = ("removed", "null", "number", "true", "empty text", "switch as text")
_EACH: Final = 4
"""How many entries of one list are broken before a field counts as not read."""


@dataclass(frozen=True, slots=True)
class FactRead:
    """A fact of one kind of document, `path` with "[]" for positions in lists, and the controls whose verdict depends on it."""

    kind: Kind
    path: str
    basis: Basis
    controls: tuple[str, ...]


def facts_read(
    settings: Settings, selectors: Sequence[str], kind: str | None, sources: Sequence[str], context: Context, as_of: str
) -> list[FactRead]:
    """What the controls of these selectors read: in the documents of `sources`, else in their own examples. Sorted by kind and path.

    Raises UsageError for a selector that names nothing, ContentError and InputError for what cannot be read.
    """
    roots = library.roots(settings.content)
    loaded = library.load(roots, opening.opa_path)
    catalog = loaded.bundle.catalog
    controls = [control for control in selected(catalog, selectors) if kind is None or kind in control["kinds"]]
    given = _documents(sources, settings, catalog, context, as_of) if sources else None
    found: dict[tuple[Kind, str], set[str]] = {}
    with opening.start(settings, loaded, frozenset(control["id"] for control in controls)) as engine:
        for control in controls:
            documents = given if given is not None else _examples(control, roots, catalog, context)
            for document in documents:
                if document["kind"] in control["kinds"] and kind in (None, document["kind"]):
                    for path in _read(control, document, engine, catalog, roots, found):
                        found.setdefault((document["kind"], path), set()).add(control["id"])
    read = [FactRead(of, path, basis(of, path), tuple(sorted(ids))) for (of, path), ids in found.items()]
    return sorted(read, key=lambda one: (one.kind, one.path))


def basis(kind: Kind, path: str) -> Basis:
    """Whether a fact is what a person states, or read from an artefact."""
    if path.endswith("evidence[].state"):  # what became of the evidence is found out, not stated
        return "derived"
    names = STATED.get(kind, ())
    return "attested" if any(name in ("", path.partition(".")[0]) for name in names) else "derived"


def _documents(
    sources: Sequence[str], settings: Settings, catalog: Catalog, context: Context, as_of: str
) -> list[InputDocument]:
    documents, _ = pipeline.gathered(sources, settings, pipeline.Options(as_of=as_of, record=False), context)
    every = every_control(catalog)
    return [{**document, "profile": every["kinds"][document["kind"]]} for document in documents]


def _examples(control: Control, roots: Sequence[File], catalog: Catalog, context: Context) -> Iterator[InputDocument]:
    profile = every_control(catalog)
    for example in examples_of(control, roots):
        for _, document in documents_of(example, catalog, profile, context, context.today):
            yield document


def _read(
    control: Control,
    document: InputDocument,
    engine: Engine,
    catalog: Catalog,
    roots: Sequence[File],
    found: Mapping[tuple[Kind, str], set[str]],
) -> set[str]:
    """The patterns of the facts of one document that this control's verdict depends on, and that are not known yet."""
    alone = cut_for(catalog, control["id"], document)
    broken = list(
        _broken(alone["facts"], named_facts(catalog, control["id"], roots), document["kind"], control["id"], found)
    )
    before, *after = ask(engine, catalog, [alone, *({**alone, "facts": mutation.facts} for mutation in broken)])
    changed = (mutation for mutation, answer in zip(broken, after, strict=True) if _said(answer) != _said(before))
    return {pattern(mutation.path) for mutation in changed}


def _broken(
    facts: Mapping[str, Any], wanted: Any, kind: Kind, control: str, found: Mapping[tuple[Kind, str], set[str]]
) -> Iterator[Mutation]:
    """The leaves of the facts, each broken in a few ways; of those that are alike, the first few."""
    seen: dict[tuple[str, str], int] = {}
    for mutation in mutations(facts, wanted):
        if mutation.how not in _WAYS or not mutation.path or not _is_leaf(facts, mutation.path):
            continue
        name = pattern(mutation.path)
        seen[name, mutation.how] = seen.get((name, mutation.how), 0) + 1
        if seen[name, mutation.how] <= _EACH and control not in found.get((kind, name), ()):
            yield mutation
    # Of what stands in many entries, one that is broken may not matter where another one serves as well.
    paths: dict[str, list[Path]] = {}
    for mutation in mutations(facts, wanted):
        if mutation.how == "removed" and "[]" in (name := pattern(mutation.path)) and (name, "removed") in seen:
            paths.setdefault(name, []).append(mutation.path)
    for name, alike in paths.items():
        if control not in found.get((kind, name), ()):
            yield Mutation(alike[0], "removed everywhere", _without_all(facts, alike))


def _without_all(facts: Mapping[str, Any], paths: Sequence[Path]) -> Mapping[str, Any]:
    """The facts without what stands at these paths, entries of one list from its end."""
    copied: Any = deepcopy(facts)
    for path in reversed(paths):
        node = copied
        for step in path[:-1]:
            node = node[step]
        del node[path[-1]]
    found: Mapping[str, Any] = copied
    return found


def _is_leaf(facts: Any, path: Path) -> bool:
    for step in path:
        facts = facts[step]
    return not isinstance(facts, (dict, list)) or not facts


def _said(answer: Answer) -> tuple[Any, ...]:
    return answer["resources"], answer["findings"], answer["undetermined"]


def pattern(path: Path) -> str:
    """A path with "[]" for each position in a list: "datasets[].digest"."""
    steps: Iterable[str] = ("[]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")
