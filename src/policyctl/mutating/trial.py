"""The tests of a control, asked about one mutant after the other."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from typing import Any

from policyctl.model.errors import ContentError
from policyctl.mutating.mutant import Mutant
from policyctl.mutating.warm import Warm

Test = tuple[str, str]
"""Package and rule: ("policyctl/controls/security/image_user_test", "test_root_fails")."""

Kind = tuple[int | str, ...]
"""Mutants of which a test that noticed one is likely to notice others."""

_AT_LEAST, _TIMES = 5.0, 50
"""Seconds, and times what a test takes for the rules as written, until a mutant counts as endless."""
_GUESS = 0.2
"""The part of the mutants that a test notices, as long as nothing is known of it."""
_WEIGHT = 0.5
"""As many mutants of a kind as what is known of the wider kind counts for."""


class Trial:
    """What each test gives for the rules as written, how long it takes, and which have noticed most. Safe for use by several threads."""

    def __init__(self, tests: Sequence[Test]) -> None:
        self._tests = tests
        self._given: dict[Test, Any] = {}
        self._seconds: dict[Test, float] = {}
        self._asked: Counter[tuple[Kind, Test]] = Counter()
        self._noticed: Counter[tuple[Kind, Test]] = Counter()

    def agree(self, threads: Executor, engines: Sequence[Warm], passing: Callable[[], set[Test]]) -> None:
        """Raises ContentError unless each test passes here. `passing` gives those that pass in `opa test`: asked only where one is
        not simply true here.
        """
        shares = [self._tests[first :: len(engines)] for first, _ in enumerate(engines)]
        for _ in threads.map(self._as_written, engines, shares):
            pass
        failing = [test for test in self._tests if self._given[test] is not True]
        expected = passing() if failing else set()
        for test in failing:
            if test not in expected:
                raise ContentError(
                    f"{'.'.join(test)} fails", hint="only tests that pass can judge: policyctl control test"
                )
            if not self._given[test]:  # the cases of a table are an object
                raise ContentError(
                    f"{'.'.join(test)} passes in `opa test`, and not where a built-in that fails is an error",
                    hint="ask is_string, is_array … before what is no text, no list …, as the gate takes it for an error",
                )

    def _as_written(self, engine: Warm, tests: Sequence[Test]) -> None:
        engine.choose(0, 0)
        for test in tests:
            began = time.perf_counter()
            self._given[test] = engine.value("/".join(test), _AT_LEAST * _TIMES)
            self._seconds[test] = time.perf_counter() - began

    def unseen(self, engine: Warm, mutants: Mapping[int, Mutant]) -> list[Mutant]:
        """Those of an OPA's mutants, by number, that no test notices."""
        return [mutant for number, mutant in mutants.items() if not self._notices(engine, number, mutant)]

    def _notices(self, engine: Warm, number: int, mutant: Mutant) -> bool:
        """Whether some test gives something else for this mutant, or nothing in time."""
        engine.choose(number, mutant.clause)
        kinds = _kinds(mutant)
        for test in sorted(self._tests, key=lambda test: self._cost(kinds, test)):
            seconds = max(_AT_LEAST, _TIMES * self._seconds[test])
            noticed = engine.value("/".join(test), seconds) != self._given[test]
            for kind in kinds:
                self._asked[kind, test] += 1
                self._noticed[kind, test] += noticed
            if noticed:
                return True
        return False

    def _cost(self, kinds: Sequence[Kind], test: Test) -> float:
        """Seconds for each mutant that it is likely to notice: the least of these first takes the least time in all."""
        likely = _GUESS
        for kind in kinds:
            likely = (self._noticed[kind, test] + _WEIGHT * likely) / (self._asked[kind, test] + _WEIGHT)
        return self._seconds[test] / likely


def _kinds(mutant: Mutant) -> tuple[Kind, ...]:
    """What a mutant is one of, the widest first."""
    return (), (mutant.clause,), (mutant.clause, mutant.operator)
