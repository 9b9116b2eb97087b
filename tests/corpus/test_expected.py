"""What a person read in real files is what the program says of them: every control of the kind, subject by subject.

The expectations were written from the files and the catalog before the program was run on them; where it turned out that the
person had missed something, the file's list `corrected` says what.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from policyctl import pipeline, settings
from policyctl.context import Context
from policyctl.model.report import Decided
from policyctl.opening import open_run
from tests.conftest import DATA
from tests.corpus.expectations import FOLDER, Reading, difference, readings

READINGS = tuple(readings())
EVERY = FOLDER.parent / "every.yaml"


@pytest.fixture(scope="module")
def decided() -> dict[str, list[Decided]]:
    """The decisions by file, of one run over all of them, with the attestations that the systems' configuration lists."""
    told = settings.load({"profile": str(EVERY)}, environment={}, cwd=DATA / "systems")
    with open_run(told) as run:
        paths = [reading.path for reading in READINGS]
        report = pipeline.check(paths, run, pipeline.Options(record=False), Context("reader", "2026-11-21"))
    by_file: dict[str, list[Decided]] = {}
    for decision in report.decisions:
        by_file.setdefault(str(Path(decision.path).resolve()), []).append(decision)
    return by_file


@pytest.mark.parametrize("reading", READINGS, ids=lambda reading: reading.name)
def test_a_file_is_judged_as_it_was_read(reading: Reading, decided: dict[str, list[Decided]]) -> None:
    decisions = decided[reading.path]

    assert len(decisions) == len(reading.subjects)
    assert {one.body["subject"]["id"]: difference(reading.of(one), one.results) for one in decisions} == {
        one.body["subject"]["id"]: {} for one in decisions
    }


def test_at_least_forty_real_files_were_read() -> None:
    """The descriptions of systems are examples of our own."""
    assert len([reading for reading in READINGS if "/systems/" not in reading.path]) >= 40
