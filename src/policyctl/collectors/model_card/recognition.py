"""Tells a card from other files, cheaply: nothing that reads cards is imported for it."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Any, Final

from policyctl.collectors.model_card.front_matter import has_card_keys
from policyctl.model.content import Content

_NAME: Final = re.compile(r"(model|data(set)?)[-_ ]?card", re.IGNORECASE)
_TITLE: Final = re.compile(
    r"^ {0,3}#{1,2} [^\n]*\b(model|dataset|data) card\b(?! template)", re.IGNORECASE | re.MULTILINE
)
_STRONG: Final = re.compile(
    r"^ {0,3}#{1,4} [*_ ]*"
    r"(intended uses?|model (?:details|information)|out[- ]of[- ]scope|bias, risks|ethical considerations)\b",
    re.IGNORECASE | re.MULTILINE,
)
_WEAK: Final = re.compile(
    r"^ {0,3}#{1,4} [*_ ]*(limitations|training data|evaluation (?:data|results)|personal and sensitive information)\b",
    re.IGNORECASE | re.MULTILINE,
)
_PARTS: Final = ("model_parameters", "quantitative_analysis", "considerations", "schema_version")
_LONGEST: Final = 1024 * 1024


def is_card(content: Content) -> bool:
    """See `ModelCardCollector.recognises`."""
    if content.syntax == "json":
        return len(content.values) == 1 and is_toolkit(content.values[0])
    if content.syntax != "markdown":
        return False
    if _NAME.search(PurePath(content.path).name) or has_card_keys(content.text):
        return True
    if _TITLE.search(content.text[:2000]):
        return True
    text = content.text[:_LONGEST]
    strong = {match[1].lower() for match in _STRONG.finditer(text)}
    return len(strong) >= 1 and len(strong) + len({match[1].lower() for match in _WEAK.finditer(text)}) >= 2


def is_toolkit(value: Any) -> bool:
    """Whether a JSON value is a card of the Model Card Toolkit."""
    return (
        isinstance(value, dict)
        and isinstance(value.get("model_details"), dict)
        and any(part in value for part in _PARTS)
    )
