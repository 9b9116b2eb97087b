"""How a system is classified under a law: the questions, what is answered, and the result."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from policyctl.model.catalog import Clause

Status = Literal["established", "excluded", "undetermined"]


class Question(TypedDict):
    """One thing that may be so or not. `hints`: beginnings of words that contradict a no where the purpose has them."""

    text: str
    clause: str
    hints: list[str]
    order: int


class Condition(TypedDict):
    """A question by its name ("practices.a.harm"), and whether it has to be so or not."""

    question: str
    holds: bool


class Case(TypedDict):
    """One case in which a group holds: all of its conditions together."""

    all: list[Condition]


class Group(TypedDict):
    """Questions that are decided together. `lowers`: where it holds, it takes the system out of a class. `single`: it is one question."""

    section: str
    title: str
    clause: str
    lowers: bool
    single: bool
    questions: dict[str, Question]
    cases: list[Case]


class Section(TypedDict):
    """Groups about one matter, by name, in the order in which they are asked."""

    name: str
    title: str
    groups: list[str]


class Classification(TypedDict):
    """The questions of a law, by the name of their group ("practices.a"), with the clauses that they and a result name.

    `rules`: the rule files that classify by them.
    """

    framework: str
    sections: list[Section]
    groups: dict[str, Group]
    clauses: dict[str, Clause]
    rules: list[str]


class Step(TypedDict):
    """One answer that a result rests on. `step` is the question's or the group's name."""

    step: str
    clause: str
    answer: Literal["yes", "no", "unknown", "missing"]
    reason: str


class RoleFound(TypedDict):
    """A role of the organisation, and whether it has it."""

    role: str
    status: Status
    because: list[Step]


# `class` is a word of Python.
ClassFound = TypedDict(
    "ClassFound",
    {
        "class": str,
        "route": str,
        "clause": str,
        "status": Status,
        "because": list[Step],
        "applies_from": str,
        "applies": bool,
    },
)
"""A class of the system by one route: a practice's letter, an annex, a paragraph. `applies`: the clause applies on the day asked about."""


class Exemption(TypedDict):
    """What does not apply to the system although the class or the Act would have it."""

    clause: str
    status: Status
    effect: str
    because: list[Step]


# `for` is a word of Python.
Needed = TypedDict("Needed", {"question": str, "clause": str, "text": str, "why": str, "for": list[str]})
"""What has to be answered, or shown, before the classes and roles in `for` are determined."""


class Review(TypedDict):
    """A downgrade, or a contradiction, that a second person should look at."""

    about: str
    clause: str
    why: str


class Classified(TypedDict):
    """The classification of one system as of an ISO day. `decided`: no class and no role is undetermined."""

    as_of: str
    decided: bool
    roles: list[RoleFound]
    classes: list[ClassFound]
    exemptions: list[Exemption]
    needed: list[Needed]
    review: list[Review]
