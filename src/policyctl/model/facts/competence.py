"""Facts of the people of an AI system: who does what for it, and what they were taught.

Of a person no more is kept than the duties ask for: the name, the function, days, and what shows the training. No birthday, no grade, no
result of a test, no reason of an absence.
"""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from policyctl.model.attestation import Evidence
from policyctl.model.facts.record import Day, Identifier

Task = Literal["development", "assessment", "approval", "operation", "oversight", "use"]
"""What somebody does for a system. `assessment`: testing, evaluating and validating it. `approval`: the word that it may be used.
`oversight`: that of Art. 14 and Art. 26(2) of Regulation (EU) 2024/1689.
"""

Power = Literal["disregard", "override", "stop"]
"""What somebody may do without asking: not follow an output, replace or reverse it, stop the system."""


class Training(TypedDict):
    """A training that somebody has completed. `last_day`: the last day on which it counts; `lasting`: it counts without end."""

    title: str
    day: NotRequired[Day]
    last_day: NotRequired[Day]
    lasting: NotRequired[bool]
    evidence: NotRequired[list[Evidence]]


class Assigned(TypedDict):
    """One person and their tasks, from `first_day` to `last_day`, inclusive; without a `last_day`, until further notice.

    `competence` is what the person knows that the tasks need. `deputy` is the name of another person of the record. `reports_to` is the
    name or function to whom the person reports about this system.
    """

    name: NotRequired[str]
    function: NotRequired[str]
    tasks: NotRequired[list[Task]]
    duties: NotRequired[str]
    first_day: NotRequired[Day]
    last_day: NotRequired[Day]
    competence: NotRequired[str]
    powers: NotRequired[list[Power]]
    deputy: NotRequired[str]
    reports_to: NotRequired[str]
    training: NotRequired[list[Training]]


class Literacy(TypedDict):
    """A measure that supports the AI literacy of people in these functions. `next_day` is when it is due again."""

    functions: list[str]
    measure: NotRequired[str]
    day: NotRequired[Day]
    next_day: NotRequired[Day]
    evidence: NotRequired[list[Evidence]]


class CompetenceFacts(TypedDict):
    """`input.facts` of a document of kind competence. `system` is the id of the AI system."""

    id: Identifier
    system: Identifier
    people: NotRequired[list[Assigned]]
    literacy: NotRequired[list[Literacy]]
