"""What Rego modules refer to, from OPA's own parse tree: the facts that a control reads, the parameters, the calls inside `not`."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from policyctl.model.errors import ContentError, EngineError
from policyctl.model.opa import MEMORY

Ref = tuple[str, ...]
"""A reference's constant beginning: "input.facts.resources[type]" is ("input", "facts", "resources")."""

_QUERY = "{name: rego.parse_module(name, text) | some name, text in input}"
_FEW = 40
"""So many files are parsed before a second OPA would have started."""
_WRONG = re.compile(r"rego\.parse_module: (.*?)(?:\n\nTraceback:|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule (all its clauses): what it refers to, absolute where imports tell, and the texts it holds."""

    refs: frozenset[Ref]
    texts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Module:
    """One Rego file: its package and its rules by name."""

    package: Ref
    rules: Mapping[str, Rule] = field(default_factory=dict)


def parse(opa: str, sources: Mapping[str, str]) -> dict[str, Any]:
    """OPA's parse tree of each source, by name. Raises ContentError where one does not parse, EngineError where OPA fails."""
    processes = 2 if len(sources) > _FEW else 1
    parts = [dict(list(sources.items())[first::processes]) for first in range(processes)]
    with ThreadPoolExecutor(processes) as threads:
        trees = [tree for part in threads.map(lambda part: _parsed(opa, part), parts) for tree in part.items()]
    return dict(sorted(trees))


def _parsed(opa: str, sources: Mapping[str, str]) -> dict[str, Any]:
    command = [opa, "eval", "--strict-builtin-errors", "--format", "raw", "--stdin-input", _QUERY]
    try:
        run = subprocess.run(
            command,
            input=json.dumps(sources),
            env={**os.environ, **MEMORY},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EngineError(f"{opa} could not parse the rules: {error}", hint="see policyctl engine status") from error
    try:
        return dict(json.loads(run.stdout))
    except (TypeError, ValueError) as error:
        wrong = _WRONG.search(run.stderr)
        said = " ".join((wrong[1] if wrong else run.stderr).split())
        raise ContentError(f"the rules do not parse: {said}", hint="run opa check rego") from error


def located_tree(opa: str, file: str) -> Any:
    """OPA's parse tree of one file, with locations, which `parse` leaves out. Raises ContentError where the file does not parse: it may
    be an annotation, which `parse` does not read.
    """
    command = [opa, "parse", "--format", "json", "--json-include", "locations,-comments", file]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    if run.returncode:
        raise ContentError(f"the rules do not parse: {_message(run.stderr or run.stdout)}", hint="run opa check rego")
    return json.loads(run.stdout)


def _message(output: str) -> str:
    """What OPA says is wrong."""
    try:
        return "; ".join(" ".join(error["message"].split()) for error in json.loads(output)["errors"])
    except (ValueError, KeyError):
        return output


def modules_of(trees: Mapping[str, Any]) -> dict[str, Module]:
    """Every parse tree as a module, by name."""
    return {name: _module(tree) for name, tree in trees.items()}


def _module(tree: dict[str, Any]) -> Module:
    package = tuple(str(term["value"]) for term in tree["package"]["path"])
    aliases: dict[str, Ref] = {}
    for imported in tree.get("imports", []):
        path = tuple(str(term["value"]) for term in imported["path"]["value"])
        aliases[imported.get("alias", path[-1])] = path
    rules: dict[str, Rule] = {}
    for rule in tree.get("rules", []):
        while rule is not None:
            name = rule["head"].get("name") or str(rule["head"]["ref"][0]["value"])
            refs = frozenset(_absolute(ref, aliases, package) for ref in references(rule))
            texts = frozenset(strings(rule))
            before = rules.get(name, Rule(frozenset(), frozenset()))
            rules[name] = Rule(before.refs | refs, before.texts | texts)
            rule = rule.get("else")
    return Module(package, rules)


def _absolute(ref: Ref, aliases: Mapping[str, Ref], package: Ref) -> Ref:
    """A reference with imports resolved; a bare name is taken as a rule of the same package, which does no harm if it is a local."""
    if ref[0] in aliases:
        return (*aliases[ref[0]], *ref[1:])
    return ref if ref[0] in {"input", "data"} else (*package, *ref)


def references(node: Any) -> Iterator[Ref]:
    """Every reference and variable below a node of the tree, with its constant beginning."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            value = one.get("value")
            if one.get("type") == "ref" and isinstance(value, list):
                # The head may be a call, as in f(x).y: then it is what stands inside that counts.
                if value[0]["type"] == "var":
                    yield _constant(value)
                else:
                    waiting.append(value[0])
                waiting += value[1:]
            elif one.get("type") == "var":
                yield (str(value),)
            else:
                waiting += one.values()


def _constant(terms: list[dict[str, Any]]) -> Ref:
    names = [str(terms[0]["value"])]
    for term in terms[1:]:
        if term["type"] != "string":
            break
        names.append(term["value"])
    return tuple(names)


def strings(node: Any) -> Iterator[str]:
    """Every string literal below a node, names inside references included."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            if one.get("type") == "string":
                yield str(one["value"])
            waiting += one.values()
