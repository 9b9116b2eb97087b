"""Empties the credentials in an object before anything else looks at it.

Every text in the object is read once, with the name that it stands under: its key, or the `name` beside a `value`. What
is emptied is remembered by its path, so that facts can still say "there is a literal".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from policyctl.collectors.kubernetes.fields import dotted
from policyctl.collectors.kubernetes.references import carriers
from policyctl.model.document import Path
from policyctl.model.errors import InputError
from policyctl.model.facts.kubernetes import LiteralSecret
from policyctl.model.secrets import conceal, is_secret, names_secret

_MOST_NODES = 2_000_000
_DEEPEST = 200
_LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"
_SCHEMAS = frozenset({"apiextensions.k8s.io"})


@dataclass(slots=True)
class Masked:
    """An object without its credentials.

    `emptied` is keyed by path; its value is the name that the credential stood under.
    """

    object: dict[str, Any]
    emptied: dict[Path, str] = field(default_factory=dict)

    def paths(self) -> tuple[str, ...]:
        """The emptied paths from the document's root, dotted."""
        return tuple(".".join(("facts", "object", *map(str, path))) for path in self.emptied)

    def literal_secrets(self) -> list[LiteralSecret]:
        """The credentials that stand in the manifest as text.

        None for a Secret; the copy that kubectl keeps says nothing new.
        """
        if is_secret_object(self.object):
            return []
        return [
            LiteralSecret(path=list(path), where=_where(self.object, path), name=name)
            for path, name in self.emptied.items()
            if path[-1] != _LAST_APPLIED
        ]


def is_secret_object(item: Mapping[str, Any]) -> bool:
    """Whether it is a core/v1 Secret."""
    return item.get("kind") == "Secret" and item.get("apiVersion") == "v1"


def mask(item: Mapping[str, Any]) -> Masked:
    """A copy of the object with credentials emptied. A Secret keeps its keys and loses all values.

    Raises InputError when the object is too large or too deep to be a Kubernetes object (which etcd limits to about 1.5
    MB).
    """
    masked = Masked({})
    walk = _Walk(masked.emptied, schema=str(item.get("apiVersion", "")).partition("/")[0] in _SCHEMAS)
    for key, value in item.items():
        whole = key in {"data", "stringData"} and is_secret_object(item)
        masked.object[key] = walk.emptied_whole(value, (key,), key) if whole else walk.copy(value, (key,), key)
    return masked


class _Walk:
    def __init__(self, emptied: dict[Path, str], *, schema: bool) -> None:
        self._emptied = emptied
        self._schema = schema
        self._nodes = 0

    def copy(self, value: Any, path: Path, name: str) -> Any:
        """A copy of the value, with credentials emptied."""
        if isinstance(value, str):
            return self._text(value, path, name)
        if isinstance(value, dict):
            self._count(path)
            return self._mapping(value, path)
        if isinstance(value, list):
            self._count(path)
            return self._list(value, path, name)
        return value

    def emptied_whole(self, value: Any, path: Path, name: str) -> Any:
        """A copy with every leaf emptied, whatever it is."""
        self._count(path)
        if isinstance(value, dict):
            return {key: self.emptied_whole(below, (*path, key), key) for key, below in value.items()}
        if isinstance(value, list):
            return [self.emptied_whole(below, (*path, index), name) for index, below in enumerate(value)]
        if value in (None, ""):
            return value
        self._emptied[path] = name
        return ""

    def _mapping(self, value: dict[str, Any], path: Path) -> dict[str, Any]:
        called = value.get("name", value.get("key"))
        carrying = carriers(value) if "env" in value else frozenset()
        copy: dict[str, Any] = {}
        for key, below in value.items():
            if key == "env" and carrying:
                copy[key] = [self._carrier(entry, (*path, key, at), carrying) for at, entry in enumerate(below)]
                continue
            name = called if key == "value" and isinstance(called, str) else key
            if isinstance(below, str):
                copy[key] = self._text(below, (*path, key), name)
            elif isinstance(below, (int, float)) and not isinstance(below, bool) and names_secret(name):
                self._emptied[(*path, key)] = name
                copy[key] = ""
            else:
                copy[key] = self.copy(below, (*path, key), name)
        return copy

    def _carrier(self, entry: Any, path: Path, carrying: frozenset[str]) -> Any:
        """A variable, without the value that another one or an argument uses as a credential."""
        copy = self.copy(entry, path, "env")
        if not isinstance(copy, dict) or copy.get("name") not in carrying:
            return copy
        value = copy.get("value")
        if isinstance(value, str) and is_secret("credential", value):
            copy["value"] = ""
            self._emptied[(*path, "value")] = copy["name"]
        return copy

    def _list(self, value: list[Any], path: Path, name: str) -> list[Any]:
        copy: list[Any] = []
        option = ""
        for index, below in enumerate(value):
            if isinstance(below, str):
                follows = names_secret(option) and option.startswith("-") and "=" not in option and below[:1] != "-"
                at = (*path, index)
                copy.append(self._text(below, at, option if follows else name))
                if at in self._emptied and below.startswith("-"):
                    self._emptied[at] = below.partition("=")[0]
                option = below
            else:
                copy.append(self.copy(below, (*path, index), name))
                option = ""
        return copy

    def _text(self, text: str, path: Path, name: str) -> str:
        if not text or self._schema:
            return text
        kept = "" if name == _LAST_APPLIED else conceal(name, text)
        if kept != text:
            self._emptied[path] = name
        return kept

    def _count(self, path: Path) -> None:
        self._nodes += 1
        if self._nodes > _MOST_NODES or len(path) > _DEEPEST:
            what = "deep" if len(path) > _DEEPEST else "large"
            raise InputError(
                f"the object is too {what} at {dotted(path[:6])}", hint="split the manifest, or leave out the aliases"
            )


def _where(item: Mapping[str, Any], path: Path) -> Any:
    if path[:2] == ("metadata", "annotations"):
        return "annotation"
    if item.get("kind") == "ConfigMap" and path[0] in {"data", "binaryData"}:
        return "config_map"
    parts = {part for part in path if isinstance(part, str)}
    if parts & {"env", "environment", "env_vars"}:
        return "env"
    return "argument" if parts & {"args", "command", "cmd"} else "field"
