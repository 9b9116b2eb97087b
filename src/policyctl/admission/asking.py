"""Asks OPA about what waits together, and starts it again where it fails, so that nobody fails for a neighbour."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from policyctl.admission.turns import Turns
from policyctl.context import Context
from policyctl.deciding import Asked
from policyctl.model.catalog import Profile
from policyctl.model.document import Collected
from policyctl.model.errors import EngineError, UsageError
from policyctl.pipeline import Options, Standing

_OPTIONS = Options()
_AGAIN = 10.0
"""Seconds in which objects are asked about anew where OPA failed. Whoever waits longer has given up."""

Posed = tuple[Profile, Collected]
"""What is asked about, and by which profile."""


class Asking:
    """Asks by what stands. Safe for use by several threads."""

    def __init__(self, standing: Standing, context: Callable[[], Context]) -> None:
        self._standing, self._context, self._turns = standing, context, Turns()

    def probe(self, posed: Sequence[Posed]) -> None:
        """Raises EngineError unless OPA answers about all of this, from the right bundle."""
        with self._turns.together():
            self._decided(posed)

    def restart(self) -> None:
        """Starts another OPA in the place of this one. Raises EngineError where none can be had."""
        with self._turns.alone():
            self._restart()

    def about(self, posed: Sequence[Posed]) -> list[Asked | EngineError]:
        """OPA's answer about each, in their order. An OPA that failed is started again and asked about one after the other, while nobody
        else asks: for some seconds, since an OPA that fails again and again would keep all others waiting.
        """
        try:
            with self._turns.together():
                return list(self._decided(posed))
        except EngineError as error:
            with self._turns.alone():
                return self._one_by_one(posed, error)

    def _one_by_one(self, posed: Sequence[Posed], error: EngineError) -> list[Asked | EngineError]:
        failed: EngineError | None = error
        deadline = time.monotonic() + _AGAIN
        answers: list[Asked | EngineError] = []
        for one in posed:
            if failed and time.monotonic() > deadline:
                answers.append(failed)
                continue
            try:
                if failed:
                    self._restart()
                answers += self._decided([one])
                failed = None
            except EngineError as again:
                answers.append(again)
                failed = again
        return answers

    def _restart(self) -> None:
        try:
            self._standing.run.restart()
        except UsageError as error:  # the OPA that the environment names is gone
            raise EngineError(error.message, hint=error.hint) from error

    def _decided(self, posed: Sequence[Posed]) -> Sequence[Asked]:
        """In one question, whatever the profiles."""
        if not posed:
            return ()
        context = self._context()
        documents = [
            document
            for profile, collected in posed
            for document in replace(self._standing, profile=profile).documents([collected], _OPTIONS, context)
        ]
        return tuple(self._standing.answered(documents))
