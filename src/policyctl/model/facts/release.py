"""What a release record states of one version of a model: what no tool knows, by whom, when, on which evidence."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from typing_extensions import TypedDict

from policyctl.model.attestation import Evidence
from policyctl.model.facts.record import Day, Identifier

Digest = Annotated[str, "sha256"]
"""A SHA-256 digest, 64 hex digits."""


class Owner(TypedDict):
    """Who answers for the model."""

    name: str
    contact: NotRequired[str]


class Approval(TypedDict):
    """Somebody's decision about the release. `artefact` is the digest of the model's files that were looked at."""

    role: str
    name: str
    day: Day
    decision: Literal["approved", "rejected"]
    artefact: NotRequired[Digest]
    evidence: NotRequired[list[Evidence]]


class StatedDataset(TypedDict):
    """A dataset that the model was trained or evaluated on, by the name that the run or the evaluation gives it.

    `licence` is an SPDX expression, or the words by which the data may be used; `source` says where the data comes from, and how it was
    collected. `file` is where it lies now, relative to the record: its digests are compared with those that were recorded.
    """

    name: str
    file: NotRequired[str]
    licence: NotRequired[str]
    source: NotRequired[str]
    personal_data: NotRequired[bool]


class Review(TypedDict):
    """What somebody found who looked at a dataset. `digest` is that of the data that was looked at."""

    dataset: str
    about: Literal["personal_data", "bias", "representativeness"]
    result: Literal["accepted", "accepted_with_conditions", "rejected"]
    by: str
    day: Day
    digest: NotRequired[str]
    evidence: NotRequired[list[Evidence]]


class StatedBase(TypedDict):
    """A model that this one was made from. `terms` are those under which it may be used, as somebody read them."""

    id: str
    revision: NotRequired[str]
    licence: NotRequired[str]
    terms: NotRequired[list[Evidence]]


class Monitoring(TypedDict):
    """Who watches the model in use, for what, and by which means."""

    owner: str
    watched: list[str]
    evidence: NotRequired[list[Evidence]]


class Release(TypedDict):
    """What a release record states. `model` is what is released ("mlflow:wine/1"); `artefact` the digest of its files that the record
    is about.

    `authors` developed it; `rollback` is the version to return to; `replaces` the one that is in use now, by its registry's
    name, or a file or folder that tells of it: its results are held against those of this one.
    """

    id: Identifier
    system: Identifier
    model: str
    artefact: NotRequired[Digest]
    intended_use: NotRequired[str]
    owner: NotRequired[Owner]
    authors: NotRequired[list[str]]
    replaces: NotRequired[str]
    rollback: NotRequired[str]
    datasets: NotRequired[list[StatedDataset]]
    reviews: NotRequired[list[Review]]
    base_models: NotRequired[list[StatedBase]]
    monitoring: NotRequired[Monitoring]
    approvals: NotRequired[list[Approval]]


class ReleaseRecord(Release):
    """A file `release.yaml`. `sources` are what else tells of this version, in the order of their precedence: a registry's name for it, or
    files, relative to the record.
    """

    sources: NotRequired[list[str]]
