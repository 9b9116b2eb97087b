"""`control lint`: where catalog, mappings, profiles and rules disagree, or a rule is written so that it can pass in silence."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from policyctl import library
from policyctl.bundles.parts import needs
from policyctl.bundles.purity import impure
from policyctl.bundles.reads import reads
from policyctl.bundles.syntax import Module, located_tree, modules_of, parse
from policyctl.bundles.traps import traps
from policyctl.catalog.coverage import undecided
from policyctl.catalog.reading import read_catalog
from policyctl.model.catalog import Catalog, Control
from policyctl.model.errors import ContentError
from policyctl.mutating.equivalents import problems
from policyctl.workbench.checked import checked_by_opa
from policyctl.workbench.owing import owed
from policyctl.workbench.own_profiles import misprofiled

_CONTROLS = ("data", "policyctl", "controls")
_EXPORTS = {"resources", "findings", "undetermined"}
_NOT_SHIPPED = ("policyctl/testing/",)
_TEST = re.compile(r"^test_", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Linted:
    """Every disagreement, one sentence each, with the file; and an organisation's own controls that serve no clause, by id."""

    problems: list[str]
    unmapped: list[str] = field(default_factory=list)


def lint(roots: Sequence[Path], opa: str, profiles: Sequence[Path] = ()) -> Linted:
    """Looks at these content folders together, and at an organisation's `profiles`. The first folder is ours: each of its controls
    serves a clause.
    """
    texts = {path.relative_to(root / "rego").as_posix(): path.read_text() for root in roots for path in _rego(root)}
    rules = {name: text for name, text in texts.items() if not name.endswith("_test.rego")}
    shipped = {name: text for name, text in rules.items() if not name.startswith(_NOT_SHIPPED)}
    with ThreadPoolExecutor(1) as beside:
        checked = beside.submit(checked_by_opa, opa, shipped)  # takes as long as all the rest
        try:
            linted = _linted(roots, opa, texts, rules, profiles)
        except ContentError as error:
            return Linted([error.message])
        return Linted([*linted.problems, *checked.result()], linted.unmapped)


def _linted(
    roots: Sequence[Path], opa: str, texts: dict[str, str], rules: dict[str, str], profiles: Sequence[Path]
) -> Linted:
    """All but what OPA's own check says."""
    trees = parse(opa, rules)
    modules = modules_of(trees)
    added = {path.relative_to(root / "rego").as_posix() for root in roots[1:] for path in _rego(root)}
    library.require_own_packages(modules, added & set(modules))
    catalog = read_catalog("lint", roots, reads(modules), needs(modules))
    mapped = {id for edges in catalog["edges"].values() for id in edges}
    unmapped = sorted(set(catalog["controls"]) - mapped)
    ours = {id for id, control in catalog["controls"].items() if _entry(roots[0], control).is_file()}
    found = [
        *_logic(catalog, modules, texts),
        *(f"{id}: no clause is mapped to it" for id in unmapped if id in ours),
        *undecided(roots, catalog["edges"]),
        *_parameters(catalog, modules),
        *_attested(catalog),
        *owed(catalog, modules, roots),
        *misprofiled(profiles, catalog),
        *(f"rego/{wrong}" for wrong in impure({n: m for n, m in modules.items() if not n.startswith(_NOT_SHIPPED)})),
        *_equivalents(catalog, roots, opa),
        *(
            f"{place}: a call inside `not` takes a reference: bind it first, or ask a total function"
            for place in _trapped(trees, rules, opa)
        ),
    ]
    return Linted(found, [id for id in unmapped if id not in ours])


def _entry(root: Path, control: Control) -> Path:
    return root / "controls_catalog" / control["family"] / f"{control['name']}.yaml"


def _rego(root: Path) -> list[Path]:
    return sorted((root / "rego").rglob("*.rego"))


