"""What a BOM states in words, as sections of a card: how many words, and whether a template's words stand there instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from policyctl.collectors.bom.nodes import Node
from policyctl.collectors.model_card.wording import stated
from policyctl.model.facts.model_card import Section, SectionKind

_QUESTION: Final = re.compile(r"[^.!?\n]*\?|\bE\.?g\.(?=\s)", re.IGNORECASE)
_DESCRIPTION: Final = re.compile(
    r"""
    \bthe\ name\ of\ the\ risk\b\.? | \bstrategy\ used\ to\ address\ this\ risk\b\.?
    | \bthe\ groups\ or\ individuals\ at\ risk\ of\ being\ systematically\ disadvantaged\ by\ the\ model\b\.?
    | \bexpected\ (?:benefits|harms)\ to\ the\ identified\ groups\b\.?
    | \bwith\ respect\ to\ the\ benefits\ and\ harms\ outlined,\ please\ describe\ any\ mitigation\ strategy\ implemented\b\.?
    | \b[\w ]{0,40}\ goes\ here\b\.?
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Descriptions of the CycloneDX schema, which its examples give as values. Source: bom-1.6.schema.json, modelCard."""
_LONGEST: Final = 100_000


def section(kind: SectionKind, node: Node, keys: Sequence[str]) -> Section | None:
    """What stands under `keys` of a mapping, as one section of a card; None where none of them is there.

    Questions state nothing: examples of the format ask "Who are the intended users of the model?".
    """
    values = [node.value[key] for key in keys if node.value.get(key) is not None]
    if not values:
        return None
    text = "\n".join(_texts(values))[:_LONGEST]
    words, is_placeholder = stated(_DESCRIPTION.sub(" ", _QUESTION.sub(" ", text)))
    return {
        "kind": kind,
        "heading": ", ".join(key for key in keys if key in node.value),
        "words": words,
        "placeholder": is_placeholder or (words == 0 and bool(text.strip())),
    }


def _texts(value: Any) -> Iterator[str]:
    """The texts in a value, each a paragraph. The reader has limited how deep it nests."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
