"""Facts of an AI system: what its description states."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from policyctl.model.document import Role, SystemClass


class Answer(TypedDict):
    """What is answered to a question about the system, and what that rests on. `sha256`: the digest of the evidence, 64 hex digits.

    A group's or section's entry may have evidence only, which then serves the answers below it.
    """

    answer: NotRequired[Literal["yes", "no", "unknown"]]
    evidence: NotRequired[str]
    sha256: NotRequired[str]


class SystemFacts(TypedDict):
    """`input.facts` of a document of kind system. `stated` holds the keys that the description has; dates are ISO 8601 days.

    `roles` and `classes` are empty where none is stated. `answers` is by the question's name, such as practices.a.harm, its group's or
    its section's; the questions are those of `mappings/classification/`.
    """

    id: str
    stated: list[str]
    title: NotRequired[str]
    owner: NotRequired[str]
    purpose: NotRequired[str]
    roles: list[Role]
    classes: list[SystemClass]
    market: NotRequired[list[str]]
    placed_on_market: NotRequired[str]
    put_into_service: NotRequired[str]
    significantly_changed: NotRequired[str]
    public_authority: NotRequired[bool]
    answers: dict[str, Answer]
