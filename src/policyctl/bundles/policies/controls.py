"""The controls that rules written for Conftest become: one for each id, with the Rego that asks the rules."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from policyctl.bundles.policies.rules import EXCEPTION, Rule
from policyctl.model.catalog import Control
from policyctl.model.decision import SEVERITIES, Enforcement, Severity

_WORDS = re.compile(r"[^A-Za-z0-9_.-]+")
_LONGEST = 40
"""Characters of a name that becomes a path in the archive."""

_FACTS = (
    "with input as input.facts.document with data.conftest.file as input.facts.file with time.now_ns as policies.now"
)
"""What the policies see: the parsed file as `input`, its name as Conftest gives it, the document's time."""


@dataclass(frozen=True, slots=True)
class Part:
    """A rule as one control asks it: only its messages with one id, or all but those that other controls take."""

    rule: Rule
    only: str = ""
    but: frozenset[str] = frozenset()


@dataclass(slots=True)
class Made:
    """A control in the making: its entry for people, what it does where it finds something, and the rules that it asks.

    `excepted`: it tells of the rules that an exception keeps from counting, instead of asking them.
    """

    control: Control
    enforcement: Enforcement
    parts: list[Part] = field(default_factory=list)
    excepted: bool = False


def controls_of(rules: Sequence[Rule], with_exceptions: Sequence[str]) -> dict[str, Made]:
    """The controls, by id. `with_exceptions` are the namespaces that grant exceptions: each has one control more, which tells of them.

    A rule's id is that of its METADATA where all its clauses have the same, else "namespace.rule"; messages with an id that is written
    in the rule go to the control of that id. Rules of one id are one control; where some deny and some warn, one of each.
    """
    made: dict[str, Made] = {}
    for rule in rules:
        own = _own_id(rule)
        ids = frozenset().union(*(clause.ids for clause in rule.clauses)) - {own}
        for id in sorted(ids):
            _add(made, id, Part(rule, only=id))
        _add(made, own, Part(rule, but=ids))
    for namespace in with_exceptions:
        control = _entry(
            f"{namespace}.{EXCEPTION}", namespace, EXCEPTION, f"Exceptions of namespace {namespace}", "low"
        )
        asked = [Part(rule) for rule in rules if rule.namespace == namespace]
        made[control["id"]] = Made(control, "audit", asked, excepted=True)
    _name_apart(made)
    return made


def rego(made: Made) -> str:
    """The package of one control: `resources`, `findings` and `undetermined` from the rules that it asks."""
    control = made.control
    lines = [
        f"package policyctl.controls[{json.dumps(control['family'])}][{json.dumps(control['name'])}]",
        "",
        "import data.policyctl.policies",
        "",
        *(["resources := set()", ""] if made.excepted else []),
    ]
    for index, part in enumerate(made.parts):
        lines += _values(index, part.rule)
        lines += _excepted(index, part.rule) if made.excepted else _asked(index, part)
    return "\n".join(lines)


def _own_id(rule: Rule) -> str:
    whole = next((clause.id for clause in rule.clauses if clause.whole), "")
    ids = {clause.id for clause in rule.clauses}
    return whole or (ids.pop() if len(ids) == 1 else "") or f"{rule.namespace}.{rule.name}"


def _add(made: dict[str, Made], id: str, part: Part) -> None:
    enforcement: Enforcement = "deny" if part.rule.denies else "warn"
    known = made.get(id)
    if known is not None and known.enforcement != enforcement:
        id = f"{id}:{enforcement}"
        known = made.get(id)
    if known is None:
        made[id] = known = Made(_told(id, part), enforcement)
    known.parts.append(part)


def _told(id: str, part: Part) -> Control:
    """What people read of a control: the METADATA of the clause that the id is of."""
    rule = part.rule
    clause = next((c for c in rule.clauses if id in (c.id, *c.ids)), rule.clauses[0])
    mine = clause.metadata if len(rule.clauses) == 1 or clause.whole or clause.id == id else {}
    custom = mine.get("custom") if isinstance(mine.get("custom"), dict) else {}
    title = _line(mine.get("title")) or f"{rule.name} of namespace {rule.namespace}"
    control = _entry(id, rule.namespace, rule.name, title, _severity(custom or {}, rule))
    control["objective"] = _line(mine.get("description")) or title
    control["rationale"] = f"The policies ask for it: {rule.name} in {clause.place}."
    if remediation := _text((custom or {}).get("remediation")):
        control["remediation"] = remediation
    else:
        control["remediation"] = f"Do what the message says; the rule stands in {clause.place}."
    control["source"] = clause.place
    return control


def _severity(custom: Mapping[str, Any], rule: Rule) -> Severity:
    said = str(custom.get("severity", "")).lower()
    usual: Severity = "high" if rule.denies else "medium"
    return next((severity for severity in SEVERITIES if severity == said), usual)


def _line(text: Any) -> str:
    return " ".join(_text(text).split())


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _entry(id: str, family: str, name: str, title: str, severity: Severity) -> Control:
    return {
        "id": id,
        "family": family,
        "name": name,
        "title": title,
        "objective": title,
        "rationale": "The policies themselves say where a rule of theirs does not count.",
        "severity": severity,
        "kinds": ["configuration"],
        "parameters": {},
        "remediation": "Take the exception out of the policies where it is no longer needed.",
        "evidence": "",
    }


def _name_apart(made: Mapping[str, Made]) -> None:
    """Family and name join a control with its package: no two may share both, nor be a path that leads elsewhere."""
    taken: set[tuple[str, str]] = set()
    for id, one in made.items():
        family = _WORDS.sub("_", one.control["family"])
        own = id.rpartition(".")[2] == one.control["name"]
        plain = _WORDS.sub("_", one.control["name"] if own else id).strip(".")[:_LONGEST] or "rule"
        name, number = plain, 1
        while (family, name) in taken:
            number += 1
            name = f"{plain}_{number}"
        taken.add((family, name))
        one.control["family"], one.control["name"] = family, name


def _values(index: int, rule: Rule) -> list[str]:
    namespace = "".join(f"[{json.dumps(word)}]" for word in rule.namespace.split("."))
    return [
        f"_value_{index} := value if {{",
        f"\tvalue := data{namespace}.{rule.name} {_FACTS}",
        "}",
        "",
        f"_excepted_{index} if {{",
        f"\tdata{namespace}.{EXCEPTION}[_][_] == {json.dumps(rule.suffix)} {_FACTS}",
        "}",
        "",
    ]


def _asked(index: int, part: Part) -> list[str]:
    chosen = []
    if part.only:
        chosen = [f"\tpolicies.id(message) == {json.dumps(part.only)}"]
    elif part.but:
        chosen = [f"\tnot policies.id(message) in {{{', '.join(map(json.dumps, sorted(part.but)))}}}"]
    return [
        f"resources contains input.subject.id if not _excepted_{index}",
        "",
        "findings contains finding if {",
        f"\tnot _excepted_{index}",
        f"\tsome message in policies.messages(_value_{index})",
        *chosen,
        f"\tfinding := policies.finding({json.dumps(part.rule.name)}, message)",
        "}",
        "",
        "undetermined contains flaw if {",
        f"\tnot _excepted_{index}",
        f"\tsome flaw in policies.flaws({json.dumps(part.rule.name)}, _value_{index})",
        "}",
        "",
    ]


def _excepted(index: int, rule: Rule) -> list[str]:
    return [
        "findings contains finding if {",
        f"\t_excepted_{index}",
        f"\tsome finding in policies.excepted({json.dumps(rule.name)}, _value_{index})",
        "}",
        "",
    ]
