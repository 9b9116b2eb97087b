"""Facts of a bill of materials for AI (BOM): the models and datasets that it lists, and what it says of itself."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from policyctl.model.facts.model_card import Licence, Section


class Digest(TypedDict):
    """A digest of content: the algorithm as CycloneDX spells it ("SHA-256"), the value in lower-case hex."""

    algorithm: str
    value: str


class File(TypedDict):
    """A file that a model consists of, or is distributed as. `path` is where it stands in the BOM."""

    name: str
    path: list[str | int]
    hashes: list[Digest]


class Party(TypedDict):
    """Who answers for a thing, and as what: supplier, manufacturer, author, publisher; owner, steward, custodian of data."""

    role: str
    name: str


class TrainingData(TypedDict):
    """One thing that the BOM names as data of a model.

    `found` tells where what is named stands: "inline", "listed" (another element of the BOM), "missing" (a reference that leads
    to no data), "elsewhere" (in another BOM), "not_asserted" (SPDX NoAssertion) or "none" (SPDX None). `leads` when its name, with an
    address or a description, lets somebody find it; always for what is listed under a name.
    """

    path: list[str | int]
    found: Literal["inline", "listed", "missing", "elsewhere", "not_asserted", "none"]
    leads: bool
    name: NotRequired[str]
    ref: NotRequired[str]


class Metric(TypedDict):
    """A performance metric. `value` is absent where what is written is not one number; so is each bound."""

    path: list[str | int]
    name: NotRequired[str]
    value: NotRequired[float]
    slice: NotRequired[str]
    lower: NotRequired[float]
    upper: NotRequired[float]


class BomModel(TypedDict):
    """A model in a BOM. `id` is its name with its group, or what else tells it from the others; `path` is where it stands.

    `parties` are those who supply, make, write or publish it; `sections` what its model card states, as in a card of its own.
    `aggregates` is what the BOM says of how complete it is about this model, in CycloneDX' words, each once.
    Placeholders ("unknown", "TBD", NOASSERTION) are left out everywhere but in `licences` and `training_data`.
    """

    id: str
    path: list[str | int]
    name: NotRequired[str]
    version: NotRequired[str]
    task: NotRequired[str]
    approach: NotRequired[str]
    architecture: NotRequired[str]
    hashes: list[Digest]
    files: list[File]
    licences: list[Licence]
    parties: list[Party]
    sections: list[Section]
    training_data: list[TrainingData]
    metrics: list[Metric]
    aggregates: list[str]


class BomDataset(TypedDict):
    """A dataset in a BOM. `inline`: it stands in a model's card, where CycloneDX has no place for a licence.

    `classification` is as written; `sensitive` tells whether the BOM says of the dataset that it holds sensitive data.
    """

    id: str
    path: list[str | int]
    inline: bool
    name: NotRequired[str]
    url: NotRequired[str]
    licences: list[Licence]
    parties: list[Party]
    classification: NotRequired[str]
    sensitive: NotRequired[Literal["yes", "no", "not_asserted"]]
    sections: list[Section]


class Defect(TypedDict):
    """A reference within the BOM that is wrong: dangling, duplicate (an identifier of two things), not_a_dependency."""

    code: Literal["dangling", "duplicate", "not_a_dependency"]
    ref: str
    path: list[str | int]


class BomFacts(TypedDict):
    """`input.facts` of a document of kind bom. `id` is the file's path.

    `serial` is the BOM's own identifier, `created` its time as ISO 8601, both absent where what is written is none; `tools` and
    `creators` made it. `signed`: there is a signature, which nobody has verified.
    """

    id: str
    format: Literal["cyclonedx", "spdx"]
    spec_version: NotRequired[str]
    serial: NotRequired[str]
    created: NotRequired[str]
    tools: list[str]
    creators: list[str]
    signed: bool
    models: list[BomModel]
    datasets: list[BomDataset]
    defects: list[Defect]
