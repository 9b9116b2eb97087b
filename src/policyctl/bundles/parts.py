"""The part of a bundle that some controls need: for one manifest OPA compiles a fifth of the rules, and is ready that much sooner."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from policyctl.bundles.build import CATALOG, MANIFEST, Bundle, pack

if TYPE_CHECKING:
    from policyctl.bundles.syntax import Module, Ref

_CONTROLS: Ref = ("data", "policyctl", "controls")
_MAIN: Ref = ("data", "policyctl", "main")


def needs(modules: Mapping[str, Module]) -> dict[str, list[str]]:
    """By "family/name", the rule files that asking this one control may reach, sorted: its own, those that it refers to, main."""
    main = _closure((name for name, module in modules.items() if module.package == _MAIN), modules)
    found: dict[str, set[str]] = {}
    for name, module in modules.items():
        if module.package[:3] == _CONTROLS and len(module.package) == 5:
            found.setdefault("/".join(module.package[3:]), set(main)).update(_closure([name], modules))
    return {control: sorted(files) for control, files in found.items()}


def _closure(start: Iterable[str], modules: Mapping[str, Module]) -> set[str]:
    """The files reached from some files. A reference to all controls is main's choice of one, which the caller has made."""
    waiting = list(start)
    reached = set(waiting)
    while waiting:
        refs = {ref for rule in modules[waiting.pop()].rules.values() for ref in rule.refs if ref != _CONTROLS}
        more = {name for name, module in modules.items() if any(_overlap(ref, module.package) for ref in refs)}
        waiting += more - reached
        reached |= more
    return reached


def _overlap(ref: Ref, package: Ref) -> bool:
    return ref[0] == "data" and (ref[: len(package)] == package or package[: len(ref)] == ref)


def part(bundle: Bundle, controls: Collection[str]) -> bytes:
    """The archive with the rules for these controls only, under the bundle's revision: their answers do not depend on the others.

    Whoever asks it about another control is told that this one was not evaluated, which no engine takes for an answer.
    """
    kept = {MANIFEST, CATALOG}.union(*(bundle.catalog["rules"][id] for id in controls))
    return pack({name: text for name, text in bundle.files.items() if name in kept}, level=1)
