"""Facts of an incident with an AI system: what its record states."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from policyctl.model.attestation import Evidence
from policyctl.model.facts.record import Day, Identifier

Harm = Literal["death", "health", "critical_infrastructure", "fundamental_rights", "property", "environment"]
"""What an incident led to: the cases of Art. 3(49) of Regulation (EU) 2024/1689."""


class Report(TypedDict):
    """A report to an authority. `initial`: it was known to be incomplete when it was sent."""

    to: str
    day: Day
    initial: NotRequired[bool]
    evidence: NotRequired[list[Evidence]]


class IncidentFacts(TypedDict):
    """`input.facts` of a document of kind incident. `system` is the id of the AI system.

    `aware` is the day on which the organisation became aware of it, `link_established` the day on which a causal link with the system,
    or its reasonable likelihood, was established.
    """

    id: Identifier
    system: Identifier
    title: NotRequired[str]
    occurred: NotRequired[Day]
    aware: NotRequired[Day]
    link_established: NotRequired[Day]
    harms: NotRequired[list[Harm]]
    widespread: NotRequired[bool]
    reports: NotRequired[list[Report]]
