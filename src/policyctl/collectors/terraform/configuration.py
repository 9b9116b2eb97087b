"""The plan's `configuration`: which expressions a resource, a module call and an output are written with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from policyctl.collectors.terraform.addresses import Word, longest, word
from policyctl.model.document import Gap

Names = tuple[str, ...]
"""A module of the configuration: the names of the calls that lead to it."""


@dataclass(slots=True)
class Expression:
    """One configured attribute at `path` (dotted, without indexes), with what it names."""

    path: str
    words: tuple[Word, ...]


@dataclass(slots=True)
class Block:
    """A configured resource or module call. `expressions` as the plan writes them; `named` those that name something.

    `each` is what its for_each names, `None` when it has none.
    """

    expressions: Mapping[str, Any]
    named: tuple[Expression, ...]
    each: tuple[Word, ...] | None
    provider_key: str = ""


@dataclass(slots=True)
class Module:
    """One module: its resources by (mode, type, name), its calls, outputs and variables by name."""

    resources: dict[tuple[str, str, str], Block] = field(default_factory=dict)
    calls: dict[str, Block] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, tuple[Word, ...]] = field(default_factory=dict)
    variables: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Configuration:
    """All modules by their names; the root is ()."""

    modules: dict[Names, Module]
    providers: Mapping[str, Any]
    gaps: list[Gap]


def configuration(plan: Mapping[str, Any]) -> Configuration:
    """Read `configuration`. What is malformed in it is a gap that hides all references."""
    whole = plan.get("configuration") or {}
    result = Configuration({}, _object(whole.get("provider_config")), [])
    waiting: list[tuple[Names, Any]] = [((), whole.get("root_module"))]
    while waiting:
        names, node = waiting.pop()
        if node is not None and not isinstance(node, dict):
            _broken(result, names)
            continue
        node = node or {}
        module = result.modules[names] = Module(variables=_object(node.get("variables")))
        resources = node.get("resources")
        if resources is not None and not isinstance(resources, list):
            _broken(result, names)
        for resource in resources if isinstance(resources, list) else ():
            if not isinstance(resource, dict):
                _broken(result, names)
                continue
            mode, type_, name = resource.get("mode"), resource.get("type"), resource.get("name")
            if isinstance(mode, str) and isinstance(type_, str) and isinstance(name, str):
                module.resources[mode, type_, name] = _block(resource)
        for name, call in _object(node.get("module_calls")).items():
            if not isinstance(call, dict):
                _broken(result, names)
                continue
            module.calls[name] = _block(call)
            source = call.get("source")
            module.sources[name] = source if isinstance(source, str) else ""
            waiting.append(((*names, name), call.get("module")))
        for name, output in _object(node.get("outputs")).items():
            module.outputs[name] = _words(_object(output).get("expression"))
    return result


def is_expression(node: Any) -> bool:
    """Whether a node is one attribute's expression; else it is a nested block, or a list of them.

    An empty object is an expression without references (a call of functions on constants).
    """
    if not isinstance(node, dict) or not node.keys() <= {"references", "constant_value"}:
        return False
    references = node.get("references", [])
    return isinstance(references, list) and all(isinstance(one, str) for one in references)


def scopes_of(node: Any) -> list[Mapping[str, Any]]:
    """The bodies of nested blocks: one object, or each object of a list."""
    if isinstance(node, dict):
        return [node]
    return [one for one in node if isinstance(one, dict)] if isinstance(node, list) else []


def _block(node: Mapping[str, Any]) -> Block:
    expressions = _object(node.get("expressions"))
    each = node.get("for_each_expression")
    key = node.get("provider_config_key")
    return Block(
        expressions=expressions,
        named=tuple(_named(expressions)),
        each=None if each is None else _words(each),
        provider_key=key if isinstance(key, str) else "",
    )


def _named(expressions: Mapping[str, Any]) -> Iterator[Expression]:
    """Every attribute that names something, those of repeated blocks joined."""
    found: dict[str, dict[Word, None]] = {}
    waiting = [("", expressions)]
    while waiting:
        prefix, scope = waiting.pop(0)
        for name, node in scope.items():
            path = prefix + name
            if is_expression(node):
                found.setdefault(path, {}).update(dict.fromkeys(_words(node)))
            else:
                waiting.extend((f"{path}.", inner) for inner in scopes_of(node))
    return (Expression(path, tuple(words)) for path, words in sorted(found.items()) if words)


def _words(node: Any) -> tuple[Word, ...]:
    if not is_expression(node):
        return ()
    return tuple(word(text) for text in longest(node.get("references", [])))


def _object(node: Any) -> Mapping[str, Any]:
    return node if isinstance(node, dict) else {}


def _broken(result: Configuration, names: Names) -> None:
    where = ".".join(names) or "the root module"
    reason = f"configuration: {where} is malformed, its references are not known"
    if not any(gap["reason"] == reason for gap in result.gaps):
        result.gaps.append({"code": "malformed_configuration", "reason": reason, "paths": [["facts"]]})
