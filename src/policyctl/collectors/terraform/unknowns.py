"""What a plan does not know yet: a configured expression gives it (`unknown`), or only the provider may (`computed`).

Where the plan shows a block that the configuration does not explain, a dynamic block made it. Its expressions are
nowhere in the plan, so the block is `opaque` and everything unknown in it counts as configured.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from policyctl.collectors.terraform.configuration import is_expression, scopes_of

Scopes = list[Mapping[str, Any]]
Settles = Callable[[str], bool]
"""Tells of a configured attribute (a path without indexes) whether all that it names was known when planning."""


@dataclass(slots=True)
class Unknowns:
    """Paths with list indexes; `opaque` without."""

    unknown: list[str] = field(default_factory=list)
    computed: list[str] = field(default_factory=list)
    opaque: list[str] = field(default_factory=list)


def unknowns(
    marks: Mapping[str, Any],
    values: Mapping[str, Any],
    before: Any,
    expressions: Mapping[str, Any] | None,
    settles: Settles,
    never_computed: frozenset[str] = frozenset(),
) -> Unknowns:
    """Sort what is unknown. `expressions` is None when the configuration lacks the resource: then nothing is computed.

    `never_computed` are blocks that the provider does not make: unknown without an expression, a dynamic block does.
    """
    result = Unknowns()
    walk = _Walk(result, settles)
    if expressions is None:
        walk.everything(marks, "", result.unknown)
        return result
    fresh = before if isinstance(before, dict) else {}
    changed = {name: value for name, value in values.items() if name not in fresh or fresh[name] != value}
    walk.dynamic([changed], [expressions], "")
    for name in never_computed:
        if marks.get(name) is True and name not in expressions:
            walk.opaque.add(name)
    walk.object(marks, [expressions], "", "")
    result.opaque = sorted(walk.opaque)
    return result


class _Walk:
    def __init__(self, result: Unknowns, settles: Settles) -> None:
        self._result = result
        self._settles = settles
        self.opaque: set[str] = set()

    def object(self, marks: Mapping[str, Any], scopes: Scopes, path: str, plain: str) -> None:
        """Sort the marks of one block, configured by any of `scopes`."""
        for name, mark in marks.items():
            if not mark:
                continue
            at, at_plain = path + name, plain + name
            nodes = [scope[name] for scope in scopes if name in scope]
            if at_plain in self.opaque:
                self.everything(mark, at, self._result.unknown)
            elif not nodes:
                self.everything(mark, at, self._result.computed)
            elif any(is_expression(node) for node in nodes):
                given = any(is_expression(node) and self._gives(node, at_plain) for node in nodes)
                self.everything(mark, at, self._result.unknown if given else self._result.computed)
            elif mark is True:
                # Static blocks stand there, and still the whole is unknown: a dynamic one is among them.
                self.opaque.add(at_plain)
                self._result.unknown.append(at)
            else:
                inner = [scope for node in nodes for scope in scopes_of(node)]
                self._nested(mark, inner, at, at_plain)

    def everything(self, mark: Any, path: str, target: list[str]) -> None:
        """All marked paths at or under `path` go to `target`."""
        if mark is True:
            target.append(path)
        elif isinstance(mark, dict):
            for name, inner in mark.items():
                if inner:
                    self.everything(inner, f"{path}.{name}" if path else name, target)
        elif isinstance(mark, list):
            for index, inner in enumerate(mark):
                if inner:
                    self.everything(inner, f"{path}.{index}", target)

    def dynamic(self, elements: Scopes, scopes: Scopes, plain: str) -> None:
        """Find the blocks in `elements` (bodies of blocks as planned) that the static ones in `scopes` do not explain.

        Blocks of a set are not planned in the order in which they are written, so only how many there are is compared.
        """
        for name in dict.fromkeys(name for element in elements for name, value in element.items() if _may_hold(value)):
            nodes = [scope[name] for scope in scopes if name in scope]
            if any(is_expression(node) for node in nodes):
                continue
            single = any(isinstance(node, dict) for node in nodes)
            shown = [_blocks(element.get(name), single) for element in elements]
            if not any(shown):
                continue
            static = [len(scopes_of(scope.get(name))) for scope in scopes]
            if sorted(map(len, shown)) != sorted(static):
                self.opaque.add(plain + name)
                continue
            inner = [scope for node in nodes for scope in scopes_of(node)]
            self.dynamic([block for blocks in shown for block in blocks], inner, f"{plain}{name}.")

    def _nested(self, mark: Any, scopes: Scopes, path: str, plain: str) -> None:
        if isinstance(mark, dict):
            self.object(mark, scopes, f"{path}.", f"{plain}.")
        elif isinstance(mark, list):
            for index, inner in enumerate(mark):
                if inner is True:
                    self._result.unknown.append(f"{path}.{index}")
                elif isinstance(inner, dict):
                    self.object(inner, scopes, f"{path}.{index}.", f"{plain}.")

    def _gives(self, expression: Mapping[str, Any], plain: str) -> bool:
        if "constant_value" in expression:
            return expression["constant_value"] is not None
        return not self._settles(plain)


def _may_hold(value: Any) -> bool:
    return (isinstance(value, list) and bool(value) and isinstance(value[0], dict)) or (
        isinstance(value, dict) and bool(value)
    )


def _blocks(value: Any, single: bool) -> list[Mapping[str, Any]]:
    if isinstance(value, list):
        return [one for one in value if isinstance(one, dict)]
    # An object alone may as well be a map attribute; only the configuration tells that it is a block.
    return [value] if single and isinstance(value, dict) else []
