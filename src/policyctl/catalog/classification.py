"""The questions by which systems are classified, from `mappings/classification/`, joined with the clauses that they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field

from policyctl.catalog.files import Strict, read_file
from policyctl.model.catalog import Clause
from policyctl.model.classification import Case, Classification, Condition, Group, Question
from policyctl.model.errors import ContentError

_NOT = "not "
_ALSO = ("Art. 2(2)", "Art. 6(1)", "Art. 6(2)", "Art. 25(1)", "Art. 53(1)", "Art. 55(1)")
"""Clauses that a result names beside those of the questions."""


class QuestionFile(Strict):
    """One thing that may be so or not. `clause`: where it is not the group's."""

    text: str = Field(min_length=3)
    clause: str | None = None
    hints: list[str] = Field(default_factory=list)


class CaseFile(Strict):
    """One case in which the group holds: by all that is listed, each the name of a question or "not" and that name."""

    all: list[str] = Field(min_length=1)


class GroupFile(Strict):
    """Questions that are decided together, or a single one (`text`). `cases` is "each" where every question is a case of its own."""

    clause: str
    text: str | None = None
    title: str | None = None
    lowers: bool = False
    hints: list[str] = Field(default_factory=list)
    questions: dict[str, QuestionFile] = Field(default_factory=dict)
    cases: list[CaseFile] | Literal["each"] = "each"


class SectionFile(Strict):
    """Groups about one matter."""

    title: str
    groups: dict[str, GroupFile]


class ClassificationFile(Strict):
    """`mappings/classification/<framework>.yaml`."""

    framework: str
    sections: dict[str, SectionFile]


def read_classification(root: Path, clauses: Mapping[str, Mapping[str, Clause]], rules: list[str]) -> Classification:
    """The table of one content folder; `rules` are the files that classify by it.

    Raises ContentError for a clause or a question that is not there."""
    (path,) = sorted((root / "mappings" / "classification").glob("*.yaml"))
    file = read_file(path, ClassificationFile)
    groups = {
        f"{section}.{name}": _group(path, f"{section}.{name}", section, group)
        for section, listed in file.sections.items()
        for name, group in listed.groups.items()
    }
    known = clauses[file.framework]
    named = {*_ALSO, *_clauses(groups.values())}
    if strange := sorted(named - set(known)):
        raise ContentError(f"{path}: {file.framework} has no clause {strange[0]!r}")
    return {
        "framework": file.framework,
        "sections": [
            {"name": name, "title": section.title, "groups": [f"{name}.{group}" for group in section.groups]}
            for name, section in file.sections.items()
        ],
        "groups": groups,
        "clauses": {id: known[id] for id in sorted(named)},
        "rules": rules,
    }


def _group(path: Path, name: str, section: str, file: GroupFile) -> Group:
    written = file.questions or {"": QuestionFile(text=file.text or "", hints=file.hints)}
    title = file.title or file.text
    if title is None or bool(file.text) == bool(file.questions):
        raise ContentError(f"{path}: {name} needs a text, or a title and questions")
    order = list(written)
    questions: dict[str, Question] = {
        _within(name, key): {
            "text": question.text,
            "clause": question.clause or file.clause,
            "hints": question.hints,
            "order": order.index(key),
        }
        for key, question in written.items()
    }
    listed = [CaseFile(all=[key]) for key in written] if file.cases == "each" else file.cases
    cases = [_case(path, name, case, questions) for case in listed]
    if unused := sorted(set(questions) - {one["question"] for case in cases for one in case["all"]}):
        raise ContentError(f"{path}: no case asks for {unused[0]}")
    return {
        "section": section,
        "title": title,
        "clause": file.clause,
        "lowers": file.lowers,
        "single": not file.questions,
        "questions": questions,
        "cases": cases,
    }


def _case(path: Path, name: str, file: CaseFile, questions: Mapping[str, Question]) -> Case:
    literals: list[Condition] = [
        {"question": _within(name, word.removeprefix(_NOT)), "holds": not word.startswith(_NOT)} for word in file.all
    ]
    if strange := [one["question"] for one in literals if one["question"] not in questions]:
        raise ContentError(f"{path}: no question {strange[0]}")
    return {"all": literals}


def _within(group: str, key: str) -> str:
    return f"{group}.{key}" if key else group


def _clauses(groups: Iterable[Group]) -> Iterator[str]:
    for group in groups:
        yield group["clause"]
        yield from (question["clause"] for question in group["questions"].values())
