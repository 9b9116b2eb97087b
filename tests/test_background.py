"""Work in the background gives all of it, in order, or the error; never less in silence."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from queue import Queue

import pytest

from policyctl.background import in_background
from policyctl.model.errors import EngineError


def test_items_come_in_order_and_are_made_by_another_thread() -> None:
    makers = []

    def items() -> Iterator[int]:
        for number in range(50):
            makers.append(threading.current_thread())
            yield number

    assert list(in_background(items())) == list(range(50))
    assert threading.current_thread() not in makers


def test_the_next_item_is_made_while_the_one_before_is_used() -> None:
    second_begun = threading.Event()

    def items() -> Iterator[str]:
        yield "first"
        second_begun.set()
        yield "second"

    made = in_background(items())
    assert next(made) == "first"
    assert second_begun.wait(10)
    assert list(made) == ["second"]


def test_an_error_is_raised_in_the_place_of_its_item() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise EngineError("OPA is gone")

    made = in_background(items())
    assert next(made) == 1
    with pytest.raises(EngineError, match="OPA is gone"):
        next(made)


def test_what_nobody_expected_is_no_early_end(monkeypatch: pytest.MonkeyPatch) -> None:
    told: Queue[type[BaseException]] = Queue()
    monkeypatch.setattr(threading, "excepthook", lambda failed: told.put(failed.exc_type))

    def items() -> Iterator[int]:
        yield 1
        raise KeyError("a defect")

    made = in_background(items())
    assert next(made) == 1
    with pytest.raises(RuntimeError, match="ended before its work was done"):
        next(made)
    assert told.get(timeout=10) is KeyError
