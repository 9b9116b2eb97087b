"""Model cards and dataset cards: Hugging Face READMEs, other Markdown cards, and the Model Card Toolkit's JSON.

Facts written: `policyctl.model.facts.model_card`. A card is its own resource: its id is the file's path.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from policyctl.collectors.model_card.recognition import is_card
from policyctl.model.content import Content
from policyctl.model.document import Collected, Input, Kind
from policyctl.model.printable import printable

if TYPE_CHECKING:
    from policyctl.collectors.model_card.markdown import Card

_LONGEST: Final = 1024 * 1024


class ModelCardCollector:
    """Reads cards. A README is one when it has a card's front matter, title or headings; a project's README is not."""

    kind: Kind = "model_card"

    def recognises(self, content: Content) -> bool:
        """Told by front matter with a card's keys, name, title, or two headings, one of which only cards have."""
        return is_card(content)

    def collect(self, contents: Sequence[Content]) -> Iterator[Input]:
        """One card a content. What cannot be read of a card is a gap; a file that is empty or no card is an error."""
        for content in contents:
            yield self._card(content)

    def _card(self, content: Content) -> Input:
        # What reads cards is imported when there are some: a run over plans and manifests does without.
        from policyctl.collectors.model_card.markdown import Card, read_card
        from policyctl.collectors.model_card.places import Places
        from policyctl.collectors.model_card.toolkit import read_toolkit

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
