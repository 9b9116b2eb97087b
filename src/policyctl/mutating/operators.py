"""The changes that are made to a rule: each node of OPA's parse tree, and what it may become.

What only gives names to values (the left of `:=`, what stands between `some` and `in`, arguments) stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from policyctl.mutating import bodies, terms
from policyctl.mutating.mutant import Change, Mutant, named
from policyctl.mutating.source import Node, Source, is_written, name_of, rules_of


def mutants_of(tree: Node, text: str) -> list[Mutant]:
    """Every mutant of a file, in the order of the text. `tree` is OPA's, with locations."""
    source = Source(text)
    found: dict[tuple[int, int, str], Mutant] = {}
    for clause, rule in enumerate(rules_of(tree)):
        for change in _of_rule(source, rule):
            if text[change.start : change.end] != change.text:
                mutant = named(change, text, clause, name_of(rule))
                found.setdefault((change.start, change.end, change.text), mutant)
    return sorted(found.values(), key=lambda mutant: (mutant.start, mutant.end, mutant.text))


def _of_rule(source: Source, rule: Node) -> Iterator[Change]:
    if place := source.span(rule["head"] if rule.get("default") else rule):
        start = source.span(rule)
        yield Change("rule dropped", start[0] if start else place[0], place[1], "")
    branch: Node | None = rule
    while branch is not None:
        yield from _of_branch(source, branch)
        branch = branch.get("else")
    yield from _branches(source, rule)


def _of_branch(source: Source, branch: Node) -> Iterator[Change]:
    head = branch["head"]
    constants = [argument for argument in head.get("args", []) if argument["type"] in terms.CONSTANTS]
    for part in (*constants, head.get("key"), head.get("value")):
        yield from _below(source, part)
    if not branch.get("default") and is_written(source, branch):
        yield from _of_body(source, branch["body"])


def _branches(source: Source, rule: Node) -> Iterator[Change]:
    """The first branch of a ladder never holds; each later one is gone."""
    body, branch = rule["body"], rule.get("else")
    if branch and is_written(source, rule) and (place := source.from_to(body[0], body[-1])):
        yield Change("branch dropped", *place, "false")
    while branch is not None:
        following = branch.get("else")
        whole, end = source.span(branch), source.span(following) if following else None
        if whole:
            yield Change("branch dropped", whole[0], end[0] if end else whole[1], "")
        branch = following


def _of_body(source: Source, body: list[Node]) -> Iterator[Change]:
    for index, expression in enumerate(body):
        yield from bodies.changes(source, body, index)
        told = expression.get("terms")
        if isinstance(told, list):
            yield from terms.swapped(source, told[0])
            parts: list[Any] = told[2:] if bodies.binds(told) else told[1:]
        else:
            parts = [told]
        for part in (*parts, *(given["value"] for given in expression.get("with", []))):
            yield from _below(source, part)


def _below(source: Source, node: Any) -> Iterator[Change]:
    """The changes of a term and of everything in it."""
    if isinstance(node, list):
        for item in node:
            yield from _below(source, item)
        return
    if not isinstance(node, dict):
        return
    yield from terms.changes(source, node)
    value = node.get("value")
    if node.get("type") == "ref" and isinstance(value, list):
        # Names of fields stay: what is read is for the schema to check.
        yield from _below(source, [part for part in value if part["type"] != "string"])
    elif node.get("type") == "call" and isinstance(value, list):
        yield from terms.swapped(source, value[0])
        yield from _below(source, value[1:])
    else:
        for key, child in node.items():
            if key == "body":
                yield from _of_body(source, child)
            elif key == "symbols":
                yield from _below(source, [symbol["value"][-1] for symbol in child if symbol.get("type") == "call"])
            elif key != "location":
                yield from _below(source, child)
