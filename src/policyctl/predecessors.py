"""The version that a release replaces: what was measured of it, so that the new one can be held against it. Fact written: `predecessor`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from policyctl.model.document import Collected, Input
from policyctl.model.gathered import Gathered, Stamp

_FACT: Final = "predecessor"


def add_predecessor(gathered: Gathered, named: str, entries: Iterable[Input]) -> None:
    """Adds what the entries, to which the name leads, tell of that version. Where they are not one version, or its results could not be
    read in full, that is a gap.
    """
    found = list(entries)
    versions = [subject for entry in found for subject in entry.subjects if subject.kind == "model"]
    if len(versions) != 1:
        said = next((entry.message for entry in found if entry.message), f"{named}: names {len(versions)} versions")
        gathered.gap("unreadable_source", said, (_FACT,), named)
        return
    (version,) = versions
    gathered.add(version.subject["id"], _stamp(version), {_FACT: _of(version)})
    for gap in version.gaps:
        if any(path[:2] in (["facts"], ["facts", "evaluations"]) for path in gap["paths"]):
            gathered.gap(gap["code"], gap["reason"], (_FACT,), version.subject["id"])


def _of(version: Collected) -> dict[str, object]:
    return {"id": version.subject["id"], "evaluations": version.facts["evaluations"]}


def _stamp(version: Collected) -> Stamp:
    """That of the first answer or file that told its results, else of the first of all."""
    told = [source for source in version.sources if "evaluations" in source.get("facts", [])]
    source = next(iter((*told, *version.sources)))
    return Stamp(source["sha256"], source.get("time", ""))
