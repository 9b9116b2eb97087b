"""Built-ins and other people's additions, found the same way: as entry points of this program's groups."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points

from policyctl.model.content import Collector
from policyctl.model.errors import UsageError

COLLECTORS = "policyctl.collectors"
REPORTS = "policyctl.reports"


def collectors() -> list[Collector]:
    """One of each registered collector, ours first, in the order of their names; the one for descriptions of systems last."""
    found = sorted(entry_points(group=COLLECTORS), key=_ours_first)
    return [entry.load()() for entry in found]


def report(name: str) -> EntryPoint:
    """One output format, whose `load()` gives its `render`. Raises UsageError for a name that nobody registered."""
    for entry in entry_points(group=REPORTS, name=name):
        return entry
    known = ", ".join(sorted(entry_points(group=REPORTS).names))
    raise UsageError(f"no output format {name!r}", hint=f"one of {known}")


def _ours_first(entry: EntryPoint) -> tuple[bool, bool, str]:
    # A manifest that also claims to describe a system would else exempt itself.
    return (entry.name == "system", entry.dist is None or entry.dist.name != "policyctl", entry.name)
