"""A card written in Markdown, with or without front matter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final, Literal

from policyctl.collectors.model_card.front_matter import DATASET_KEYS, MODEL_KEYS, FrontMatter, split
from policyctl.collectors.model_card.headings import kinds_of
from policyctl.collectors.model_card.licence_statements import statements
from policyctl.collectors.model_card.licences import spdx_of
from policyctl.collectors.model_card.metadata import Metadata
from policyctl.collectors.model_card.places import Places
from policyctl.collectors.model_card.results import read_results
from policyctl.collectors.model_card.sections import Body, read_body
from policyctl.collectors.model_card.wording import placeholders_in, plain, words_in, written
from policyctl.model.content import Content
from policyctl.model.document import Gap
from policyctl.model.facts.model_card import Licence, ModelCardFacts

_HIDDEN: Final = (
    *("metadata_present", "name", "licences", "licence_statements", "base_models", "datasets"),
    *("languages", "tags", "pipeline_tag", "results"),
)
"""What front matter tells, and what is not known when it cannot be read."""
_TITLE: Final = re.compile(
    r"^(?:model|dataset|data) card\s*(?:for|of|:|-|–)?\s*(?:the\s+)?|\s+(?:model|dataset|data) card$", re.IGNORECASE
)
_DEFAULT_NAMES: Final = frozenset({"model id", "", "dataset name"})
_MODEL_ID: Final = re.compile(r"[\w.-]+/[\w.-]+")


@dataclass(frozen=True, slots=True)
class Card:
    """What was read of one card. `system_id` is the system that it names."""

    facts: ModelCardFacts
    gaps: list[Gap]
    places: Places
    system_id: str | None = None


def read_card(content: Content) -> Card:
    """The facts of a card, the gaps in them, and where they stand."""
    front = split(content.text, content.path)
    body = read_body(front.body, front.body_line)
    metadata = Metadata(front.metadata)
    subject_type = _subject_type(front, body, content.path)
    results, gaps = read_results(front.metadata.get("model-index"))
    licences = metadata.licences() or _labelled_licence(body)
    facts: ModelCardFacts = {
        "id": content.path,
        "format": "hugging_face" if front.is_present or front.problem else "markdown",
        "subject_type": subject_type or "model",
        "metadata_present": front.is_present,
        "licences": licences,
        "licence_statements": statements(front.metadata, body.lines, licences),
        "base_models": metadata.base_models(),
        "datasets": metadata.datasets(),
        "languages": metadata.texts("languages", "language", "languages"),
        "tags": metadata.texts("tags", "tags"),
        "owners": body.owners,
        "contacts": body.contacts,
        "sections": body.sections,
        "results": results,
        "placeholders": 0,
    }
    if not facts["base_models"] and _MODEL_ID.fullmatch(base := plain(body.labels.get("finetuned from model", ""))):
        facts["base_models"] = [{"id": base}]
    if pipeline_tag := metadata.text("pipeline_tag", "pipeline_tag"):
        facts["pipeline_tag"] = pipeline_tag
    if name := _name(front.metadata, metadata, body):
        facts["name"] = name
    facts["placeholders"] = body.placeholders + metadata.placeholders
    if front.problem:
        hidden = [["facts", fact] for fact in (*_HIDDEN, *(() if subject_type else ("subject_type",)))]
        gaps.append({"code": "front_matter", "reason": front.problem, "paths": hidden})
    places = Places(content, front.lines, frozenset(front.metadata), front.problem_line)
    return Card(facts, [*gaps, *metadata.gaps], places, metadata.system_id())


def _subject_type(front: FrontMatter, body: Body, path: str) -> Literal["model", "dataset"] | None:
    """By the keys that only one of the two has; where they do not tell, by title, by file name, by the sections."""
    for_dataset, for_model = len(DATASET_KEYS & front.metadata.keys()), len(MODEL_KEYS & front.metadata.keys())
    if for_dataset != for_model:
        return "dataset" if for_dataset > for_model else "model"
    for text in (body.title or "", path.rsplit("/", 1)[-1].replace("_", " ").replace("-", " ")):
        if match := re.search(r"\b(model|dataset|data) ?card", text, re.IGNORECASE):
            return "model" if match[1].lower() == "model" else "dataset"
    kinds = {section["kind"] for section in body.sections}
    if "dataset_structure" in kinds and "training_data" not in kinds:
        return "dataset"
    return "model" if kinds & {"intended_use", "out_of_scope_use", "training_data"} else None


def _labelled_licence(body: Body) -> list[Licence]:
    """The licence after a bold label, where that is exactly an id: "**License:** apache-2.0"."""
    text = plain(body.labels.get("license") or body.labels.get("licence") or "")
    spdx = spdx_of(text) if text else None
    return [{"id": text, "spdx": spdx}] if spdx else []


def _name(values: dict[str, Any], metadata: Metadata, body: Body) -> str | None:
    index = values.get("model-index")
    first = index[0].get("name") if isinstance(index, list) and index and isinstance(index[0], dict) else None
    title = _TITLE.sub("", body.title or "").strip(" \"'[]")
    if title == (body.title or "") and kinds_of(title):
        title = ""  # "Model details" is the first section, not a name
    for name in (metadata.text("name", "model_name"), metadata.text("name", "pretty_name"), first, title):
        if (
            isinstance(name, str)
            and name.lower() not in _DEFAULT_NAMES
            and not placeholders_in(name)
            and words_in(written(name))
        ):
            return name.strip()
    return None
