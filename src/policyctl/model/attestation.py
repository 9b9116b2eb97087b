"""What a named person states of an AI system where no artefact shows it: `input.attested` of a document."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

Conclusion = Literal["met", "not_met", "not_applicable"]
EvidenceState = Literal["same", "changed", "missing", "elsewhere"]


class Person(TypedDict):
    """Who attests, in which function. `contact` is an address for questions."""

    name: str
    role: str
    contact: NotRequired[str]


class Evidence(TypedDict):
    """A document or record that supports an attestation. `sha256` is the digest of what was attested, 64 hex digits.

    `state` compares with the file that is named: the same, changed, or missing; elsewhere where none is named.
    """

    title: str
    sha256: NotRequired[str]
    file: NotRequired[str]
    link: NotRequired[str]
    state: EvidenceState


class Attestation(TypedDict):
    """One person's statement about one control of one system. It counts from `first_day` to `last_day`, ISO days of UTC, both inclusive.

    `days` is how many days that is. `statement` gives the person's own words: what is met, or why it does not apply.
    """

    conclusion: Conclusion
    statement: str
    by: Person
    first_day: str
    last_day: str
    days: int
    evidence: list[Evidence]


Attested = dict[str, dict[str, Attestation]]
"""Attestations of one system by a control's family and name, as its rules read them."""
