"""Model Card Toolkit: a card as JSON.

Source: TensorFlow Model Card Toolkit, schema 0.0.2 (and 0.0.1, whose lists hold plain text), model_card.schema.json.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from policyctl.collectors.model_card.licence_statements import custom_text
from policyctl.collectors.model_card.licences import spdx_of
from policyctl.collectors.model_card.results import with_value
from policyctl.collectors.model_card.wording import placeholders_in, stated, words_in, written
from policyctl.model.content import Content
from policyctl.model.document import Gap
from policyctl.model.facts.model_card import (
    Dataset,
    Licence,
    LicenceStatement,
    ModelCardFacts,
    Result,
    Section,
    SectionKind,
)

_SECTIONS: Final[tuple[tuple[SectionKind, tuple[str, str]], ...]] = (
    ("description", ("model_details", "overview")),
    ("description", ("model_details", "documentation")),
    ("intended_use", ("considerations", "users")),
    ("intended_use", ("considerations", "use_cases")),
    ("limitations", ("considerations", "limitations")),
    ("limitations", ("considerations", "tradeoffs")),
    ("risks_and_bias", ("considerations", "ethical_considerations")),
    ("technical_specifications", ("model_parameters", "model_architecture")),
    ("training_data", ("model_parameters", "data")),
    ("evaluation", ("quantitative_analysis", "performance_metrics")),
    ("citation", ("model_details", "citations")),
    ("citation", ("model_details", "citation")),
)
_NOT_TRAINING: Final = ("eval", "valid", "test")
_NOT_WORDS: Final = frozenset({"image", "graphics", "link"})


def read_toolkit(content: Content) -> tuple[ModelCardFacts, list[Gap]]:
    """The facts of a card that `is_toolkit` accepts. Parts of another shape are gaps at the facts that they hold."""
    card = content.values[0]
    gaps: list[Gap] = []
    details = card["model_details"]
    sections = [section for kind, path in _SECTIONS if (section := _section(content, card, kind, path))]
    named = _items(details, "licenses", "licences", gaps)
    licences = [licence for item in named if (licence := _licence(item))]
    facts: ModelCardFacts = {
        "id": content.path,
        "format": "model_card_toolkit",
        "subject_type": "model",
        "metadata_present": True,
        "licences": licences,
        "licence_statements": [statement for item in named for statement in _beside(item, licences)],
        "base_models": [],
        "datasets": _datasets(card, gaps),
        "languages": [],
        "tags": [],
        "owners": _of_each(_items(details, "owners", "owners", gaps), "name"),
        "contacts": _of_each(_items(details, "owners", "contacts", gaps), "contact"),
        "sections": sections,
        "results": _results(card, gaps),
        "placeholders": sum(placeholders_in(text) for text in _texts(card)),
    }
    if isinstance(details.get("name"), str) and words_in(written(details["name"])):
        facts["name"] = details["name"].strip()
    return facts, gaps


def _section(content: Content, card: dict[str, Any], kind: SectionKind, path: tuple[str, str]) -> Section | None:
    part, key = path
    holder = card.get(part)
    value = holder.get(key) if isinstance(holder, dict) else None
    if value is None:
        return None
    text = "\n".join(_texts(value))
    words, is_placeholder = stated(text)
    section: Section = {
        "kind": kind,
        "heading": f"{part}.{key}",
        "words": words,
        "placeholder": is_placeholder,
    }
    line = content.line_of(0, path)
    if line is not None:
        section["line"] = line
    return section


def _texts(value: Any) -> Iterator[str]:
    """The texts in a part of a card, without pictures. The reader has limited how deep it nests."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in _NOT_WORDS:
                yield from _texts(item)


def _items(holder: Any, key: str, fact: str, gaps: list[Gap]) -> list[Any]:
    value = holder.get(key) if isinstance(holder, dict) else None
    if value is None or isinstance(value, list):
        return value or []
    reason = f"{key} is not a list"
    gaps.append({"code": "metadata_shape", "reason": reason, "paths": [["facts", fact]]})
    return []


def _of_each(items: list[Any], key: str) -> list[str]:
    texts = [item.get(key) if isinstance(item, dict) else item if key == "name" else None for item in items]
    return [text.strip() for text in texts if isinstance(text, str) and words_in(written(text))]


def _licence(item: Any) -> Licence | None:
    found = item.get("identifier") or item.get("custom_text") if isinstance(item, dict) else item
    if not isinstance(found, str) or not words_in(written(found)):
        return None
    licence: Licence = {"id": found.strip()}
    if spdx := spdx_of(found.strip()):
        licence["spdx"] = spdx
    return licence


def _beside(item: Any, licences: list[Licence]) -> Iterator[LicenceStatement]:
    """What a licence's custom text says, where its identifier is what counts."""
    text = item.get("custom_text") if isinstance(item, dict) and item.get("identifier") else None
    if text is not None and not isinstance(text, str):
        yield {"place": "section", "says": "terms", "names": []}
    elif text:
        yield from custom_text(text, licences)


def _datasets(card: dict[str, Any], gaps: list[Gap]) -> list[Dataset]:
    """The data sets that are not named as those for evaluation."""
    items = _items(card.get("model_parameters"), "data", "datasets", gaps)
    named = [item for item in items if isinstance(item, dict)]
    return [{"id": name} for name in _of_each(named, "name") if not name.lower().startswith(_NOT_TRAINING)]


def _results(card: dict[str, Any], gaps: list[Gap]) -> list[Result]:
    results: list[Result] = []
    metrics = _items(card.get("quantitative_analysis"), "performance_metrics", "results", gaps)
    for number, metric in enumerate(metrics):
        if not isinstance(metric, dict) or not isinstance(metric.get("type"), str):
            gaps.append({"code": "metadata_shape", "reason": "a metric has no type", "paths": [["facts", "results"]]})
            continue
        path: list[str | int] = ["quantitative_analysis", "performance_metrics", number]
        result: Result = {"path": path, "metric": metric["type"].strip().lower()}
        if isinstance(metric.get("slice"), str):
            result["slice"] = metric["slice"]
        gap = with_value(result, metric.get("value"))
        if gap is not None:
            gaps.append(gap)
        results.append(result)
    return results
