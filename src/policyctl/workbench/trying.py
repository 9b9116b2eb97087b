"""`control try`: one control against one real file, with what its rules saw."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from policyctl import catalog_access, library, opening, pipeline
from policyctl.attesting import Attestations
from policyctl.bundles.build import Bundle
from policyctl.context import Context
from policyctl.gathering import gather, subjects
from policyctl.model.catalog import Control
from policyctl.model.decision import Answer, status_of
from policyctl.model.errors import InputError
from policyctl.settings import Settings
from policyctl.systems import Systems
from policyctl.workbench.alone import ask, cut_for
from policyctl.workbench.judging import every_control
from policyctl.workbench.tracing import LARGEST, Line, trace

_WIDEST = 110


@dataclass(frozen=True, slots=True)
class Tried:
    """One subject: the control's answer, and what its rules saw, by line. `traced` is false where the document is too large for that."""

    subject: str
    answer: Answer
    lines: Mapping[int, Line]
    traced: bool


@dataclass(frozen=True, slots=True)
class Attempt:
    """A control, the text of its rules by line, and each subject of its kinds in the file."""

    control: Control
    file: str
    text: tuple[str, ...]
    subjects: tuple[Tried, ...]


def attempt(settings: Settings, id: str, file: str, context: Context, as_of: str) -> Attempt:
    """Asks the control about the file, with its default parameters. Raises InputError where it holds no subject that it looks at."""
    loaded = library.load(library.roots(settings.content), opening.opa_path)
    bundle = loaded.bundle
    control = catalog_access.control(bundle.catalog, id)
    documents = list(_documents(settings, bundle, control, file, context, as_of))
    with opening.start(settings, loaded, frozenset({control["id"]})) as engine:
        answers = ask(engine, bundle.catalog, documents)
    inside = f"policyctl/controls/{control['family']}/{control['name']}/{control['name']}.rego"
    tried = [_tried(document, answer, bundle, control) for document, answer in zip(documents, answers, strict=True)]
    return Attempt(control, f"rego/{inside}", tuple(bundle.files[inside].decode().splitlines()), tuple(tried))


def _documents(
    settings: Settings, bundle: Bundle, control: Control, file: str, context: Context, as_of: str
) -> Iterator[Mapping[str, Any]]:
    inputs = gather([file])
    collected = [subject for subject in subjects(inputs) if subject.kind in control["kinds"]]
    if not collected:
        said = "; ".join(entry.message for entry in inputs if entry.message)
        raise InputError(
            f"{file}: holds no {' or '.join(control['kinds'])}, which is what {control['id']} looks at{f': {said}' if said else ''}",
            hint="see policyctl gather for what is read there",
        )
    options = pipeline.Options(as_of=as_of, record=False)
    attestations = Attestations(settings, bundle.catalog, context)
    profile = every_control(bundle.catalog)
    for _, document in pipeline.build_documents(
        collected, profile, Systems(settings, None), attestations, options, context
    ):
        yield cut_for(bundle.catalog, control["id"], document)


def _tried(document: Mapping[str, Any], answer: Answer, bundle: Bundle, control: Control) -> Tried:
    small = len(json.dumps(document)) <= LARGEST
    lines = trace(opening.opa_path(), bundle, control, document) if small else {}
    return Tried(document["subject"]["id"], answer, lines, small)


def told(attempt: Attempt) -> Iterator[str]:
    """For people: each subject with its status and what was said, then the lines that were evaluated."""
    id = attempt.control["id"]
    for tried in attempt.subjects:
        yield f"{status_of(tried.answer, id)}  {id}  {tried.subject}"
        for finding in tried.answer["findings"].get(id, ()):
            yield f"    finding {finding['code']}: {finding['resource']}: {finding['message']}"
        for entry in tried.answer["undetermined"].get(id, ()):
            yield f"    cannot tell: {entry['resource']}: {entry['reason']}"
        if not tried.traced:
            yield f"    what its rules saw is left out: the document is larger than {LARGEST // 1000} kB"
            continue
        yield f"  {attempt.file}"
        for row, line in tried.lines.items():
            yield f"  {_mark(line):>9} {row:4}  {attempt.text[row - 1].replace(chr(9), '  ')}"
            for name, values in line.values.items():
                yield from (f"{'':18}{name} = {_short(value)}" for value in values)
        yield ""


def _mark(line: Line) -> str:
    """How often it held, of how often it was asked; of a rule's head and a comprehension nothing is asked."""
    return f"{line.held} of {line.asked}" if line.asked else ""


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"


def plain(attempt: Attempt) -> dict[str, Any]:
    """For programs: {control, subjects: [{subject, status, findings, undetermined, lines: [{line, text, asked, held, values}]}]}."""
    id = attempt.control["id"]
    return {
        "control": id,
        "subjects": [
            {
                "subject": tried.subject,
                "status": status_of(tried.answer, id),
                "findings": tried.answer["findings"].get(id, []),
                "undetermined": tried.answer["undetermined"].get(id, []),
                "lines": [
                    {
                        "line": row,
                        "text": attempt.text[row - 1],
                        "asked": line.asked,
                        "held": line.held,
                        "values": line.values,
                    }
                    for row, line in tried.lines.items()
                ],
            }
            for tried in attempt.subjects
        ],
    }
