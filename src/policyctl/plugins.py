"""Built-ins and other people's additions, found the same way: as entry points of this program's groups.

Read here rather than by importlib.metadata, which imports the reading of mail and archives: 15 ms of every start.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from policyctl.model.content import Collector, RecordSource, Registry
from policyctl.model.errors import UsageError

COLLECTORS = "policyctl.collectors"
REPORTS = "policyctl.reports"
SOURCES = "policyctl.sources"
RECORD_SOURCES = "policyctl.record_sources"
_LAST = (
    "agent",
    "bom",
    "system",
    "competence",
    "decommissioning",
    "gpai_model",
    "impact_assessment",
    "incident",
    "supplier",
    "release",
    "mlflow",
)


@dataclass(frozen=True, slots=True)
class Plugin:
    """One entry point: its name, the "module:attribute" that it names, and the distribution that registers it."""

    name: str
    value: str
    distribution: str

    def load(self) -> Any:
        """What it names, imported."""
        module, _, attribute = self.value.partition(":")
        return getattr(import_module(module), attribute)


def plugins(group: str) -> list[Plugin]:
    """The entry points of a group, in the order of the import path. Of a distribution that lies there twice, the first counts.

    Source: the specification "Entry points" of the Python Packaging Authority.
    """
    return list(_found(group, tuple(sys.path)))


@cache
def _found(group: str, path: tuple[str, ...]) -> tuple[Plugin, ...]:
    first: dict[str, list[Plugin]] = {}
    for distribution, file in _registrations(path):
        first.setdefault(distribution, list(_of_group(group, distribution, file)))
    return tuple(plugin for found in first.values() for plugin in found)


def collectors() -> list[Collector]:
    """One of each registered collector, ours first, in the order of their names; those told by a single mark last."""
    return [plugin.load()() for plugin in sorted(plugins(COLLECTORS), key=_ours_first)]


def registry(scheme: str) -> Registry | None:
    """What asks the registry of a scheme, such as "mlflow"; None where nobody registered one."""
    found = next((plugin for plugin in plugins(SOURCES) if plugin.name == scheme), None)
    asks: Registry | None = found.load()() if found else None
    return asks


def record_source(scheme: str) -> RecordSource | None:
    """What reads, for a release record, the source of a scheme, such as "git"; None where nobody registered one."""
    found = next((plugin for plugin in plugins(RECORD_SOURCES) if plugin.name == scheme), None)
    reads: RecordSource | None = found.load()() if found else None
    return reads


def report(name: str) -> Plugin:
    """One output format, whose `load()` gives its `render`. Raises UsageError for a name that nobody registered."""
    found = plugins(REPORTS)
    for plugin in found:
        if plugin.name == name:
            return plugin
    known = ", ".join(sorted(plugin.name for plugin in found))
    raise UsageError(f"no output format {name!r}", hint=f"one of {known}")


def _ours_first(plugin: Plugin) -> tuple[int, bool, str]:
    # A manifest or plan that also claims to be a BOM, or to describe a system, would else exempt itself.
    rank = _LAST.index(plugin.name) + 1 if plugin.name in _LAST else 0
    return (rank, plugin.distribution != "policyctl", plugin.name)


def _registrations(path: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each installed distribution's name, and the file in which it registers entry points."""
    for folder in path:
        try:
            names = sorted(os.listdir(folder or "."))
        except OSError:  # an archive, or a folder that is not there
            continue
        for name in names:
            if name.endswith((".dist-info", ".egg-info")):
                yield name.partition("-")[0].lower(), os.path.join(folder, name, "entry_points.txt")


def _of_group(group: str, distribution: str, file: str) -> Iterator[Plugin]:
    try:
        with open(file, encoding="utf-8") as stream:
            lines = stream.read().splitlines()
    except OSError:  # most register nothing
        return
    section = ""
    for line in map(str.strip, lines):
        if line.startswith("["):
            section = line.strip("[] ")
        elif section == group and "=" in line and not line.startswith(("#", ";")):
            name, _, value = line.partition("=")
            yield Plugin(name.strip(), value.partition("[")[0].strip(), distribution)
