"""Requests wait for their turn, and whatever waits is judged together: one question to OPA and one write to the disk for all of it.

Two batches are judged at a time, so that OPA decides about one while Python works on the other.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from policyctl.admission.judging import Given
from policyctl.admission.metrics import Metrics
from policyctl.admission.review import Request
from policyctl.model.errors import PolicyctlError

TOGETHER = 16
"""Requests at most that are judged at once: what the last of them waits for."""
_BATCHES = 2
"""Judged at a time."""
_MOST = 1_000
"""Requests that may wait. More would be answered too late."""


class Full(PolicyctlError):
    """Too many requests wait already."""


class Internal(PolicyctlError):
    """A defect of ours. What was raised is named by its type alone: its words may quote a request."""


@dataclass(slots=True)
class _Waiting:
    request: Request
    future: asyncio.Future[Given]


class Queue:
    """Judges in threads of its own, so that the server keeps answering meanwhile. For one event loop."""

    def __init__(self, judge: Callable[[Sequence[Request]], list[Given]], metrics: Metrics) -> None:
        self._judge, self._metrics = judge, metrics
        self._waiting: deque[_Waiting] = deque()
        self._some = asyncio.Event()
        self._thread = ThreadPoolExecutor(_BATCHES, thread_name_prefix="judging")

    async def given(self, request: Request) -> Given:
        """What became of a request. Raises Full, and Internal for what judging should not have raised."""
        if len(self._waiting) >= _MOST:
            raise Full(f"{_MOST} requests wait already", hint="add replicas, or see what keeps OPA or the ledger busy")
        waiting = _Waiting(request, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        self._metrics.waiting.set(len(self._waiting))
        self._some.set()
        return await waiting.future

    async def in_turn(self, work: Callable[[], None]) -> None:
        """Runs something in a thread that judges, between two of its batches."""
        await asyncio.get_running_loop().run_in_executor(self._thread, work)

    async def run(self) -> None:
        """Judges until it is cancelled."""
        await asyncio.gather(*(self._batches() for _ in range(_BATCHES)))

    async def _batches(self) -> None:
        while True:
            await self._some.wait()
            batch = self._next()
            if batch:
                await self._judged(batch)

    def close(self) -> None:
        """Waits for what is being judged."""
        self._thread.shutdown()

    def _next(self) -> list[_Waiting]:
        """The requests whose turn it is, without those that nobody waits for any more."""
        batch: list[_Waiting] = []
        while self._waiting and len(batch) < TOGETHER:
            waiting = self._waiting.popleft()
            if not waiting.future.done():
                batch.append(waiting)
        if not self._waiting:
            self._some.clear()
        self._metrics.waiting.set(len(self._waiting))
        return batch

    async def _judged(self, batch: Sequence[_Waiting]) -> None:
        began = time.monotonic()
        judging = asyncio.get_running_loop().run_in_executor(self._thread, self._judge, [w.request for w in batch])
        await asyncio.wait({judging})
        self._metrics.judging.observe(time.monotonic() - began)
        failure = judging.exception()
        if failure and len(batch) > 1:  # so that none fails for its neighbour
            for waiting in batch:
                if not waiting.future.done():
                    await self._judged([waiting])
            return
        given = [] if failure else judging.result()
        for index, waiting in enumerate(batch):
            if waiting.future.done():
                continue
            if failure:
                waiting.future.set_exception(Internal(f"internal error: {type(failure).__name__}"))
            else:
                waiting.future.set_result(given[index])
