"""Facts of an incident with an AI system: what its record states."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from policyctl.model.attestation import Evidence
from policyctl.model.facts.record import Day, Identifier

Harm = Literal["death", "health", "critical_infrastructure", "fundamental_rights", "property", "environment"]
"""What an incident led to: the cases of Art. 3(49) of Regulation (EU) 2024/1689."""

Party = Literal[
    "provider",
    "deployers",
    "distributors",
    "importers",
    "authorised_representative",
    "notified_body",
    "affected_persons",
]
"""Who is told of an incident besides the authority."""


class Report(TypedDict):
    """A report to an authority. `complete` where it was not sent as an initial one that is known to be incomplete."""

    to: str
    day: Day
    complete: NotRequired[bool]
    evidence: NotRequired[list[Evidence]]


class Informed(TypedDict):
    """A party that was told, and when; or the reason why there is none, or why it need not be told."""

    who: Party
    day: NotRequired[Day]
    not_needed: NotRequired[str]
    evidence: NotRequired[list[Evidence]]


class Investigation(TypedDict):
    """The investigation of an incident: since when, by whom, what the causes are, and which risk goes on."""

    started: NotRequired[Day]
    by: NotRequired[str]
    causes: NotRequired[str]
    risk_assessment: NotRequired[str]


class CorrectiveAction(TypedDict):
    """What is done so that it does not happen again. `due` is the day until which, `done` the day on which it was done."""

    action: str
    owner: NotRequired[str]
    due: NotRequired[Day]
    done: NotRequired[Day]
    evidence: NotRequired[list[Evidence]]


class Alteration(TypedDict):
    """A change of the system since the incident. `without_effect`: why it cannot affect how the causes are evaluated."""

    what: str
    day: NotRequired[Day]
    authority_informed: NotRequired[Day]
    without_effect: NotRequired[str]


class IncidentFacts(TypedDict):
    """`input.facts` of a document of kind incident. `system` is the id of the AI system.

    `role` is that of the organisation that keeps the record. `aware` is the day on which it became aware of the incident,
    `link_established` the day on which a causal link with the system, or its reasonable likelihood, was established. `not_serious` is the
    reason why the incident led to none of the harms; `no_corrective_action` why there is nothing to correct.
    """

    id: Identifier
    system: Identifier
    title: NotRequired[str]
    role: NotRequired[Literal["provider", "deployer"]]
    occurred: NotRequired[Day]
    aware: NotRequired[Day]
    link_established: NotRequired[Day]
    harms: NotRequired[list[Harm]]
    widespread: NotRequired[bool]
    not_serious: NotRequired[str]
    reports: NotRequired[list[Report]]
    informed: NotRequired[list[Informed]]
    investigation: NotRequired[Investigation]
    corrective_actions: NotRequired[list[CorrectiveAction]]
    no_corrective_action: NotRequired[str]
    altered: NotRequired[bool]
    alterations: NotRequired[list[Alteration]]
    status: NotRequired[Literal["open", "closed"]]
    closed: NotRequired[Day]
    closed_by: NotRequired[str]
    lessons: NotRequired[list[str]]
