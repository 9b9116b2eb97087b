"""One bad value fails a whole request: this finds the document, and the control, that it is about, and decides all
else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from policyctl.engines.interface import Document, Engine
from policyctl.model.decision import Answer
from policyctl.model.errors import EngineError, EvaluationError

CODE = "evaluation_error"
_LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Decided:
    """An answer, and the document that gave it: what was asked, with a gap more for each control that could not be
    evaluated.
    """

    document: Document
    answer: Answer


def decide_isolated(
    engine: Engine, documents: Sequence[Document], control_of_file: Callable[[str], str | None]
) -> list[Decided]:
    """Decide all documents, in order, each with its evaluation errors isolated to the controls that cause them.

    A failed batch is halved until the document stands alone. `control_of_file` gives the id of the control that a Rego
    file (its path in the bundle) belongs to, None for lib. Raises EngineError when a document cannot be decided even
    without its controls.
    """
    if not documents:
        return []
    try:
        answers = engine.decide(documents)
    except EvaluationError as error:
        if len(documents) == 1:
            return [_decide_without(engine, documents[0], error, control_of_file)]
        middle = len(documents) // 2
        first = decide_isolated(engine, documents[:middle], control_of_file)
        return first + decide_isolated(engine, documents[middle:], control_of_file)
    return [Decided(document, answer) for document, answer in zip(documents, answers, strict=True)]


def _decide_without(
    engine: Engine, document: Document, error: EvaluationError, control_of_file: Callable[[str], str | None]
) -> Decided:
    """Exclude the control that the error names, one more each time, until the document is decided."""
    excluded: dict[str, str] = {}
    left = set(document["profile"]["enforcement"]) - {gap.get("control") for gap in document.get("gaps", ())}
    while True:
        named = next((control for file in error.files if (control := control_of_file(file)) in left), None)
        if named is None:
            return _search(engine, document, excluded, sorted(left), error)
        left.remove(named)
        excluded[named] = error.message
        try:
            return _ask_without(engine, document, excluded)
        except EvaluationError as next_error:
            error = next_error


def _search(
    engine: Engine, document: Document, excluded: dict[str, str], candidates: list[str], error: EvaluationError
) -> Decided:
    """The error names no control that is still asked: exclude all, then let back in whatever does no harm, by halves.

    Ends because each step asks about a smaller part of the candidates.
    """
    reasons = excluded | dict.fromkeys(candidates, error.message)
    try:
        decided = _ask_without(engine, document, reasons)
    except EvaluationError as still:
        raise EngineError(
            f"{_name(document)} cannot be decided, even without its controls: {still.message}",
            hint="this is a defect of the bundle's main or law rules: report it with the input file",
        ) from still
    found = dict(reasons)
    parts = [candidates]
    while parts:
        part = parts.pop()
        fewer = {control: reason for control, reason in reasons.items() if control not in part}
        try:
            decided = _ask_without(engine, document, fewer)
        except EvaluationError as again:
            if len(part) == 1:
                found[part[0]] = again.message
            else:
                middle = len(part) // 2
                parts += [part[middle:], part[:middle]]
        else:
            reasons = fewer
    exact = {control: found[control] for control in reasons}
    return decided if exact == reasons else _ask_without(engine, document, exact)


def _ask_without(engine: Engine, document: Document, reasons: dict[str, str]) -> Decided:
    extended = _excluding(document, reasons)
    return Decided(extended, engine.decide([extended])[0])


def _excluding(document: Document, reasons: dict[str, str]) -> dict[str, Any]:
    gaps = [
        {"code": CODE, "reason": reason[:_LONGEST_REASON], "control": control}
        for control, reason in sorted(reasons.items())
    ]
    return {**document, "gaps": [*document.get("gaps", ()), *gaps]}


def _name(document: Document) -> str:
    subject = document.get("subject")
    return str(subject.get("id")) if isinstance(subject, dict) else "a document"
