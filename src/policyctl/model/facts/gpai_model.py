"""Facts of a general-purpose AI model: what the documentation record of its provider states.

The points are those of Articles 51 to 55 of Regulation (EU) 2024/1689 and of its Annexes XI and XII.
"""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from policyctl.model.attestation import Evidence
from policyctl.model.facts.record import Amount, Day, Identifier

Point = Literal[
    "tasks",
    "acceptable_use",
    "release",
    "distribution",
    "interaction",
    "software_versions",
    "architecture",
    "parameters",
    "modalities",
    "licence",
    "integration",
    "maximum_size",
    "data",
]
"""What downstream providers are told: the points of Annex XII."""


class ModelProvider(TypedDict):
    """Who places the model on the market. `country`: where it is established, by ISO 3166 (two letters)."""

    name: str
    country: NotRequired[str]


class Description(TypedDict):
    """The general description of the model: Annex XI, Section 1, point 1."""

    tasks: NotRequired[str]
    acceptable_use: NotRequired[str]
    release: NotRequired[str]
    distribution: NotRequired[str]
    architecture: NotRequired[str]
    parameters: NotRequired[str]
    modalities: NotRequired[str]
    licence: NotRequired[str]


class Development(TypedDict):
    """How the model was made: Annex XI, Section 1, point 2. The computation is `training_compute` of the model."""

    integration: NotRequired[str]
    design: NotRequired[str]
    data_type: NotRequired[str]
    data_provenance: NotRequired[str]
    data_curation: NotRequired[str]
    data_selection: NotRequired[str]
    bias_detection: NotRequired[str]
    training_time: NotRequired[str]
    energy: NotRequired[str]


class SystemicDocumentation(TypedDict):
    """What is documented besides where there is systemic risk: Annex XI, Section 2."""

    evaluation_strategy: NotRequired[str]
    evaluation_results: NotRequired[str]
    adversarial_testing: NotRequired[str]
    adaptations: NotRequired[str]
    system_architecture: NotRequired[str]


class Downstream(TypedDict):
    """What providers are given who build the model into systems. `points`: what of Annex XII the documents cover."""

    points: NotRequired[list[Point]]
    evidence: NotRequired[list[Evidence]]


class CopyrightPolicy(TypedDict):
    """The policy to comply with copyright. `reservations`: how rights that are reserved against mining are found and respected."""

    reservations: NotRequired[str]
    evidence: NotRequired[list[Evidence]]


class TrainingSummary(TypedDict):
    """The summary of the content used for training. `template`: whether it follows the template of the AI Office."""

    link: NotRequired[str]
    published: NotRequired[Day]
    template: NotRequired[bool]


class OpenSource(TypedDict):
    """The claim that the model is free and open-source. `licence` is an SPDX id, the others are links to what is public."""

    licence: NotRequired[str]
    weights: NotRequired[str]
    architecture: NotRequired[str]
    usage: NotRequired[str]


class Representative(TypedDict):
    """The authorised representative in the Union. `mandate`: the day of the written mandate, which `evidence` holds."""

    name: NotRequired[str]
    country: NotRequired[str]
    mandate: NotRequired[Day]
    evidence: NotRequired[list[Evidence]]


class SystemicRisk(TypedDict):
    """Whether the model has systemic risk (`present`), and what was done about it.

    `known`: the day on which it became known that the model meets the condition of Art. 51(1)(a), or will; `notified`: that of the
    notification to the Commission; `designated`: that of a decision of the Commission. `accepted`: evidence that the Commission accepted
    the provider's arguments that a model of such size has none.
    """

    present: NotRequired[bool]
    known: NotRequired[Day]
    notified: NotRequired[Day]
    designated: NotRequired[Day]
    accepted: NotRequired[list[Evidence]]


class ModelEvaluation(TypedDict):
    """One evaluation of the model. `protocol`: the protocol or tool; `adversarial`: whether it was an attack on the model."""

    title: str
    protocol: NotRequired[str]
    adversarial: NotRequired[bool]
    day: NotRequired[Day]
    evidence: NotRequired[list[Evidence]]


class SystemicRiskEntry(TypedDict):
    """One systemic risk at Union level, with its source and what is done against it."""

    risk: str
    source: NotRequired[str]
    assessed: NotRequired[Day]
    measures: NotRequired[list[str]]


class IncidentTracking(TypedDict):
    """How serious incidents are tracked and reported. `name` and `role` are those of the person who answers for it."""

    name: NotRequired[str]
    role: NotRequired[str]
    evidence: NotRequired[list[Evidence]]


class Cybersecurity(TypedDict):
    """What protects the model, and the physical infrastructure that it lies on."""

    model: NotRequired[list[str]]
    infrastructure: NotRequired[list[str]]
    evidence: NotRequired[list[Evidence]]


class GpaiModelFacts(TypedDict):
    """`input.facts` of a document of kind gpai_model. `system` is the id of the system description with the provider's role.

    `training_compute`: all floating point operations that went into training. `open_source` is there where the exemption of
    Art. 53(2) is claimed.
    """

    id: Identifier
    system: Identifier
    title: NotRequired[str]
    provider: NotRequired[ModelProvider]
    placed_on_market: NotRequired[Day]
    training_compute: NotRequired[Amount]
    description: NotRequired[Description]
    development: NotRequired[Development]
    systemic_documentation: NotRequired[SystemicDocumentation]
    downstream: NotRequired[Downstream]
    copyright: NotRequired[CopyrightPolicy]
    training_summary: NotRequired[TrainingSummary]
    open_source: NotRequired[OpenSource]
    representative: NotRequired[Representative]
    systemic_risk: NotRequired[SystemicRisk]
    evaluations: NotRequired[list[ModelEvaluation]]
    risks: NotRequired[list[SystemicRiskEntry]]
    incident_tracking: NotRequired[IncidentTracking]
    cybersecurity: NotRequired[Cybersecurity]
