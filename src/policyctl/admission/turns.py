"""Several at once, or one alone: whoever starts OPA again must not do so while others wait for its answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition


class Turns:
    """Who may go on. Whoever wants to be alone is not kept waiting by those that come later."""

    def __init__(self) -> None:
        self._change = Condition()
        self._together = 0
        self._alone = False

    @contextmanager
    def together(self) -> Iterator[None]:
        """Inside with others, but with nobody who is alone."""
        with self._change:
            self._change.wait_for(lambda: not self._alone)
            self._together += 1
        try:
            yield
        finally:
            with self._change:
                self._together -= 1
                self._change.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Inside with nobody else."""
        with self._change:
            self._change.wait_for(lambda: not self._alone)
            self._alone = True
            self._change.wait_for(lambda: not self._together)
        try:
            yield
        finally:
            with self._change:
                self._alone = False
                self._change.notify_all()
