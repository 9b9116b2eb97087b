"""What may become of one expression of a body."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.mutating.mutant import Change
from policyctl.mutating.source import Node, Source
from policyctl.mutating.terms import COMPARISONS


def changes(source: Source, body: list[Node], index: int) -> Iterator[Change]:
    """The changes of the expression at `index` as a whole."""
    expression = body[index]
    if not (place := source.span(expression)):
        return
    start, end = place
    yield Change("expression dropped", start, end, "true")
    if expression.get("negated"):
        yield Change("negation removed", start, end, source.text[start:end].removeprefix("not").lstrip())
    elif _can_be_negated(expression["terms"]):
        yield Change("negation added", start, start, "not ")
    yield from _every_to_some(source, expression)
    yield from _some_to_every(source, body, index)


def binds(told: list[Node]) -> bool:
    """Whether an expression of an operator and its operands gives a value a name."""
    return str(told[0]["value"][-1]["value"]) in ("assign", "eq")


def _can_be_negated(told: object) -> bool:
    """A comparison is swapped instead; declarations cannot be negated."""
    if isinstance(told, list):
        return not binds(told) and str(told[0]["value"][-1]["value"]) not in COMPARISONS
    return isinstance(told, dict) and "type" in told and told["type"] != "boolean"


def _every_to_some(source: Source, expression: Node) -> Iterator[Change]:
    told, place = expression["terms"], source.span(expression)
    if isinstance(told, dict) and "domain" in told and not expression.get("with"):
        symbols = source.from_to(told.get("key") or told["value"], told["domain"])
        inner = source.from_to(told["body"][0], told["body"][-1])
        if place and symbols and inner:
            text = f"some {source.text[slice(*symbols)]}\n{source.text[slice(*inner)]}"
            yield Change("every to some", *place, text)


def _some_to_every(source: Source, body: list[Node], index: int) -> Iterator[Change]:
    """What follows in the body must hold for each; where the head needs what is found, OPA does not compile it."""
    told = body[index]["terms"]
    if not (isinstance(told, dict) and "symbols" in told) or body[index].get("with"):
        return
    one_call = len(told["symbols"]) == 1 and told["symbols"][0].get("type") == "call"
    if one_call and _takes_plain_names(told["symbols"][0]) and index + 1 < len(body):
        symbols, whole = source.span(told["symbols"][0]), source.from_to(body[index], body[-1])
        rest = source.from_to(body[index + 1], body[-1])
        if symbols and whole and rest:
            text = f"every {source.text[slice(*symbols)]} {{\n{source.text[slice(*rest)]}\n}}"
            yield Change("some to every", *whole, text)


def _takes_plain_names(member: Node) -> bool:
    """Whether what `some` names are variables: `every` takes nothing else, and OPA tells of one such mistake at a time."""
    return all(name["type"] == "var" for name in member["value"][1:-1])
