"""Facts of a model card or dataset card: its metadata, its sections, its evaluation results."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

SectionKind = Literal[
    "description",
    "intended_use",
    "out_of_scope_use",
    "limitations",
    "risks_and_bias",
    "recommendations",
    "training_data",
    "training_procedure",
    "evaluation",
    "environmental_impact",
    "technical_specifications",
    "contact",
    "citation",
    "licence",
    "dataset_structure",
    "dataset_creation",
    "personal_information",
    "annotations",
    "other",
]


class Section(TypedDict):
    """One section; a heading that announces two kinds ("Bias and limitations") gives two, alike but for `kind`.

    A heading of unknown wording has the kind of the heading above it. `words` counts the words of its own text without
    placeholders; `placeholder` when nothing else was written. A bold label ("**Out-of-scope uses:** …") is a section
    too.
    """

    kind: SectionKind
    heading: str
    line: NotRequired[int]
    words: int
    placeholder: bool


class Licence(TypedDict):
    """`spdx` is the SPDX expression the id stands for; absent when the id is not one (Hugging Face's "other", a made-up
    name).
    """

    id: str
    spdx: NotRequired[str]
    name: NotRequired[str]
    link: NotRequired[str]


class LicenceStatement(TypedDict):
    """What a card says of its licence in another place than its metadata's `license`.

    `says` is "licence" with the `names` of licences (SPDX identifiers, parts of one such as "GPL", or the id or name of one of
    `licences`); "limit" for words that take back what a free licence gives (non-commercial, for research only); "terms" for
    text that names none and says more than where to find it. `place` tells dedicated places from a sentence or table row
    that may be about a part only. `key` is the metadata's, `line` that of the text.
    """

    place: Literal["metadata", "section", "sentence"]
    says: Literal["licence", "limit", "terms"]
    names: list[str]
    key: NotRequired[str]
    line: NotRequired[int]


class BaseModel(TypedDict):
    """A model that this one was made from; `revision` when the card pins one."""

    id: str
    revision: NotRequired[str]


class Dataset(TypedDict):
    """A data set named as training data."""

    id: str
    revision: NotRequired[str]


class Result(TypedDict):
    """One evaluation result. `value` is a number as written; text that is not one number is left out and becomes a gap.

    `share` is the value between 0 and 1 where that is certain: written with "%", or a metric such as accuracy or F1,
    which cards give both ways (0.9 and 90); thresholds compare with it. `path` is where the result stands in the
    metadata. `metric` is lower case ("accuracy"); `slice` the part of the data that it is about.
    """

    path: list[str | int]
    task: NotRequired[str]
    dataset: NotRequired[str]
    dataset_revision: NotRequired[str]
    metric: str
    value: NotRequired[float]
    share: NotRequired[float]
    slice: NotRequired[str]
    verified: NotRequired[bool]


class ModelCardFacts(TypedDict):
    """`input.facts` of a document of kind model_card. `subject_type` tells model cards from dataset cards.

    `owners` and `contacts` are as written (people or addresses); `sections` in their order; `placeholders` counts
    phrases such as "More Information Needed" in the whole card.
    """

    id: str
    format: Literal["hugging_face", "model_card_toolkit", "markdown"]
    subject_type: Literal["model", "dataset"]
    name: NotRequired[str]
    metadata_present: bool
    licences: list[Licence]
    licence_statements: list[LicenceStatement]
    base_models: list[BaseModel]
    datasets: list[Dataset]
    languages: list[str]
    tags: list[str]
    pipeline_tag: NotRequired[str]
    owners: list[str]
    contacts: list[str]
    sections: list[Section]
    results: list[Result]
    placeholders: int
