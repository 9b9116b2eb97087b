"""Takes decision logs from files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from policyctl.admission.ingesting.reading import events_in
from policyctl.admission.ingesting.taking import Taken, Taking
from policyctl.model.errors import InputError

_TOGETHER = 500
"""Events of a file that are recorded in one transaction."""


def take_files(files: Sequence[Path], taking: Taking) -> Taken:
    """Records the events of files. What was recorded before an error stays, and is not recorded twice."""
    return sum((_of_file(file, taking) for file in files), Taken())


def _of_file(file: Path, taking: Taking) -> Taken:
    refused: list[str] = []
    taken = Taken()
    events = _readable(events_in(file), refused)
    while some := list(islice(events, _TOGETHER)):
        taken += taking.take(some)
    return taken + Taken(refused=tuple(refused))


def _readable(events: Iterable[Any], refused: list[str]) -> Iterator[Any]:
    for event in events:
        if isinstance(event, InputError):
            refused.append(event.message)
        else:
            yield event
