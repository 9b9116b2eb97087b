"""Typed reading of fields.

What has the wrong type is a gap that names the facts it hides: never a guess, never dropped silently.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from policyctl.model.document import Gap, Path

Node = Mapping[str, Any]

CONTAINERS = ("containers", "unsafe_loading")
MODELS = ("models", "ai_workload", "ai_reasons")
WORKLOAD = (
    "pods",
    "containers",
    "models",
    "unsafe_loading",
    "ai_workload",
    "ai_reasons",
    "serving",
    "inference",
    "relations",
)
"""Facts made from the pods of an object: hidden when it is not known which pods it has."""

_MOST_GAPS = 100

_TYPES = {
    bool: "a boolean",
    int: "a number",
    float: "a number",
    str: "text",
    list: "a list",
    dict: "a mapping",
    type(None): "null",
}


def dotted(path: Path) -> str:
    """A path for people: "spec.containers[0].image"."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text or "the object"


def type_name(value: object) -> str:
    """What a JSON value is, in words."""
    return _TYPES.get(type(value), type(value).__name__)


class Fields:
    """Reads fields of one object and collects the gaps met on the way. Null is read as absent, as Kubernetes does."""

    def __init__(self) -> None:
        self._gaps: dict[tuple[str, tuple[str, ...]], Gap] = {}
        self._more: set[str] = set()

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The gaps met so far, each once. After the first hundred, one more says which facts the others hide."""
        if not self._more:
            return tuple(self._gaps.values())
        paths = [["facts", name] for name in sorted(self._more)]
        return (
            *self._gaps.values(),
            {"code": "malformed", "reason": "there are more malformed fields", "paths": paths},
        )

    def gap(self, reason: str, hides: tuple[str, ...], code: str = "malformed", at: Path = ()) -> None:
        """Record that the facts `hides` (first-level names) may lack something, for what stands `at` this path in the object."""
        if len(self._gaps) >= _MOST_GAPS:
            self._more.update(hides)
        else:
            gap: Gap = {"code": code, "reason": reason, "paths": [["facts", name] for name in hides]}
            if at:
                gap["at"] = list(at)
            self._gaps[reason, hides] = gap

    def wrong(self, path: Path, value: object, wanted: str, hides: tuple[str, ...]) -> None:
        """Record a field of the wrong type."""
        self.gap(f"{dotted(path)} is {type_name(value)}, not {wanted}", hides, at=path)

    def mapping(self, node: Node, key: str, path: Path, hides: tuple[str, ...]) -> Node:
        """The mapping at `key`; empty when absent or of another type."""
        value = node.get(key)
        if isinstance(value, dict):
            return value
        if value is not None:
            self.wrong((*path, key), value, "a mapping", hides)
        return {}

    def items(self, node: Node, key: str, path: Path, hides: tuple[str, ...]) -> Iterator[tuple[Path, Node]]:
        """The mappings in the list at `key`, each with its path."""
        value = node.get(key)
        if value is None:
            return
        if not isinstance(value, list):
            self.wrong((*path, key), value, "a list", hides)
            return
        for index, item in enumerate(value):
            if isinstance(item, dict):
                yield (*path, key, index), item
            else:
                self.wrong((*path, key, index), item, "a mapping", hides)

    def texts(self, node: Node, key: str, path: Path, hides: tuple[str, ...]) -> list[tuple[Path, str]]:
        """The texts in the list at `key`, each with its path."""
        value = node.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.wrong((*path, key), value, "a list", hides)
            return []
        found: list[tuple[Path, str]] = []
        for index, item in enumerate(value):
            if isinstance(item, str):
                found.append(((*path, key, index), item))
            else:
                self.wrong((*path, key, index), item, "text", hides)
        return found

    def text(self, node: Node, key: str, path: Path, hides: tuple[str, ...]) -> str | None:
        """The text at `key`; None when absent or of another type."""
        value = node.get(key)
        if value is None or isinstance(value, str):
            return value
        self.wrong((*path, key), value, "text", hides)
        return None

    def flag(self, node: Node, key: str, path: Path, hides: tuple[str, ...]) -> bool | None:
        """The boolean at `key`; None when absent or of another type."""
        value = node.get(key)
        if value is None or isinstance(value, bool):
            return value
        self.wrong((*path, key), value, "a boolean", hides)
        return None

    def number(self, node: Node, key: str, path: Path, hides: tuple[str, ...]) -> int | None:
        """The whole number at `key`; None when absent or of another type."""
        value = node.get(key)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        self.wrong((*path, key), value, "a whole number", hides)
        return None

    def strings(self, node: Node, key: str, path: Path, hides: tuple[str, ...]) -> dict[str, str]:
        """The mapping of text to text at `key`; entries of another type are left out, with a gap."""
        found: dict[str, str] = {}
        for name, value in self.mapping(node, key, path, hides).items():
            if isinstance(value, str):
                found[name] = value
            elif value is None:
                found[name] = ""
            else:
                self.wrong((*path, key, name), value, "text", hides)
        return found
