"""The tests of a control, asked about one mutant after the other."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from queue import SimpleQueue
from typing import Any

from policyctl.model.errors import ContentError
from policyctl.mutating.mutant import Mutant
from policyctl.mutating.warm import Warm

Test = tuple[str, str]
"""Package and rule: ("policyctl/controls/security/image_user_test", "test_root_fails")."""

Spread = Callable[[Callable[[Test], None], Iterable[Test]], Iterator[None]]

_AT_LEAST, _TIMES = 5.0, 50
"""Seconds, and times what a test takes for the rules as written, until a mutant counts as endless."""
_HABIT = 3
"""How much more it says that a test noticed a mutant of the same clause than of another."""


class Engines(SimpleQueue[Warm]):
    """The OPAs that nobody is asking."""

    @contextmanager
    def one(self) -> Iterator[Warm]:
        """An OPA for as long as it is needed; waits for one."""
        engine = self.get()
        try:
            yield engine
        finally:
            self.put(engine)


class Trial:
    """What each test gives for the rules as written, how long it takes, and which have noticed most."""

    def __init__(self, engines: Engines, tests: Sequence[Test]) -> None:
        self._engines, self._tests = engines, tests
        self._given: dict[Test, Any] = {}
        self._seconds: dict[Test, float] = {}
        self._kills: Counter[tuple[int, Test]] = Counter()

    def agree(self, spread: Spread, expected: set[Test]) -> None:
        """Raises ContentError unless each test passes, in `opa test` (those `expected`) and here. `spread` is a `map` of threads."""
        for _ in spread(self._as_written, self._tests):
            pass
        for test in self._tests:
            if test not in expected:
                raise ContentError(
                    f"{'.'.join(test)} fails", hint="only tests that pass can judge: policyctl control test"
                )
            if not self._given[test]:
                raise ContentError(
                    f"{'.'.join(test)} passes in `opa test` and not in a server", hint="it depends on its surroundings"
                )

    def _as_written(self, test: Test) -> None:
        with self._engines.one() as engine:
            engine.choose(0, 0)
            began = time.perf_counter()
            self._given[test] = engine.value("/".join(test), _AT_LEAST * _TIMES)
            self._seconds[test] = time.perf_counter() - began

    def notices(self, number: int, mutant: Mutant) -> bool:
        """Whether some test gives something else for this mutant, or nothing in time."""
        with self._engines.one() as engine:
            engine.choose(number, mutant.clause)
            for test in sorted(self._tests, key=lambda test: self._cost(mutant.clause, test)):
                seconds = max(_AT_LEAST, _TIMES * self._seconds[test])
                if engine.value("/".join(test), seconds) != self._given[test]:
                    self._kills[mutant.clause, test] += _HABIT
                    self._kills[-1, test] += 1
                    return True
        return False

    def _cost(self, clause: int, test: Test) -> float:
        """Seconds for each mutant noticed so far."""
        return self._seconds[test] / (1 + self._kills[clause, test] + self._kills[-1, test] / 10)
