"""The controls that selectors name, each with the files that it and its tests need."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from policyctl.bundles.parts import closure
from policyctl.bundles.syntax import Module, modules_of, parse
from policyctl.catalog.reading import read_controls
from policyctl.model.catalog import Control
from policyctl.model.errors import ContentError
from policyctl.workbench.selecting import selected_of

_CONTROLS = "policyctl/controls"
_PACKAGE = re.compile(r"^package ([\w.]+)\s*$", re.MULTILINE)
"""Where no line is of this form, the file is parsed to know its package."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A control to judge: its rule file, its test files, the other files that these need, and its tests by package ("a/b/c_test")."""

    id: str
    rules: Path
    tests: tuple[Path, ...]
    beside: tuple[Path, ...]
    test_rules: tuple[tuple[str, str], ...]

    @property
    def sha256(self) -> str:
        """Digest of all that a score rests on: rules, tests and what both need."""
        digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in (self.rules, *self.tests, *self.beside)]
        return hashlib.sha256("\n".join(digests).encode()).hexdigest()


def subjects(roots: Sequence[Path], selectors: Sequence[str], opa: str) -> list[Subject]:
    """What to judge in these content folders; everything, where no selector is given.

    Raises UsageError where a selector names nothing, ContentError for a control without rules or tests, and for rules that do not
    parse.
    """
    chosen = selected_of(read_controls(roots), selectors)
    files = {path.relative_to(root / "rego").as_posix(): path for root in roots for path in _rego(root)}
    own = {control["id"]: _own(control, files) for control in chosen}
    modules = _reached({name for rules, tests in own.values() for name in (rules, *tests)}, files, opa)
    return [_subject(id, *own[id], files, modules) for id in own]


def _reached(start: set[str], files: Mapping[str, Path], opa: str) -> dict[str, Module]:
    """These files and what they refer to, without other controls: of the library a control needs few files, and to parse all takes long."""
    shared = (name for name in files if not name.startswith(f"{_CONTROLS}/") and not name.endswith("_test.rego"))
    headers = {name: _PACKAGE.search(files[name].read_text()) for name in shared}
    known = {name: Module(("data", *found[1].split("."))) for name, found in headers.items() if found}
    modules: dict[str, Module] = {}
    wanted = start | (headers.keys() - known)
    while wanted:
        modules |= modules_of(parse(opa, {name: files[name].read_text() for name in sorted(wanted)}))
        wanted = closure(start, known | modules) - modules.keys()
    return modules


def _rego(root: Path) -> list[Path]:
    return sorted((root / "rego").rglob("*.rego"))


def _own(control: Control, files: Mapping[str, Path]) -> tuple[str, tuple[str, ...]]:
    folder = f"{_CONTROLS}/{control['family']}/{control['name']}"
    rules = f"{folder}/{control['name']}.rego"
    tests = tuple(name for name in files if name.startswith(f"{folder}/") and name.endswith("_test.rego"))
    if rules not in files or not tests:
        missing = "rules" if rules not in files else "tests"
        raise ContentError(f"{control['id']}: no {missing} in rego/{folder}", hint="see policyctl control lint")
    return rules, tests


def _subject(
    id: str, rules: str, tests: tuple[str, ...], files: Mapping[str, Path], modules: Mapping[str, Module]
) -> Subject:
    near = {name: module for name, module in modules.items() if name in (rules, *tests) or _CONTROLS not in name}
    reached = closure([rules, *tests], near)
    named = sorted(
        {
            ("/".join(modules[file].package[1:]), rule)
            for file in tests
            for rule in modules[file].rules
            if rule.startswith("test_")
        }
    )
    return Subject(
        id,
        files[rules],
        tuple(files[name] for name in tests),
        tuple(files[name] for name in sorted(reached - {rules, *tests})),
        tuple(named),
    )
