"""Judges the controls of content folders, as many at once as there are processors."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from policyctl.mutating.judging import Judged, judge
from policyctl.mutating.sought import Subject, subjects


def run(roots: Sequence[Path], selectors: Sequence[str], opa: str) -> Iterator[Judged]:
    """Each control that the selectors name, by id, as soon as it is judged; errors as in `subjects` and `judge`.

    One OPA for each processor: of one control each, or all of the same, where there is but one.
    """
    found = subjects(roots, selectors, opa)
    processors = _processors()
    at_once = min(processors, len(found))

    def one(subject: Subject) -> Judged:
        return judge(subject, opa, processors // at_once)

    threads = ThreadPoolExecutor(at_once)
    try:
        yield from threads.map(one, found)
    finally:
        threads.shutdown(cancel_futures=True)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
