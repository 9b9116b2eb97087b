"""The real files that mutations start from: plans, manifests, cards and descriptions of systems, as people wrote them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import yaml

from policyctl.collectors.decoding import decode
from policyctl.collectors.reading import FRONT_MATTER, parse
from policyctl.model.document import Path
from policyctl.model.errors import InputError
from tests.conftest import DATA, EXAMPLES

_LARGEST: Final = 48 * 1024
_PATTERNS: Final = {
    "terraform_plan": ("terraform", "*.json"),
    "kubernetes_object": ("kubernetes", "*.yaml"),
    "model_card": ("model_cards", "*.*"),
    "system": ("systems", "*.yaml"),
}
KINDS: Final = tuple(_PATTERNS)


@dataclass(frozen=True)
class Original:
    """One real file: its text, the values in it (those of its front matter, for a card), and where each node of them stands.

    `body` is what follows the front matter of a card.
    """

    name: str
    text: str
    values: tuple[Any, ...]
    nodes: tuple[Path, ...]
    body: str = ""

    def __repr__(self) -> str:
        return self.name


@cache
def originals(kind: str) -> tuple[Original, ...]:
    """All files of a kind that are small enough to be broken ten thousand times, in the order of their names."""
    folder, pattern = _PATTERNS[kind]
    files = [file for root in (DATA / folder, EXAMPLES / folder) for file in sorted(root.rglob(pattern))]
    small = [file for file in files if file.stat().st_size <= _LARGEST and "bad" not in file.parts]
    found = [_original(file.name, decode(file.read_bytes(), file.name)) for file in small]
    return tuple(one for one in found if one is not None)


def _original(name: str, text: str) -> Original | None:
    """None for a file that is broken as it is."""
    body = ""
    try:
        if name.endswith(".md"):
            front = FRONT_MATTER.match(text)
            values = (yaml.safe_load(front["metadata"]),) if front else ()
            body = text[front.end() :] if front else text
        else:
            values = parse(text, name, "", len(text)).values
    except (yaml.YAMLError, InputError):
        return None
    return Original(name, text, values, tuple(_nodes(values, ())), body)


def _nodes(node: Any, path: Path) -> Iterator[Path]:
    members = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list | tuple) else ()
    for key, value in members:
        yield (*path, key)
        yield from _nodes(value, (*path, key))
