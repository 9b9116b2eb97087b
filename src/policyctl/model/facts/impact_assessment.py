"""Facts of an assessment of the impact of an AI system's use: what its record states."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from policyctl.model.attestation import Evidence
from policyctl.model.facts.record import Day, Identifier


class PossibleHarm(TypedDict):
    """A specific harm to a group, how likely and how great it is, and what is done where it comes about."""

    harm: str
    likelihood: NotRequired[Literal["rare", "possible", "likely", "almost_certain"]]
    magnitude: NotRequired[Literal["minor", "moderate", "serious", "severe"]]
    measures: NotRequired[list[str]]


class Affected(TypedDict):
    """A category of persons, or a group, that the use is likely to affect. `no_harm`: why no harm to it is likely."""

    group: str
    harms: NotRequired[list[PossibleHarm]]
    no_harm: NotRequired[str]


class Oversight(TypedDict):
    """A measure of human oversight, and the function that carries it out."""

    measure: str
    by: NotRequired[str]


class Signature(TypedDict):
    """Who answers for the assessment, in which function, and since when it is done."""

    by: NotRequired[str]
    role: NotRequired[str]
    day: NotRequired[Day]


class Change(TypedDict):
    """What of the assessed use changed, and the day on which the assessment was updated for it."""

    what: str
    day: NotRequired[Day]
    updated: NotRequired[Day]


class Notification(TypedDict):
    """The notification of the results to the market surveillance authority."""

    to: NotRequired[str]
    day: NotRequired[Day]
    evidence: NotRequired[list[Evidence]]


class DataProtectionAssessment(TypedDict):
    """The data protection impact assessment of the same use."""

    reference: NotRequired[str]
    evidence: NotRequired[list[Evidence]]


class Impacts(TypedDict):
    """The impacts, good and bad, on individuals, on groups of them, and on societies."""

    individuals: NotRequired[list[str]]
    groups: NotRequired[list[str]]
    societies: NotRequired[list[str]]


class ImpactAssessmentFacts(TypedDict):
    """`input.facts` of a document of kind impact_assessment. `system` is the id of the AI system.

    `article_27` says whether Art. 27 of Regulation (EU) 2024/1689 asks for it. `not_notified` is the reason why the authority need not be
    notified, `no_data_protection_assessment` why Art. 35 of Regulation (EU) 2016/679 asks for none.
    """

    id: Identifier
    system: Identifier
    title: NotRequired[str]
    article_27: NotRequired[bool]
    processes: NotRequired[list[str]]
    period: NotRequired[str]
    frequency: NotRequired[str]
    affected: NotRequired[list[Affected]]
    oversight: NotRequired[list[Oversight]]
    governance: NotRequired[str]
    complaints: NotRequired[str]
    first_use: NotRequired[Day]
    signed: NotRequired[Signature]
    changed: NotRequired[bool]
    changes: NotRequired[list[Change]]
    notification: NotRequired[Notification]
    not_notified: NotRequired[str]
    personal_data: NotRequired[bool]
    data_protection_assessment: NotRequired[DataProtectionAssessment]
    no_data_protection_assessment: NotRequired[str]
    impacts: NotRequired[Impacts]
