"""Asking again, where no answer was begun."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from policyctl.engines.interface import Unreachable

Result = TypeVar("Result")

_PAUSES = (0.05, 0.25)


def again_when_unreachable(ask: Callable[[], Result], still_there: Callable[[], None] = lambda: None) -> Result:
    """`ask` up to three times while it raises Unreachable. A question changes nothing at OPA, so asking twice is safe.

    `still_there` is called before asking again and raises EngineError when there is nothing left to ask.
    """
    for pause in _PAUSES:
        try:
            return ask()
        except Unreachable:
            still_there()
            time.sleep(pause)
            still_there()
    return ask()
