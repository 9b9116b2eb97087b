"""A model's card among its files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from posixpath import basename
from typing import Final, cast

from policyctl.collectors.decoding import decode
from policyctl.collectors.model_card import ModelCardCollector
from policyctl.collectors.reading import parse
from policyctl.model.document import Collected, Source
from policyctl.model.errors import InputError
from policyctl.model.facts.model import Card
from policyctl.model.facts.model_card import ModelCardFacts
from policyctl.model.gathered import Gathered, Stamp

CARD_BYTES: Final = 1024 * 1024
"""Bytes of a card, or of a description that is as short."""

_NAMES: Final = ("model_card.md", "modelcard.md", "readme.md", "model_card.json", "modelcard.json")


def card_among(paths: Iterable[str]) -> str | None:
    """The file that is called like a card; of several, the one nearest to the top, and of those the one with the plainest name."""
    called = [path for path in paths if basename(path).lower() in _NAMES]
    return min(called, key=lambda path: (path.count("/"), _NAMES.index(basename(path).lower()), path), default=None)


def add_card(
    gathered: Gathered, content: bytes, path: str, name: str, time: str = "", *, in_artefact: bool
) -> Collected | None:
    """Adds the card in these bytes to a model's facts, and gives it as a subject of its own, called `name`.

    What is no card, or cannot be read, is a gap.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        read = parse(decode(content, name), name, sha256, len(content))
        (entry,) = ModelCardCollector().collect([read])
        if not entry.subjects:
            raise InputError(entry.message, hint=entry.hint)
    except InputError as error:
        gathered.missed(name, error, ("card",))
        return None
    (card,) = entry.subjects
    take_card(gathered, card, path, name, Stamp(sha256, time), in_artefact=in_artefact)
    source: Source = {"path": name, "sha256": sha256}
    return replace(card, sources=({**source, "time": time} if time else source,))


def take_card(gathered: Gathered, card: Collected, path: str, name: str, stamp: Stamp, *, in_artefact: bool) -> None:
    """Adds a card that was read already to a model's facts."""
    facts: Card = {
        "path": path,
        "sha256": stamp.sha256,
        "in_artefact": in_artefact,
        "facts": cast("ModelCardFacts", card.facts),
    }
    gathered.add(name, stamp, {"card": facts})
    for gap in card.gaps:
        hidden = [["facts", "card", *path] for path in gap.get("paths", []) if path[:1] == ["facts"]]
        gathered.gaps.append({**gap, "paths": hidden})
