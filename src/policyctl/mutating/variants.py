"""All mutants of a file in one module: a document, `data.mutated`, says which of them counts.

So OPA compiles once what would else be compiled for each mutant. Every clause is renamed, and so is what each mutant makes of it; a
clause of the old name asks the one that `data.mutated` names, by the clause's number: 0 is the clause as it was written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from policyctl.model.errors import ContentError
from policyctl.mutating.mutant import Mutant
from policyctl.mutating.source import Node, Source, name_of, rules_of

SWITCH = "mutated"
"""Where in OPA's data it is told."""


@dataclass(frozen=True, slots=True)
class Variants:
    """The module's text, how many clauses it has, and for each row of it (from 1) the number of the mutant that it belongs to, or 0."""

    text: str
    clauses: int
    rows: tuple[int, ...]


def variants(tree: Node, text: str, mutants: Mapping[int, Mutant]) -> Variants:
    """The module that holds the rules of a file and these mutants, by number (from 1).

    Raises ContentError for a rule whose name is a path.
    """
    source = Source(text)
    lines = [(line, 0) for line in _header(tree, text)]
    with_default = {name_of(rule) for rule in rules_of(tree) if rule.get("default")}
    others = {name_of(rule) for rule in rules_of(tree) if not rule.get("default")}
    for clause, rule in enumerate(rules_of(tree)):
        own = {number: mutant for number, mutant in mutants.items() if mutant.clause == clause}
        if rule.get("default"):
            lines += _default(source, rule, clause, own, has_clauses=name_of(rule) in others)
        else:
            lines += _clause(source, rule, clause, own, _told(name_of(rule)) if name_of(rule) in with_default else "")
    return Variants("\n".join(line for line, _ in lines) + "\n", len(rules_of(tree)), tuple(row for _, row in lines))


def _header(tree: Node, text: str) -> list[str]:
    """Package and imports, without what is commented after them."""
    nodes = [*tree["package"]["path"], *(imported["path"] for imported in tree.get("imports", []))]
    return text.split("\n")[: max(node["location"]["row"] for node in nodes)]


def _clause(source: Source, rule: Node, clause: int, mutants: Mapping[int, Mutant], name: str) -> list[tuple[str, int]]:
    """A clause and its mutants under names of their own, and what asks them under the clause's name, or another `name`."""
    head, lines = rule["head"], []
    start, end = _place(source, rule)
    old = source.written(head["ref"][0])
    for number, mutant in {0: None, **mutants}.items():
        written = source.text[start:end]
        if mutant:
            written = _changed(source.text, mutant, start, end)
        if written.strip():
            new = f"{old}__{clause}_{number}"
            body = new + written.removeprefix(old)
            lines += [(line, number) for line in (*body.split("\n"), _asks(rule, name or old, new, clause, number), "")]
    return lines


def _asks(rule: Node, name: str, new: str, clause: int, number: int) -> str:
    head, chosen = rule["head"], _chosen(clause, number)
    path = head["ref"][1:]
    if "args" in head:
        arguments = _arguments(head["args"])
        return f"{name}{arguments} := {new}{arguments} if {chosen}"
    if "key" in head and "value" not in head and not path:
        return f"{name} contains member if {{ {chosen}; some member in {new} }}"
    if "key" in head and len(path) == 1:
        return f"{name}[key] := value if {{ {chosen}; some key, value in {new} }}"
    if not path:
        return f"{name} := {new} if {chosen}"
    raise ContentError(
        f"line {rule['location']['row']}: the name of rule {name} is a path, of which no mutants can be made",
        hint="give the rule a plain name",
    )


def _default(
    source: Source, rule: Node, clause: int, mutants: Mapping[int, Mutant], *, has_clauses: bool
) -> list[tuple[str, int]]:
    """A default as the last branch of a ladder, because `default` itself takes no condition."""
    head = rule["head"]
    name, arguments = name_of(rule), _arguments(head["args"]) if "args" in head else ""
    start, end = _place(source, head["value"])
    lines = [(f"found if {{ found := {_told(name)}{arguments} }}", 0)] if has_clauses else []
    for number, mutant in {0: None, **mutants}.items():
        written = source.text[start:end]
        if mutant:
            written = "" if mutant.end - mutant.start > end - start else _changed(source.text, mutant, start, end)
        if written:
            lines.append((f"{written} if {_chosen(clause, number)}", number))
    begins = [f"{name}{arguments} := ", *("else := " for _ in lines[1:])]
    return [(begin + line, number) for begin, (line, number) in zip(begins, lines, strict=True)]


def _changed(text: str, mutant: Mutant, start: int, end: int) -> str:
    return text[start : mutant.start] + mutant.text + text[mutant.end : end]


def _told(name: str) -> str:
    return f"{name}__told"


def _arguments(args: Sequence[Node]) -> str:
    return f"({', '.join(f'argument_{index}' for index, _ in enumerate(args))})"


def _chosen(clause: int, number: int) -> str:
    return f'data.{SWITCH}["{clause}"] == {number}'


def _place(source: Source, node: Node) -> tuple[int, int]:
    place = source.span(node)
    if place is None:
        raise ContentError("OPA's parse tree does not tell where a rule stands", hint="run opa check on the file")
    return place
