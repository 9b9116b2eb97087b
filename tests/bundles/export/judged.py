"""The real files that exports are compared on: their input documents, and what policyctl says of each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from policyctl import pipeline, settings
from policyctl.context import Context
from policyctl.model.report import Decided
from policyctl.opening import open_run
from policyctl.reports.grouping import effect
from tests.conftest import DATA, EXAMPLES

FOLDERS = (*(str(DATA / name) for name in "terraform kubernetes model_cards bom systems bad".split()), str(EXAMPLES))
DAY = "2026-11-21"

Said = tuple[str, str, str, str, str]
"""What somebody says of one place: "deny" or "warn", the control, its status, the resource, and the path as text."""


@dataclass(frozen=True)
class Judged:
    """One document and the decision about it."""

    document: Any
    decided: Decided

    @property
    def said(self) -> list[Said]:
        """What policyctl says that counts, sorted: not what is audited or waived."""
        places = [
            (action, result.control["id"], status, place.entry["resource"], str(place.entry["path"]))
            for result in self.decided.results
            for status, listed, does in (
                ("fail", result.findings, result.enforcement),
                ("undetermined", result.undetermined, result.when_untold),
            )
            for place in listed
            if (action := effect(place, does)) != "audit"
        ]
        return sorted(places)


@cache
def judged(profile: str) -> list[Judged]:
    """Every document of the corpus under this profile."""
    told = settings.load({"profile": profile}, environment={}, cwd=DATA / "systems")
    options, context = pipeline.Options(record=False), Context("reader", DAY)
    documents, _ = pipeline.gathered(FOLDERS, told, options, context)
    with open_run(told) as run:
        decisions = pipeline.check(FOLDERS, run, options, context).decisions
    pairs = [Judged(document, one) for document, one in zip(documents, decisions, strict=True)]
    assert [one.document["subject"]["id"] for one in pairs] == [one.decided.body["subject"]["id"] for one in pairs]
    return pairs


def write_all(pairs: list[Judged], folder: Path) -> list[Path]:
    """A file for each document, in order."""
    import json

    files = [folder / f"{number:04}.json" for number in range(len(pairs))]
    for file, one in zip(files, pairs, strict=True):
        file.write_text(json.dumps(one.document))
    return files
