"""Judges one control: makes its mutants, and has its tests look at each."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from policyctl.bundles.syntax import located_tree
from policyctl.mutating.baseline import passing
from policyctl.mutating.compiling import Compiler
from policyctl.mutating.equivalents import read, told_apart
from policyctl.mutating.mutant import Mutant
from policyctl.mutating.operators import mutants_of
from policyctl.mutating.sought import Subject
from policyctl.mutating.trial import Trial
from policyctl.mutating.warm import NotStarted, Warm


@dataclass(frozen=True, slots=True)
class Judged:
    """How many mutants of a control were made and count, and those of them that no test noticed. `text` is that of its rules.

    `equivalent` are listed as such and do not count; `problems` are entries of that list which name no mutant.
    """

    subject: Subject
    text: str
    mutants: int
    survivors: tuple[Mutant, ...]
    equivalent: int
    problems: tuple[str, ...]

    @property
    def killed(self) -> int:
        """How many some test noticed."""
        return self.mutants - len(self.survivors)

    @property
    def score(self) -> float:
        """See `percent`."""
        return percent(self.killed, self.mutants)


def percent(killed: int, mutants: int) -> float:
    """To one digit, rounded down, so that 100 means all; 0 where there are none, which show nothing."""
    return killed * 1000 // mutants / 10 if mutants else 0.0


def judge(subject: Subject, opa: str, processes: int) -> Judged:
    """Runs the control's tests on each of its mutants, on so many OPAs.

    Raises ContentError where a test fails, or does not pass here as in `opa test`; EngineError where OPA fails.
    """
    text = subject.rules.read_text()
    tree = located_tree(opa, str(subject.rules))
    made = mutants_of(tree, text)
    equivalent, problems = told_apart(read(subject.rules.parent, subject.id), made)
    asked = {number: mutant for number, mutant in enumerate(made, 1) if mutant not in equivalent}
    with ExitStack() as stack:
        threads = stack.enter_context(ThreadPoolExecutor(processes))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        compiler = Compiler(opa, tree, text, subject.beside)
        try:
            asked = compiler.sorted_out(asked, folder / "sorted.rego", likely=False)
            shares = _start(stack, compiler, asked, folder, subject, processes)
        except NotStarted:
            asked = compiler.sorted_out(asked, folder / "sorted.rego", likely=True)
            shares = _start(stack, compiler, asked, folder, subject, processes)
        trial = Trial(subject.test_rules)
        files = (subject.rules, *subject.tests, *subject.beside)
        trial.agree(threads, [engine for engine, _ in shares], lambda: passing(opa, files))
        unseen = threads.map(lambda share: trial.unseen(*share), shares)
        survivors = sorted(
            (mutant for some in unseen for mutant in some), key=lambda mutant: (mutant.start, mutant.text)
        )
    return Judged(subject, text, len(asked), tuple(survivors), len(equivalent), tuple(problems))


def _start(
    stack: ExitStack, compiler: Compiler, mutants: Mapping[int, Mutant], folder: Path, subject: Subject, processes: int
) -> list[tuple[Warm, dict[int, Mutant]]]:
    """OPAs that end with the stack, each with its share of the mutants. Raises NotStarted where they do not compile."""
    shares = []
    for first in range(processes):
        share = dict(list(mutants.items())[first::processes])
        module = compiler.module(share)
        file = folder / f"{first}.rego"
        file.write_text(module.text)
        files = (file, *subject.tests, *subject.beside)
        shares.append((stack.enter_context(Warm(compiler.opa, files, module.clauses)), share))
    for engine, _ in shares:
        engine.wait()
    return shares
