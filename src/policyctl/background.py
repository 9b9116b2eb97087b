"""Work that goes on while its caller works on what came before: OPA computes on one core, Python on another."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from queue import SimpleQueue
from typing import TypeVar

from policyctl.model.errors import PolicyctlError

Item = TypeVar("Item")


def in_background(items: Iterable[Item]) -> Iterator[Item]:
    """The items in their order, made ahead by a thread that starts when the first one is asked for.

    An error is raised where its item would have come: what was made before it is never taken for all there is. The thread is a
    daemon: one that hangs cannot keep an interrupted command from ending.
    """
    made: SimpleQueue[tuple[Item] | Exception | None] = SimpleQueue()

    def work() -> None:
        ended: Exception | None = RuntimeError("the thread that works in the background ended before its work was done")
        try:
            for item in items:
                made.put((item,))
            ended = None
        except PolicyctlError as error:
            ended = error
        finally:
            made.put(ended)

    threading.Thread(target=work, daemon=True).start()
    while (item := made.get()) is not None:
        if isinstance(item, Exception):
            raise item
        yield item[0]
