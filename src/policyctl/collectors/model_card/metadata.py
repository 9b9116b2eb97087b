"""Facts from a card's front matter. A value that is not of the expected shape is a gap, never silently dropped.

Source: Hugging Face Hub documentation, "Model Cards" and "Dataset Cards"; the specifications modelcard.md and
datasetcard.md.
"""

from __future__ import annotations

from typing import Any, Final

from policyctl.collectors.model_card.licences import spdx_of
from policyctl.collectors.model_card.wording import placeholders_in, words_in, written
from policyctl.model.document import Gap
from policyctl.model.facts.model_card import BaseModel, Dataset, Licence

SOURCES: Final = {
    "licences": ("license", "licenses", "license_name", "license_link"),
    "base_models": ("base_model",),
    "datasets": ("datasets",),
    "languages": ("language", "languages"),
    "tags": ("tags",),
    "pipeline_tag": ("pipeline_tag",),
    "results": ("model-index",),
    "name": ("model_name", "pretty_name", "model-index"),
}
"""The keys that each fact is read from, the first one that is there being its place."""

_SYSTEM_KEYS: Final = ("policyctl.dev/system", "ai.system/id", "ai-system")


class Metadata:
    """Reads one front matter. `gaps` and `placeholders` grow as facts are read."""

    def __init__(self, values: dict[str, Any]) -> None:
        self._values = values
        self.gaps: list[Gap] = []
        self.placeholders = 0

    def texts(self, fact: str, *keys: str) -> list[str]:
        """The texts under `keys`: one text or a list of them. Placeholders count as missing."""
        return [text for key in keys for text in self._texts(fact, key, self._values.get(key))]

    def text(self, fact: str, key: str) -> str | None:
        """The one text under `key`."""
        found = self.texts(fact, key)
        return found[0] if found else None

    def system_id(self) -> str | None:
        """The system that the card names, by a key or by a tag "key:value"."""
        for key in _SYSTEM_KEYS:
            named = self._values.get(key)
            tags = self._values.get("tags")
            tagged = [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
            found = (
                [named] if isinstance(named, str) else [t[len(key) + 1 :] for t in tagged if t.startswith(f"{key}:")]
            )
            if found and found[0].strip():
                return found[0].strip()
        return None

    def licences(self) -> list[Licence]:
        """Each licence id; name and link belong to the one that is "other", or to the only one."""
        found: list[Licence] = []
        name, link = self.text("licences", "license_name"), self.text("licences", "license_link")
        identifiers = self.texts("licences", "license", "licenses")
        for identifier in identifiers:
            licence: Licence = {"id": identifier}
            if spdx := spdx_of(identifier):
                licence["spdx"] = spdx
            if len(identifiers) == 1 or identifier.lower() == "other":
                if name:
                    licence["name"] = name
                if link:
                    licence["link"] = link
            found.append(licence)
        return found

    def base_models(self) -> list[BaseModel]:
        """The models that this one was made from; "id@revision" pins one."""
        return [_base_model(text) for text in self.texts("base_models", "base_model")]

    def datasets(self) -> list[Dataset]:
        """The data sets named as training data; "id@revision" pins one."""
        return [_dataset(text) for text in self.texts("datasets", "datasets")]

    def _texts(self, fact: str, key: str, value: Any) -> list[str]:
        found: list[str] = []
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, str):
                if count := placeholders_in(item):
                    self.placeholders += count
                elif words_in(written(item)):
                    found.append(item.strip())
            elif item is not None:
                reason = f"the metadata key {key!r} holds an entry that is not text"
                self.gaps.append({"code": "metadata_shape", "reason": reason, "paths": [["facts", fact]]})
        return found


def _base_model(text: str) -> BaseModel:
    identifier, revision = _pinned(text)
    return {"id": identifier, "revision": revision} if revision else {"id": identifier}


def _dataset(text: str) -> Dataset:
    identifier, revision = _pinned(text)
    return {"id": identifier, "revision": revision} if revision else {"id": identifier}


def _pinned(text: str) -> tuple[str, str]:
    """The id and the revision, empty for none. The "@" of an address comes after a user and a password, and stays with them."""
    if "://" in text:
        return text, ""
    identifier, _, revision = text.partition("@")
    return identifier, revision
