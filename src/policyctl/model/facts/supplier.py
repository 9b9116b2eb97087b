"""Facts of a supplier of an AI system, a model, data, a tool or a service: what its record states."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from policyctl.model.attestation import Evidence
from policyctl.model.facts.record import Day, Identifier

Supplied = Literal["ai_system", "model", "dataset", "tool", "component", "service", "process"]


class Supply(TypedDict):
    """One thing that is supplied. `general_purpose`: it is a general-purpose AI model. `open_source`: it is made accessible to the public
    under a free and open-source licence, which `licence` names.
    """

    what: Supplied
    name: str
    general_purpose: NotRequired[bool]
    open_source: NotRequired[bool]
    licence: NotRequired[str]


class Agreement(TypedDict):
    """The agreement in writing, and what it says on the four things that Art. 25(4) of Regulation (EU) 2024/1689 names.

    Both days are inclusive. `open_ended`: it holds until somebody ends it.
    """

    title: NotRequired[str]
    first_day: NotRequired[Day]
    last_day: NotRequired[Day]
    open_ended: NotRequired[bool]
    information: NotRequired[str]
    capabilities: NotRequired[str]
    technical_access: NotRequired[str]
    assistance: NotRequired[str]
    evidence: NotRequired[list[Evidence]]


class Assurance(TypedDict):
    """A certificate, or an auditor's report, about the supplier. Both days are inclusive."""

    standard: str
    issuer: NotRequired[str]
    scope: NotRequired[str]
    first_day: NotRequired[Day]
    last_day: NotRequired[Day]
    evidence: NotRequired[list[Evidence]]


class Assessment(TypedDict):
    """What somebody found who looked at the supplier and what it supplies: the first time, or again. `by` is a person's name."""

    day: NotRequired[Day]
    by: NotRequired[str]
    result: NotRequired[Literal["accepted", "accepted_with_conditions", "rejected"]]
    conditions: NotRequired[list[str]]
    evidence: NotRequired[list[Evidence]]


class Notice(TypedDict):
    """What the supplier has to tell us of. `days`: at the latest so many days after an incident, at least so many before a change.

    `from_contact` is where we reach the supplier about it, `to_contact` where the supplier reaches us.
    """

    about: Literal["incident", "change"]
    days: NotRequired[int]
    from_contact: NotRequired[str]
    to_contact: NotRequired[str]


class Continuity(TypedDict):
    """What becomes of the system without this supplier. `tested` is the day on which the fallback was last tried."""

    exit: NotRequired[str]
    fallback: NotRequired[str]
    responsible: NotRequired[str]
    tested: NotRequired[Day]
    evidence: NotRequired[list[Evidence]]


class PersonalData(TypedDict):
    """Whether the supplier processes personal data, in which countries (two capital letters, ISO 3166-1), and on what terms.

    `transfer_basis` is what allows it where a country is outside those in which no more is needed.
    """

    processed: NotRequired[bool]
    countries: NotRequired[list[str]]
    transfer_basis: NotRequired[str]
    evidence: NotRequired[list[Evidence]]


class SubSupplier(TypedDict):
    """Whom the supplier relies on. `bound_by` is what holds it to the same duties."""

    name: NotRequired[str]
    supplies: NotRequired[str]
    bound_by: NotRequired[str]


class SupplierFacts(TypedDict):
    """`input.facts` of a document of kind supplier: one supplier of one system. `system` is the id of the AI system.

    `first_use` is the day on which the system first used, or will first use, what is supplied. `no_sub_suppliers`: the supplier says that
    it relies on nobody.
    """

    id: Identifier
    system: Identifier
    name: NotRequired[str]
    supplies: NotRequired[list[Supply]]
    first_use: NotRequired[Day]
    agreement: NotRequired[Agreement]
    assurances: NotRequired[list[Assurance]]
    assessments: NotRequired[list[Assessment]]
    notices: NotRequired[list[Notice]]
    continuity: NotRequired[Continuity]
    personal_data: NotRequired[PersonalData]
    sub_suppliers: NotRequired[list[SubSupplier]]
    no_sub_suppliers: NotRequired[bool]
