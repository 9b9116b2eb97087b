"""The part of a bundle that some controls need: for one manifest OPA compiles a fifth of the rules, and is ready that much sooner."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from policyctl.bundles.archive import pack
from policyctl.bundles.build import CATALOG, MANIFEST, SCHEMAS, SIGNATURES, Bundle

if TYPE_CHECKING:
    from policyctl.bundles.syntax import Module, Ref
    from policyctl.model.catalog import Catalog

_CONTROLS: Ref = ("data", "policyctl", "controls")
_READERS = frozenset(f"policyctl/{name}/{name}.rego" for name in ("main", "law", "shapes", "waivers"))
_CLASSIFYING = "policyctl/classification/"
_MAIN: Ref = ("data", "policyctl", "main")
_CLASSIFICATION: Ref = ("data", "policyctl", "classification")
CLASSIFICATION = "classification"
"""What the rules that classify systems are needed by; a control has a slash in its name."""


def needs(modules: Mapping[str, Module]) -> dict[str, list[str]]:
    """By "family/name", the rule files that asking this one control may reach, sorted: its own, those that it refers to, main.

    By CLASSIFICATION, those that classifying a system may reach.
    """
    reaching = Reaching(modules)
    main = reaching.closure(name for name, module in modules.items() if module.package == _MAIN)
    found: dict[str, set[str]] = {}
    for name, module in modules.items():
        if module.package[:3] == _CONTROLS and len(module.package) == 5:
            found.setdefault("/".join(module.package[3:]), set(main)).update(reaching.closure([name]))
    found[CLASSIFICATION] = reaching.closure(name for name, m in modules.items() if m.package == _CLASSIFICATION)
    return {asked: sorted(files) for asked, files in found.items()}


def closure(start: Iterable[str], modules: Mapping[str, Module]) -> set[str]:
    """The files reached from some files, these among them."""
    return Reaching(modules).closure(start)


class Reaching:
    """Which files each file refers to, by the packages that its references name or lead into.

    A reference to all controls is main's choice of one, which the caller has made.
    """

    def __init__(self, modules: Mapping[str, Module]) -> None:
        self._modules = modules
        self._below: dict[Ref, set[str]] = {}
        self._at: dict[Ref, set[str]] = {}
        self._next: dict[str, set[str]] = {}
        for name, module in modules.items():
            self._at.setdefault(module.package, set()).add(name)
            for end in range(1, len(module.package) + 1):
                self._below.setdefault(module.package[:end], set()).add(name)

    def closure(self, start: Iterable[str]) -> set[str]:
        """The files reached from some files, these among them."""
        waiting = list(start)
        reached = set(waiting)
        while waiting:
            more = self._of(waiting.pop()) - reached
            waiting += more
            reached |= more
        return reached

    def _of(self, name: str) -> set[str]:
        if name not in self._next:
            refs = {ref for rule in self._modules[name].rules.values() for ref in rule.refs if ref != _CONTROLS}
            self._next[name] = {file for ref in refs if ref[0] == "data" for file in self._named(ref)}
        return self._next[name]

    def _named(self, ref: Ref) -> set[str]:
        """The files of the package in which a reference ends, or through which it goes."""
        through = (self._at.get(ref[:end], ()) for end in range(1, len(ref) + 1))
        return set(self._below.get(ref, ())).union(*through)


def part(bundle: Bundle, controls: Collection[str]) -> bytes:
    """The archive with the rules for these controls only, under the bundle's revision: their answers do not depend on the others.

    Whoever asks it about another control is told that this one was not evaluated, which no engine takes for an answer.
    """
    rules, catalog = rules_and_catalog(bundle, controls)
    told = json.dumps(catalog, separators=(",", ":")).encode()
    return pack({**rules, MANIFEST: bundle.files[MANIFEST], CATALOG: told}, level=1)


def rules_and_catalog(bundle: Bundle, controls: Collection[str]) -> tuple[dict[str, bytes], Mapping[str, Any]]:
    """The rule files, by path in the bundle, that these controls need, and what these files read of the catalog."""
    kept = set().union(*(bundle.catalog["rules"][id] for id in controls))
    files = {name: text for name, text in bundle.files.items() if name in kept}
    classifying = {name for name in files if name.startswith(_CLASSIFYING)}
    if any(b"policyctl.catalog" in text for name, text in files.items() if name not in _READERS | classifying):
        return files, bundle.catalog  # an organisation's rule may read anything of it
    read = read_by_rules(bundle.catalog, frozenset(controls))
    if classifying:
        read["classification"] = bundle.catalog["classification"]
    return files, read


def whole(bundle: Bundle) -> bytes:
    """The archive as an OPA of our own is given it, packed anew from the files that were read: nothing else is loaded than what was
    verified. Without the signature, which OPA takes only together with the key, and the schemas, which it does not read.
    """
    read = (name for name in bundle.files if name != SIGNATURES and not name.startswith(SCHEMAS))
    return pack({name: bundle.files[name] for name in read}, level=1)


def classification_part(bundle: Bundle) -> bytes:
    """The archive with the rules and the questions that classify a system, under the bundle's revision."""
    kept = {MANIFEST, *bundle.catalog["classification"]["rules"]}
    files = {name: text for name, text in bundle.files.items() if name in kept}
    asked = {"classification": bundle.catalog["classification"]}
    return pack({**files, CATALOG: json.dumps(asked, separators=(",", ":")).encode()}, level=1)


def read_by_rules(catalog: Catalog, controls: Collection[str]) -> dict[str, Any]:
    """What main and law read of the catalog, about these controls: without the texts for people, a tenth of it."""
    edges = {
        framework: {id: listed for id, listed in by_control.items() if id in controls}
        for framework, by_control in catalog["edges"].items()
    }
    named = {
        framework: {edge["clause"] for listed in by_control.values() for edge in listed}
        for framework, by_control in edges.items()
    }
    return {
        "index": {
            kind: {id: entry for id, entry in by_id.items() if id in controls}
            for kind, by_id in catalog["index"].items()
        },
        "reads": {id: catalog["reads"][id] for id in controls},
        # Of all controls: a waiver may be about one that is not asked.
        "controls": {id: {"severity": control["severity"]} for id, control in catalog["controls"].items()},
        "facts": catalog["facts"],
        "frameworks": catalog["frameworks"],
        "transition": catalog["transition"],
        "edges": {
            framework: {id: [_without(edge, "because") for edge in listed] for id, listed in by_control.items()}
            for framework, by_control in edges.items()
        },
        "clauses": {
            framework: {clause: _without(catalog["clauses"][framework][clause], "title") for clause in clauses}
            for framework, clauses in named.items()
        },
    }


def _without(told: Mapping[str, Any], text: str) -> dict[str, Any]:
    return {key: value for key, value in told.items() if key != text}
