"""Facts of taking an AI system or model out of service: what its plan, and later its record, states."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from policyctl.model.attestation import Evidence
from policyctl.model.facts.record import Day, Identifier


class Authority(TypedDict):
    """The person who may stop the system, and in which function."""

    name: str
    role: NotRequired[str]


class Informed(TypedDict):
    """Who was told that the use ends, or will be, and when."""

    who: str
    day: NotRequired[Day]
    evidence: NotRequired[list[Evidence]]


class Kept(TypedDict):
    """What is kept after the end: to which day, inclusive."""

    until: NotRequired[Day]


class Artefact(TypedDict):
    """One thing that the system leaves behind. `day`: when it was disposed of, or will be; `until`: to when it is retained."""

    name: str
    holds: Literal["model", "data", "model_and_data"]
    fate: NotRequired[Literal["disposed", "retained"]]
    day: NotRequired[Day]
    until: NotRequired[Day]
    reason: NotRequired[str]
    evidence: NotRequired[list[Evidence]]


class Access(TypedDict):
    """One way to the system: an endpoint, an account, a key. `removed`: when it was taken away, or will be."""

    name: str
    removed: NotRequired[Day]
    evidence: NotRequired[list[Evidence]]


class DecommissioningFacts(TypedDict):
    """`input.facts` of a document of kind decommissioning. `system` is the id of the AI system, `ends` its last day of use.

    `triggers`: what the system is stopped for.
    """

    id: Identifier
    system: Identifier
    title: NotRequired[str]
    placed_on_market: NotRequired[Day]
    put_into_service: NotRequired[Day]
    ends: NotRequired[Day]
    triggers: NotRequired[list[str]]
    authority: NotRequired[Authority]
    informed: NotRequired[list[Informed]]
    documentation: NotRequired[Kept]
    logs: NotRequired[Kept]
    artefacts: NotRequired[list[Artefact]]
    access: NotRequired[list[Access]]
