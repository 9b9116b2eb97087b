"""Takes decision logs from files."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from policyctl.admission.ingesting.reading import events_in
from policyctl.admission.ingesting.taking import Taken, Taking

_TOGETHER = 500
"""Events of a file that are recorded in one transaction."""


def take_files(files: Sequence[Path], taking: Taking) -> Taken:
    """Records the events of files. What was recorded before an error stays, and is not recorded twice."""
    return sum((_of_file(file, taking) for file in files), Taken())


def _of_file(file: Path, taking: Taking) -> Taken:
    taken, events = Taken(), events_in(file)
    while some := list(islice(events, _TOGETHER)):
        taken += taking.take(some)
    return taken
