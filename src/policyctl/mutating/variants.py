"""All mutants of a file in one module: a document, `data.mutated`, says which of them counts.

So OPA compiles once what would else be compiled for each mutant. Every clause of which there are mutants, and what each mutant makes of
it, has one more condition: that `data.mutated` names it, by the clause's number. 0 is the clause as it was written. A ladder of `else`,
in which a condition that does not hold leads to the next branch, has a name of its own instead, and a clause of the old name asks it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from policyctl.model.errors import ContentError
from policyctl.mutating.mutant import Mutant
from policyctl.mutating.source import Node, Source, is_written, name_of, rules_of

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
    """A clause and its mutants, each where it is chosen; under another `name` than the clause's, where one is given."""
    start, end = _place(source, rule)
    if not mutants and not name:
        return [(line, 0) for line in (*source.text[start:end].split("\n"), "")]
    old, lines = source.written(rule["head"]["ref"][0]), []
    if (name or rule.get("else")) and len(rule["head"]["ref"]) > 1:
        raise ContentError(
            f"line {rule['location']['row']}: the name of rule {name_of(rule)} is a path, of which no mutants can be made",
            hint="give the rule a plain name",
        )
    for number, mutant in {0: None, **mutants}.items():
        edits = [(mutant.start, mutant.end, mutant.text)] if mutant else []
        if (start, end, "") in edits:
            continue
        more = []
        if rule.get("else"):
            new = f"{old}__{clause}_{number}"
            edits.append((start, start + len(old), new))
            more = [_asks(rule, name or old, new, _chosen(clause, number))]
        else:
            edits += [(start, start + len(old), name or old), *_condition(source, rule, _chosen(clause, number))]
        written = _edited(source.text, start, end, edits)
        lines += [(line, number) for line in (*written.split("\n"), *more, "")]
    return lines


def _asks(rule: Node, name: str, new: str, chosen: str) -> str:
    arguments = _arguments(rule["head"]["args"]) if "args" in rule["head"] else ""
    return f"{name}{arguments} := {new}{arguments} if {chosen}"


def _condition(source: Source, rule: Node, chosen: str) -> list[tuple[int, int, str]]:
    """The edits that give a clause one more condition, its first, so that OPA's index of rules passes over what is not chosen."""
    _, end = _place(source, rule)
    if not is_written(source, rule):
        return [(end, end, f" if {chosen}")]
    (first, _), (_, last) = _place(source, rule["body"][0]), _place(source, rule["body"][-1])
    if last < end:  # a brace follows
        return [(first, first, f"{chosen}; ")]
    return [(first, first, f"{{ {chosen}; "), (end, end, " }")]


def _default(
    source: Source, rule: Node, clause: int, mutants: Mapping[int, Mutant], *, has_clauses: bool
) -> list[tuple[str, int]]:
    """A default as the last branch of a ladder, because `default` itself takes no condition."""
    head = rule["head"]
    name, arguments = name_of(rule), _arguments(head["args"]) if "args" in head else ""
    start, end = _place(source, head["value"])
    lines = [(f"found if {{ found := {_told(name)}{arguments} }}", 0)] if has_clauses else []
    for number, mutant in {0: None, **mutants}.items():
        edits = [(mutant.start, mutant.end, mutant.text)] if mutant else []
        if not mutant or mutant.end - mutant.start <= end - start:
            written = _edited(source.text, start, end, edits)
            lines.append((f"{written} if {_chosen(clause, number)}", number))
    begins = [f"{name}{arguments} := ", *("else := " for _ in lines[1:])]
    return [(begin + line, number) for begin, (line, number) in zip(begins, lines, strict=True)]


def _edited(text: str, start: int, end: int, edits: Sequence[tuple[int, int, str]]) -> str:
    """A part of a text after edits that do not overlap: from where to where, and what stands there then. Of two that begin at one place,
    what the later says comes first."""
    for at, to, written in sorted(edits, key=lambda edit: edit[0], reverse=True):
        text = text[:at] + written + text[to:]
        end += len(written) - (to - at)
    return text[start:end]


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
