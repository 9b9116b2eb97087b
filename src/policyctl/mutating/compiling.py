"""Which mutants OPA compiles: the others were never made."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policyctl.model.errors import ContentError
from policyctl.model.opa import MEMORY
from policyctl.mutating.mutant import Mutant
from policyctl.mutating.source import Node
from policyctl.mutating.variants import Variants, variants

_ALL = "1000000"
_LIKELY = {"constant changed", "comparison swapped", "rule dropped"}
"""Almost all of these compile, and they are most of the mutants: to look at them first would take as long as to start OPA with them."""


@dataclass(frozen=True, slots=True)
class Compiler:
    """Sorts out the mutants of one file by its tree and text, and the rule files `beside` it that it needs."""

    opa: str
    tree: Node
    text: str
    beside: Sequence[Path]

    def module(self, mutants: Mapping[int, Mutant]) -> Variants:
        """The module of these mutants, by number."""
        return variants(self.tree, self.text, mutants)

    def sorted_out(self, mutants: Mapping[int, Mutant], file: Path, *, likely: bool) -> dict[int, Mutant]:
        """The mutants without those that do not compile; with `likely`, the operators that hardly ever fail are looked at too.

        `file` is where the module is written. Raises ContentError where the files beside it do not compile, or the file itself.
        """
        trusted = {n: m for n, m in mutants.items() if not likely and m.operator in _LIKELY}
        asked = {number: mutant for number, mutant in mutants.items() if number not in trusted}
        while wrong := self._wrong(asked, file):
            asked = {number: mutant for number, mutant in asked.items() if number not in wrong}
        return dict(sorted((trusted | asked).items()))

    def _wrong(self, mutants: Mapping[int, Mutant], file: Path) -> set[int]:
        made = self.module(mutants)
        file.write_text(made.text)
        wrong: set[int] = set()
        told = _errors(self.opa, [file, *self.beside])
        for error in [error for error in told if not _follows(error)] or told:
            place = error.get("location", {})
            row = int(place.get("row", 0))
            number = made.rows[row - 1] if row and place.get("file") == str(file) else 0
            if number not in mutants:
                raise ContentError(
                    f"the rules do not compile: {error.get('message')}", hint="run policyctl control lint"
                )
            wrong.add(number)
        return wrong


def _follows(error: Mapping[str, Any]) -> bool:
    """Whether an error may only follow from others: OPA does not know a function of which one clause has an error of types."""
    return str(error.get("message")).startswith("undefined function")


def _errors(opa: str, files: Sequence[Path]) -> Sequence[Mapping[str, Any]]:
    command = [opa, "check", "--format", "json", "--max-errors", _ALL, *map(str, files)]
    run = subprocess.run(command, env={**os.environ, **MEMORY}, capture_output=True, text=True, check=False)
    if not run.returncode:
        return []
    try:
        found: list[Mapping[str, Any]] = json.loads(run.stderr or run.stdout)["errors"]
    except (ValueError, KeyError) as error:
        raise ContentError(f"the rules do not compile: {run.stderr or run.stdout}") from error
    return found
