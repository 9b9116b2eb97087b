"""A scan that goes on until it is told to end: what changes is told as it is decided, and the reports in the cluster follow."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event

from policyctl.admission.scanning.following import Change
from policyctl.admission.scanning.running import Done, Running
from policyctl.progress import say

_REPORTS = 10.0
"""Seconds between two times that reports are written."""


def keep_on(running: Running, first: Callable[[Done], None], tell: Callable[[Change], None], ended: Event) -> int:
    """The exit code of what is known at the end. Raises PolicyctlError where something cannot be decided or recorded."""
    following = running.following()
    following.first()
    done = running.done(following.rows, following.kinds)
    first(done)
    changed: set[str] = set()
    # None: the first reports could not be written, and are owed.
    unlisted = None if done.scanned.unreported else running.unlisted
    due, is_last = time.monotonic() + _REPORTS, False
    while not is_last:
        is_last = ended.is_set()
        for change in following.changes():
            tell(change)
            changed.add(_namespace(change[0]))
        everywhere = unlisted != running.unlisted
        if (changed or everywhere) and (is_last or time.monotonic() >= due):
            scanned, now_unlisted = running.scanned(following.rows), running.unlisted
            running.report(scanned, None if everywhere else sorted(changed))
            if scanned.unreported:
                say(f"policyctl: PolicyReports cannot be written: {scanned.unreported}")
            else:
                changed, unlisted = set(), now_unlisted
            due = time.monotonic() + _REPORTS
    return running.scanned(following.rows).exit_code


def _namespace(path: str) -> str:
    """From "cluster/ml/Pod/a" to "ml"; empty where "-" stands for none."""
    return path.split("/")[1].removeprefix("-")