def _logic(catalog: Catalog, modules: dict[str, Module], texts: dict[str, str]) -> Iterator[str]:
    """Each entry has its package, and the other way round; it exports what the contract names; it has tests."""
    packages = {m.package[3:]: m for m in modules.values() if m.package[:3] == _CONTROLS}
    entries = {(c["family"], c["name"]): id for id, c in catalog["controls"].items()}
    for (family, name), id in entries.items():
        module = packages.get((family, name))
        if module is None:
            yield f"{id}: no logic: rego/policyctl/controls/{family}/{name}/{name}.rego is missing"
            continue
        if missing := {"resources", "findings"} - set(module.rules):
            yield f"{id}: does not export {', '.join(sorted(missing))}"
        if more := sorted(rule for rule in module.rules if rule not in _EXPORTS and not rule.startswith("_")):
            yield f"{id}: exports {', '.join(more)}: names of one's own begin with _"
        tests = f"policyctl/controls/{family}/{name}/{name}_test.rego"
        if tests not in texts:
            yield f"{id}: no tests: rego/{tests} is missing"
        elif not _TEST.search(texts[tests]):
            yield f"{id}: no tests: no rule in rego/{tests} begins with test_"
    for package in packages:
        if package not in entries:
            yield f"rego: package {'.'.join(package)} has no entry controls_catalog/{'/'.join(package)}.yaml"


def _parameters(catalog: Catalog, modules: dict[str, Module]) -> Iterator[str]:
    """Each declared parameter is read by its control, and each that is read is declared."""
    for id, control in catalog["controls"].items():
        package = (*_CONTROLS, control["family"], control["name"])
        prefix = ("input", "profile", "parameters", control["family"], control["name"])
        rules = {name: rule for m in modules.values() if m.package == package for name, rule in m.rules.items()}
        # A rule that stands for the whole set of parameters (`_parameters := input.profile…`) is followed.
        beginnings = [prefix, *((*package, name) for name, rule in rules.items() if prefix in rule.refs)]
        refs = {ref for rule in rules.values() for ref in rule.refs}
        read = {ref[len(b)] for b in beginnings for ref in refs if ref[: len(b)] == b and len(ref) > len(b)}
        for name in sorted(set(control["parameters"]) - read):
            yield f"{id}: parameter {name} is not read"
        for name in sorted(read - set(control["parameters"])):
            yield f"{id}: parameter {name} is read and not declared"


def _attested(catalog: Catalog) -> Iterator[str]:
    """An attested control reads what is attested for it, and nobody reads it for one that is not attested."""
    attested = {("attested", c["family"], c["name"]) for c in catalog["controls"].values() if "statement" in c}
    for id, control in catalog["controls"].items():
        read = {tuple(path[:3]) for path in catalog["reads"][id] if path[0] == "attested" and len(path) > 1}
        own = ("attested", control["family"], control["name"])
        if own in attested and own not in read:
            yield f"{id}: has a statement, and its rules do not read input.{'.'.join(own)}"
        for path in sorted(read - attested):
            yield f"{id}: reads input.{'.'.join(path)}, for which no control with a statement is there"


def _equivalents(catalog: Catalog, roots: Sequence[Path], opa: str) -> Iterator[str]:
    """What lists of equivalent mutants name, and is not there."""
    for id, control in catalog["controls"].items():
        for root in roots:
            folder = root / "rego/policyctl/controls" / control["family"] / control["name"]
            yield from (f"{id}: {problem}" for problem in problems(opa, folder / f"{control['name']}.rego", id))


def _trapped(trees: dict[str, object], texts: dict[str, str], opa: str) -> Iterator[str]:
    """File and line of each call inside `not` that takes a reference."""
    for name, tree in trees.items():
        if not name.startswith(_NOT_SHIPPED) and list(traps(tree)):
            with tempfile.NamedTemporaryFile("w", suffix=".rego") as file:
                file.write(texts[name])
                file.flush()
                try:
                    located = located_tree(opa, file.name)
                except ContentError:  # opa check, below, says where and why
                    continue
                for row in sorted(set(traps(located))):
                    yield f"rego/{name}:{row}"


def lint_own(content: Sequence[Path], opa: str, profiles: Sequence[Path] = ()) -> Linted:
    """`lint` of our content and an organisation's beside it. Raises ContentError where a folder of theirs is not there."""
    return lint(library.roots(content), opa, profiles)
