"""Which facts each control reads, through the lib rules it uses: what a gap hides, and what OPA needs to be sent."""

from __future__ import annotations

import re
from collections.abc import Mapping

from policyctl.bundles.syntax import Module, Ref, Rule

RESOURCE_TYPE = re.compile(r"\b(aws|awscc|azurerm|azapi|google|kubernetes|helm|databricks)_[a-z0-9_]+\b")
"""A Terraform type that rules ask for by name."""
_RESOURCES = ("facts", "resources")
_CONTROLS = ("data", "policyctl", "controls")


def reads(modules: Mapping[str, Module]) -> dict[str, list[list[str]]]:
    """By "family/name", the fact paths that the control may read, sorted; each begins with facts, attested or system.

    A resource type is a path of its own ("facts", "resources", "aws_s3_bucket"): types are recognised by their literals, because
    rules ask for them by name.
    """
    rules = {(*module.package, name): rule for module in modules.values() for name, rule in module.rules.items()}
    found: dict[str, list[list[str]]] = {}
    for module in modules.values():
        if module.package[:3] == _CONTROLS and len(module.package) == 5:
            own: set[Ref] = {(*module.package, name) for name in module.rules}
            found["/".join(module.package[3:])] = sorted(map(list, _paths(_closure(own, rules))))
    return found


def _closure(start: set[Ref], rules: Mapping[Ref, Rule]) -> list[Rule]:
    """The rules reached from some rules."""
    waiting, seen = list(start), set(start)
    while waiting:
        for ref in rules[waiting.pop()].refs:
            target = next((ref[:n] for n in range(len(ref), 0, -1) if ref[:n] in rules), None)
            if target is not None and target not in seen:
                seen.add(target)
                waiting.append(target)
    return [rules[name] for name in seen]


def _paths(rules: list[Rule]) -> set[Ref]:
    paths = {
        ref[1:]
        for rule in rules
        for ref in rule.refs
        if ref[0] == "input" and ref[1:2] and ref[1] in {"facts", "attested", "system"}
    }
    types = {text for rule in rules for text in rule.texts if RESOURCE_TYPE.fullmatch(text)}
    if _RESOURCES in paths and types:
        paths.discard(_RESOURCES)
        paths |= {(*_RESOURCES, type) for type in types}
    return paths
