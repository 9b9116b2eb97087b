"""The controls whose tests all pass, told by an OPA that stays up: `opa test` traces every step, which takes four times as long."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policyctl.bundles.syntax import parse
from policyctl.mutating.warm import NotStarted, Warm
from policyctl.workbench.outcome import Tested

_TEST, _SKIPPED = "test_", "todo_test_"
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class _File:
    """One file of tests: its package as OPA writes it, and the first part of each rule's name."""

    path: Path
    text: str
    package: str
    names: tuple[str, ...]
    plain: bool
    """Whether no test is skipped, and no rule has more than one part, as the cases of a table have."""


def passing(opa: str, folders: Sequence[Path], packages: Mapping[str, str]) -> dict[str, list[Tested]]:
    """The tests of each package in which every one is true, by package. `packages` gives the control of each.

    Left out, for `opa test` to tell more: a package with a test that is not true, fails, takes more than a minute, is skipped or has
    cases, and one with a package below it; all of them, where the rules do not compile. Raises ContentError where they do not parse,
    EngineError where OPA is not there.
    """
    files: dict[str, list[_File]] = {package: [] for package in packages}
    for file in _files(opa, folders):
        for package in packages:
            if f"{file.package}.".startswith(f"{package}."):
                files[package].append(file)
    found: dict[str, list[Tested]] = {}
    with Warm(opa, folders, 0) as engine:
        try:
            engine.wait()
        except NotStarted:
            return {}
        for package, its_files in files.items():
            if all(file.plain and file.package == package for file in its_files):
                tests = [_asked(engine, file, name, packages[package]) for file in its_files for name in _tests(file)]
                if tests and not any(test.message for test in tests):
                    found[package] = tests
    return found


def _files(opa: str, folders: Iterable[Path]) -> list[_File]:
    texts = {str(path): path.read_text() for folder in folders for path in sorted(folder.rglob("*.rego"))}
    trees = parse(opa, {name: text for name, text in texts.items() if "_test" in text})
    return [_file(name, texts[name], tree) for name, tree in trees.items()]


def _file(name: str, text: str, tree: Mapping[str, Any]) -> _File:
    heads = [rule["head"]["ref"] for rule in tree.get("rules", [])]
    names = dict.fromkeys(str(head[0]["value"]) for head in heads)
    package = ".".join(str(term["value"]) for term in tree["package"]["path"])
    plain = all(len(head) == 1 for head in heads) and not any(name.startswith(_SKIPPED) for name in names)
    return _File(Path(name), text, package, tuple(names), plain)


def _tests(file: _File) -> list[str]:
    return [name for name in file.names if name.startswith(_TEST)]


def _asked(engine: Warm, file: _File, name: str, control: str) -> Tested:
    began = time.perf_counter()
    told = engine.value("/".join([*file.package.split(".")[1:], name]), _PATIENCE)
    spent = time.perf_counter() - began
    written = re.search(rf"^{re.escape(name)}\b", file.text, re.MULTILINE)
    place = f"{file.path}:{file.text.count(chr(10), 0, written.start()) + 1}" if written else str(file.path)
    return Tested(control, "unit", name, place, "" if told is True else "is not true", spent)
