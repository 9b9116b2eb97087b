"""Mutants that no test can notice, because they change nothing: listed by a person, with the reason, beside the control's rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pydantic import Field, RootModel

from policyctl.bundles.syntax import located_tree
from policyctl.catalog.files import Strict, Text, read_file
from policyctl.model.errors import ContentError
from policyctl.mutating.mutant import Mutant
from policyctl.mutating.operators import mutants_of

FILE = "equivalent.yaml"


class Equivalent(Strict):
    """One mutant, by its rule and the lines that change, as `control mutate` writes them.

    `times`: how many mutants are of that name, where several clauses of the rule hold the line.
    """

    rule: str = Field(min_length=1)
    was: str = Field(min_length=1)
    becomes: str
    reason: str = Text
    times: int = Field(default=1, ge=1)

    @property
    def name(self) -> tuple[str, str, str]:
        """The name of the mutant, as `Mutant.name`."""
        return self.rule, self.was, self.becomes


class _File(RootModel[dict[str, list[Equivalent]]]):
    """Everything stands under the control's id, which keeps these files apart where OPA loads a folder's YAML as its data."""


def read(folder: Path, id: str) -> list[Equivalent]:
    """What is listed in a control's folder. Raises ContentError for a file that is not in its shape."""
    file = folder / FILE
    if not file.exists():
        return []
    listed = read_file(file, _File).root
    if list(listed) != [id]:
        raise ContentError(f"{file}: what is listed must stand under {id}", hint=f"begin the file with {id}:")
    return listed[id]


def problems(opa: str, rules: Path, id: str) -> list[str]:
    """What is wrong with the list beside a rule file, one sentence each; nothing where there is none."""
    if not (rules.parent / FILE).exists():
        return []
    try:
        return told_apart(read(rules.parent, id), mutants_of(located_tree(opa, str(rules)), rules.read_text()))[1]
    except ContentError as error:
        return [error.message]


def told_apart(listed: Sequence[Equivalent], mutants: Sequence[Mutant]) -> tuple[set[Mutant], list[str]]:
    """The mutants that are listed, and a sentence for each entry that does not name as many of them as it says."""
    there = Counter(mutant.name for mutant in mutants)
    named = Counter(entry.name for entry in listed)
    wrong = []
    for entry in listed:
        what = f"{FILE}: {entry.rule}: {entry.was} => {entry.becomes}"
        if there[entry.name] != entry.times:
            wrong.append(f"{what}: there are {there[entry.name]} such mutants, and {entry.times} listed")
        if named[entry.name] > 1:
            wrong.append(f"{what}: is listed more than once")
    return {mutant for mutant in mutants if mutant.name in named}, list(dict.fromkeys(wrong))
