"""Every real file that we have, good and bad: decided, or named with the reason. Nothing is passed over and nothing breaks.

Two files of the corpus are not here for their size (Helm output of 1.7 and 3.1 MB); both are decided.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from policyctl import pipeline, settings
from policyctl.context import Context
from policyctl.model.report import Report
from policyctl.opening import open_run
from tests.conftest import DATA, EXAMPLES

FOLDERS = (
    *(DATA / name for name in "agents terraform kubernetes model_cards bom systems records bad".split()),
    EXAMPLES,
)
INTERNAL = {"evaluation_error", "misshapen"}
"""Codes of what went wrong inside: a rule that failed, a fact that is not of its own type."""

Reports = dict[Path, Report]


def checked(paths: list[str], home: Path) -> Report:
    told = settings.load({}, environment={}, cwd=home)
    with open_run(told) as run:
        return pipeline.check(paths, run, pipeline.Options(record=False), Context("reader", "2026-11-21"))


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Reports:
    """One run over each folder."""
    return {folder: checked([str(folder)], tmp_path_factory.mktemp("nowhere")) for folder in FOLDERS}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_file_of_a_folder_is_among_the_inputs(folder: Path, reports: Reports) -> None:
    files = {path.resolve() for path in folder.rglob("*") if path.is_file()}

    assert files
    assert {Path(entry.path).resolve() for entry in reports[folder].inputs} == files


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_input_is_decided_or_says_why_not(folder: Path, reports: Reports) -> None:
    report = reports[folder]
    decided = {decision.path for decision in report.decisions}

    assert [entry.path for entry in report.inputs if entry.status == "decided" and entry.path not in decided] == []
    assert [entry.path for entry in report.inputs if entry.status != "decided" and not entry.message] == []
    assert [entry.path for entry in report.inputs if entry.status == "error" and not entry.hint] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_selected_control_answers_without_an_error_inside(folder: Path, reports: Reports) -> None:
    decisions = reports[folder].decisions
    codes = {one.entry.get("code") for d in decisions for result in d.results for one in result.undetermined}

    assert [d.path for d in decisions if d.answer["expected"] != d.answer["evaluated"]] == []
    assert codes & INTERNAL == set()


def test_a_real_folder_has_files_that_are_decided(reports: Reports) -> None:
    assert [folder.name for folder, report in reports.items() if not report.decisions] == []


def test_a_file_that_is_named_is_decided_or_says_why_not(reports: Reports, tmp_path: Path) -> None:
    """What a walk counts without a word, such as a Dockerfile, is an error with a next step when somebody names it.
    So is what is understood and holds nothing to decide: an empty List, an AdmissionReview."""
    passed_over = [entry.path for report in reports.values() for entry in report.inputs if entry.status != "decided"]
    named = checked(passed_over, tmp_path).inputs

    assert {entry.path for entry in named} == set(passed_over)
    assert [entry.path for entry in named if entry.status == "error" and not (entry.message and entry.hint)] == []
    assert [entry.path for entry in named if entry.status == "skipped"] == []
