"""Judges one control: makes its mutants, and has its tests look at each."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor, wait
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
        starting = [
            threads.submit(
                _start, stack, compiler, dict(list(asked.items())[first::processes]), folder / f"{first}.rego", subject
            )
            for first in range(processes)
        ]
        wait(starting)  # where one fails, the other must have started before the stack can end it
        shares = [started.result() for started in starting]
        trial = Trial(subject.test_rules)
        files = (subject.rules, *subject.tests, *subject.beside)
        trial.agree(threads, [engine for engine, _ in shares], lambda: passing(opa, files))
        unseen = threads.map(lambda share: trial.unseen(*share), shares)
        survivors = sorted(
            (mutant for some in unseen for mutant in some), key=lambda mutant: (mutant.start, mutant.text)
        )
    return Judged(
        subject, text, sum(len(share) for _, share in shares), tuple(survivors), len(equivalent), tuple(problems)
    )


def _start(
    stack: ExitStack, compiler: Compiler, mutants: Mapping[int, Mutant], file: Path, subject: Subject
) -> tuple[Warm, dict[int, Mutant]]:
    """An OPA that ends with the stack, and those of the mutants that compile, which it has."""
    try:
        asked = compiler.sorted_out(mutants, file, likely=False)
        return _warm(stack, compiler, asked, file, subject), asked
    except NotStarted:
        asked = compiler.sorted_out(asked, file, likely=True)
        return _warm(stack, compiler, asked, file, subject), asked


def _warm(stack: ExitStack, compiler: Compiler, mutants: Mapping[int, Mutant], file: Path, subject: Subject) -> Warm:
    """Raises NotStarted where the mutants do not compile."""
    module = compiler.module(mutants)
    file.write_text(module.text)
    engine = stack.enter_context(Warm(compiler.opa, (file, *subject.tests, *subject.beside), module.clauses))
    engine.wait()
    return engine
