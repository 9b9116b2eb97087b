"""Model cards and dataset cards: Hugging Face READMEs, other Markdown cards, and the Model Card Toolkit's JSON.

Facts written: `policyctl.model.facts.model_card`. A card is its own resource: its id is the file's path.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Final

from policyctl.collectors.model_card.front_matter import has_card_keys
from policyctl.collectors.model_card.markdown import Card, read_card
from policyctl.collectors.model_card.places import Places
from policyctl.collectors.model_card.toolkit import is_toolkit, read_toolkit
from policyctl.model.content import Content
from policyctl.model.document import Collected, Input, Kind
from policyctl.model.printable import printable

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
_LONGEST: Final = 1024 * 1024


class ModelCardCollector:
    """Reads cards. A README is one when it has a card's front matter, title or headings; a project's README is not."""

    kind: Kind = "model_card"

    def recognises(self, content: Content) -> bool:
        """Told by front matter with a card's keys, name, title, or two headings, one of which only cards have."""
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

    def collect(self, contents: Sequence[Content]) -> Iterator[Input]:
        """One card a content. What cannot be read of a card is a gap; a file that is empty or no card is an error."""
        for content in contents:
            yield self._card(content)

    def _card(self, content: Content) -> Input:
        name = printable(content.path)
        if content.syntax == "json":
            if not self.recognises(content):
                hint = "JSON cards are those of the Model Card Toolkit, with model_details"
                return Input(content.path, "error", self.kind, f"{name}: this JSON is not a model card", hint)
            facts, gaps = read_toolkit(content)
            return self._decided(content, Card(facts, gaps, Places(content)))
        if not content.text.strip():
            return Input(content.path, "error", self.kind, f"{name}: the card is empty", "write the card")
        if len(content.text) > _LONGEST:
            return Input(content.path, "error", self.kind, f"{name}: longer than a card can be", "name the card alone")
        return self._decided(content, read_card(content))

    def _decided(self, content: Content, card: Card) -> Input:
        collected = Collected(
            kind=self.kind,
            subject={"id": card.facts["id"], "path": content.path},
            facts=card.facts,
            sources=({"path": content.path, "sha256": content.sha256},),
            gaps=tuple(card.gaps),
            locate=card.places.of(card.facts),
            system_id=card.system_id,
            notes=tuple(gap["reason"] for gap in card.gaps),
        )
        return Input(content.path, "decided", self.kind, subjects=(collected,))
