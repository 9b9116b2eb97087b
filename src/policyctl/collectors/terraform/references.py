"""Where configured values come from: references, resolved in one module instance through variables and outputs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from policyctl.collectors.terraform.addresses import Key, ModulePath, Word, resource_address
from policyctl.collectors.terraform.changes import Instance
from policyctl.collectors.terraform.configuration import Block, Configuration, Names
from policyctl.model.facts.terraform import Reference

LIMIT = 100
"""More instances than this behind one reference are told as one ambiguous reference without a position."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """The instance of a for_each or count that is being looked at: its key, its siblings' keys, its for_each."""

    key: Key
    keys: frozenset[Key]
    each: tuple[Word, ...] | None


_INDEX = re.compile(r"\[[^\]]*\]")
_NO_TURN = _Turn(None, frozenset(), None)
_Found = tuple[Reference, ...]


class Resolver:
    """Resolves the configured references of resource instances, whose positions (`at`) must be set before."""

    def __init__(self, configuration: Configuration, instances: Sequence[Instance]) -> None:
        self._modules = configuration.modules
        self._resources: dict[tuple[ModulePath, str, str, str], dict[Key, Instance]] = {}
        self._calls: dict[tuple[ModulePath, str], dict[Key, None]] = {}
        for one in instances:
            if one.deposed or one.gone:
                continue
            self._resources.setdefault((one.path, one.mode, one.type, one.name), {})[one.key] = one
            for depth in range(len(one.path)):
                self._calls.setdefault((one.path[:depth], one.path[depth][0]), {})[one.path[depth][1]] = None
        self._memo: dict[tuple[ModulePath, Word, _Turn, bool], _Found] = {}
        self._open: set[tuple[ModulePath, Word, _Turn, bool]] = set()

    def references(self, instance: Instance, block: Block) -> dict[str, list[Reference]]:
        """The references of one instance by attribute path (without indexes)."""
        siblings = self._resources.get((instance.path, instance.mode, instance.type, instance.name), {})
        turn = _Turn(instance.key, frozenset(siblings), block.each)
        found = {one.path: list(self._all(one.words, instance.path, turn)) for one in block.named}
        return {path: references for path, references in found.items() if references}

    def _all(self, words: tuple[Word, ...], path: ModulePath, turn: _Turn) -> _Found:
        indexed = any(one.text == "count.index" or one.text == "each.key" for one in words)
        found = _distinct(reference for one in words for reference in self._one(one, path, turn, indexed))
        if indexed and any(reference["type"] for reference in found):
            # They served as indexes: the instance that they chose is told by its address.
            found = tuple(one for one in found if one["address"] not in {"count.index", "each.key"})
        return found

    def _one(self, word: Word, path: ModulePath, turn: _Turn, indexed: bool) -> _Found:
        if word.kind == "resource":
            return self._resource(word, path, turn if indexed else _NO_TURN)
        if word.kind == "word" and not word.text.startswith("each.value"):
            return _own(word)
        key = (path, word, turn, indexed)
        if key in self._memo:
            return self._memo[key]
        if key in self._open:
            return _own(word)
        self._open.add(key)
        if word.kind == "var":
            found = self._variable(word, path)
        elif word.kind == "module":
            found = self._output(word, path, turn if indexed else _NO_TURN)
        else:
            found = self._each_value(word, path, turn)
        self._open.remove(key)
        self._memo[key] = found
        return found

    def _resource(self, word: Word, path: ModulePath, turn: _Turn) -> _Found:
        there = self._resources.get((path, word.mode, word.type, word.name), {})
        keys, exact = _chosen(there, word.key, turn)
        if not keys or len(keys) > LIMIT:
            address = resource_address(path, word.mode, word.type, word.name, word.key)
            alone = Reference(address=address, type=word.type, attribute=word.attribute)
            return (alone if not keys else {**alone, "ambiguous": True},)
        return tuple(_to(there[key], word.attribute, exact) for key in keys)

    def _variable(self, word: Word, path: ModulePath) -> _Found:
        if not path:
            return _own(word)
        name, key = path[-1]
        call = self._call(path[:-1], name)
        words = next((one.words for one in call.named if one.path == word.name), ()) if call else ()
        if call is None or not words:
            return _own(word)
        turn = _Turn(key, frozenset(self._calls.get((path[:-1], name), {})), call.each)
        return _below(self._all(words, path[:-1], turn), word.attribute)

    def _output(self, word: Word, path: ModulePath, turn: _Turn) -> _Found:
        name, _, rest = word.attribute.partition(".")
        there = self._calls.get((path, word.name)) or {None: None}
        keys, exact = _chosen(there, word.key, turn)
        module = self._modules.get((*_names(path), word.name))
        words = module.outputs.get(name, ()) if module else ()
        if not words or not keys or len(keys) > LIMIT:
            return _own(word)
        found = _distinct(
            reference
            for key in keys
            for reference in _below(self._all(words, (*path, (word.name, key)), _NO_TURN), rest)
        )
        return found if exact else tuple(_ambiguous(one) for one in found)

    def _each_value(self, word: Word, path: ModulePath, turn: _Turn) -> _Found:
        """What the for_each names. One whole resource with the same keys gives its instance; more are ambiguous."""
        rest = _INDEX.sub("", word.text.removeprefix("each.value")).lstrip(".")
        own = _Turn(turn.key, turn.keys, None)
        words = turn.each or ()
        found = tuple(one for name in words if name.text != word.text for one in self._one(name, path, own, True))
        typed = tuple(one for one in found if one["type"])
        if not typed:
            return _own(word)
        if len(found) == 1 and not found[0]["attribute"]:
            return _below(found, rest)
        return (*(_ambiguous(one) for one in typed), *(_own(word) if len(typed) < len(found) else ()))

    def _call(self, path: ModulePath, name: str) -> Block | None:
        module = self._modules.get(_names(path))
        return module.calls.get(name) if module else None


def _names(path: ModulePath) -> Names:
    return tuple(name for name, _ in path)


def _chosen(there: Iterable[Key], literal: Key, turn: _Turn) -> tuple[list[Key], bool]:
    """Which of the instances with the keys `there` a reference means, and whether that is certain."""
    keys = list(there)
    if literal is not None:
        return ([literal], True) if literal in keys else ([], True)
    if turn.key is not None:
        if turn.keys == frozenset(keys):
            return [turn.key], True
        return keys, keys == [None]
    return keys, len(keys) == 1


def _to(instance: Instance, attribute: str, exact: bool) -> Reference:
    reference = Reference(address=instance.address, type=instance.type, attribute=attribute, at=instance.at)
    return reference if exact else _ambiguous(reference)


def _own(word: Word) -> _Found:
    return (Reference(address=word.text, type="", attribute=""),)


def _ambiguous(reference: Reference) -> Reference:
    return {**reference, "ambiguous": True} if reference["type"] else reference


def _below(found: _Found, rest: str) -> _Found:
    """What is read from something that was passed on: `var.key.arn`, where `key` is a whole resource, reads its "arn".

    Of several that were put together it is open which one is meant; `rest` may name a part of what was put together.
    """
    if not rest:
        return found
    if len(found) > 1:
        return tuple(_ambiguous(one) for one in found)
    return tuple({**one, "attribute": one["attribute"] or rest} if one["type"] else one for one in found)


def _distinct(found: Iterable[Reference]) -> _Found:
    unique: dict[tuple[str, str], Reference] = {}
    for one in found:
        unique.setdefault((one["address"], one["attribute"]), one)
    return tuple(unique.values())
