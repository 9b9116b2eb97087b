"""Typed reading of JSON: a mapping with its place, which notes what is of another type than its format gives it.

An official schema would only say that a file is invalid. Here the rest is still read, and the facts that the fault hides are a gap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from policyctl.collectors.model_card.wording import says_nothing
from policyctl.model.document import Gap, Path

_MOST_GAPS: Final = 20
"""Of each fact: it is hidden by one, and a broken file may hold a million."""
_LONGEST: Final = 100_000
_NOT_SAID: Final = frozenset({"NOASSERTION", "NONE"})


@dataclass(slots=True)
class Faults:
    """What of one file is not as its format has it, as gaps."""

    gaps: list[Gap] = field(default_factory=list)

    def note(self, path: Sequence[str | int], what: str, fact: str, code: str = "bom_shape") -> None:
        """Remembers that the node at `path` is wrong, which hides `fact`."""
        hidden = [["facts", fact]] if fact else [["facts"]]
        where = ".".join(map(str, path)) or "the BOM"
        gap: Gap = {"code": code, "reason": f"{where} {what}", "paths": hidden, "at": [*path]}
        if gap not in self.gaps and sum(known["paths"] == hidden for known in self.gaps) < _MOST_GAPS:
            self.gaps.append(gap)


@dataclass(frozen=True, slots=True)
class Node:
    """A mapping at `path` of a file. `fact` is the one that what is wrong in it hides ("models")."""

    value: dict[str, Any]
    path: Path
    faults: Faults
    fact: str

    def about(self, fact: str) -> Node:
        """The same, where what is wrong hides another fact."""
        return replace(self, fact=fact)

    def at(self, *steps: str | int) -> list[str | int]:
        """The path of what stands below."""
        return [*self.path, *steps]

    def text(self, key: str) -> str | None:
        """The text under `key`, without blanks around it; None where there is none, or a placeholder."""
        value = self.value.get(key)
        if value is None or isinstance(value, str):
            return said(value or "")
        self._wrong(key, "is not text")
        return None

    def texts(self, key: str) -> list[str]:
        """The texts under `key`, which is a list of them; placeholders left out."""
        items = self.items(key)
        if any(not isinstance(item, str) for item in items):
            self._wrong(key, "holds something that is not text")
        return [text for item in items if isinstance(item, str) and (text := said(item))]

    def node(self, key: str) -> Node:
        """The mapping under `key`, an empty one where there is none."""
        value = self.value.get(key)
        if value is not None and not isinstance(value, dict):
            self._wrong(key, "is not an object")
        return replace(self, value=value if isinstance(value, dict) else {}, path=(*self.path, key))

    def nodes(self, key: str) -> list[Node]:
        """The mappings in the list under `key`."""
        items = self.items(key)
        if any(not isinstance(item, dict) for item in items):
            self._wrong(key, "holds something that is not an object")
        return [
            replace(self, value=item, path=(*self.path, key, index))
            for index, item in enumerate(items)
            if isinstance(item, dict)
        ]

    def items(self, key: str) -> list[Any]:
        """The list under `key`, an empty one where there is none."""
        value = self.value.get(key)
        if value is not None and not isinstance(value, list):
            self._wrong(key, "is not a list")
        return value if isinstance(value, list) else []

    def _wrong(self, key: str, what: str) -> None:
        self.faults.note((*self.path, key), what, self.fact)


def said(text: str) -> str | None:
    """What a text says, without blanks around it; None for nothing and for a placeholder: "unknown", "TBD", NOASSERTION."""
    trimmed = text[:_LONGEST].strip()
    return None if not trimmed or trimmed in _NOT_SAID or says_nothing(trimmed) else trimmed
