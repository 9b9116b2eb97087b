"""Classify: from a system's description to its classes and roles, decided by OPA. Nothing is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from policyctl.collectors.reading import read
from policyctl.collectors.system import SystemCollector
from policyctl.context import Context
from policyctl.documents.building import build
from policyctl.model.classification import Classification, Classified
from policyctl.model.content import Content
from policyctl.model.document import Collected
from policyctl.model.errors import InputError
from policyctl.model.facts.system import Answer
from policyctl.model.printable import printable
from policyctl.opening import Opened
from policyctl.profiles import chosen_profile

_ANSWERS = "answers"


@dataclass(frozen=True, slots=True)
class ClassifiedSystem:
    """A system by its id, the file that describes it, and its classification."""

    id: str
    path: str
    classified: Classified


def classify(path: str, run: Opened, context: Context, as_of: str = "") -> ClassifiedSystem:
    """The classification of the system that a file describes. `as_of` is an ISO day, empty for today (UTC).

    Raises InputError with file and line for a description that cannot be understood, and for answers to no question.
    """
    content = read(path)
    subject = _described(content)
    catalog = run.loaded.bundle.catalog
    for problem in _problems(subject.facts[_ANSWERS], catalog["classification"]):
        raise _wrong(content, *problem)
    document = build(
        subject,
        system={},
        profile=chosen_profile(run.settings, catalog)["kinds"]["system"],
        as_of=as_of or context.today,
        simulated=bool(as_of) and as_of != context.today,
        environment={},
    )
    (classified,) = run.engine.classify([document])
    return ClassifiedSystem(subject.subject["id"], path, classified)


def _described(content: Content) -> Collected:
    (described,) = SystemCollector().collect([content])
    if described.status == "error":
        raise InputError(described.message, hint=described.hint)
    for _, path, reason in content.doubts:
        line = content.line_of(0, path)
        raise InputError(f"{printable(content.path)}:{line}: cannot be told: {reason}", hint="write it in one way only")
    return described.subjects[0]


def _problems(answers: dict[str, Answer], table: Classification) -> Iterator[tuple[str, str, str]]:
    """Each answer to no question, and each yes to several at once: its name, what is wrong, and the next step."""
    groups = table["groups"]
    sections = {section["name"] for section in table["sections"]}
    questions = {name for group in groups.values() for name in group["questions"]}
    known = sections | set(groups) | questions
    for name, answer in answers.items():
        if name not in known:
            near = get_close_matches(name, known, 1)
            hint = f"did you mean {near[0]}?" if near else "policyctl system init FILE writes every question"
            yield name, f"there is no question {printable(name, 60)!r}", hint
        elif answer.get("answer") == "yes" and name not in questions:
            yield name, f"{name} has several questions: a yes says not which", "answer them one by one"


def _wrong(content: Content, name: str, what: str, hint: str) -> InputError:
    line = content.line_of(0, (_ANSWERS, *name.split(".")))
    return InputError(f"{printable(content.path)}:{line}: {what}", hint=hint)
