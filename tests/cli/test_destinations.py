"""Several reports of one run, each to its own place."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.conftest import EXAMPLES, Run

PLAN = str(EXAMPLES / "terraform/credit-scorer/plan.json")


def test_one_run_writes_several_reports(run: Run, tmp_path: Path) -> None:
    sarif, junit = tmp_path / "out.sarif", tmp_path / "junit.xml"
    ran = run("check", PLAN, "-o", "table", "-o", f"sarif={sarif}", f"--output=junit={junit}")

    assert ran.code == 1
    assert ran.out.startswith("DENY")
    assert json.loads(sarif.read_text())["version"] == "2.1.0"
    assert ElementTree.parse(junit).getroot().tag == "testsuites"
    assert ran.err == f"deny: 1 decision, exit code 1, report in {sarif}, {junit}\n"


def test_reports_in_files_leave_standard_output_empty(run: Run, tmp_path: Path) -> None:
    ran = run("check", PLAN, "-o", f"json={tmp_path / 'a.json'}")

    assert ran.out == ""
    assert "deny" in ran.err


def test_a_hyphen_is_standard_output(run: Run) -> None:
    assert json.loads(run("check", PLAN, "-o", "json=-").out)["summary"]["exit_code"] == 1


def test_output_file_takes_the_one_output(run: Run, tmp_path: Path) -> None:
    ran = run("check", PLAN, "--output", "json", "--output-file", str(tmp_path / "a.json"))

    assert ran.out == ""
    assert json.loads((tmp_path / "a.json").read_text())["summary"]["exit_code"] == ran.code == 1


def test_output_file_alone_takes_the_table(run: Run, tmp_path: Path) -> None:
    run("check", PLAN, "--output-file", str(tmp_path / "a.txt"))

    assert (tmp_path / "a.txt").read_text().startswith("DENY")


def test_a_file_gets_no_colours_and_no_terminals_width(run: Run, tmp_path: Path) -> None:
    run("check", PLAN, "-o", f"table={tmp_path / 'a.txt'}")

    assert "\x1b" not in (tmp_path / "a.txt").read_text()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["-o", "table", "-o", "json"], "two reports would go to standard output"),
        (["-o", "json", "-o", "sarif=-"], "two reports would go to standard output"),
        (["-o", "json=FOLDER/a", "-o", "sarif=FOLDER/./a"], "two reports would go to FOLDER/a"),
        (["-o", "json="], "no file is named"),
        (["-o", "pdf=FOLDER/a"], "no output format 'pdf'"),
        (
            ["-o", "json=FOLDER/a", "--output-file", "FOLDER/b"],
            "--output-file goes with one --output that names no file",
        ),
        (["-o", "json", "-o", "sarif", "--output-file", "FOLDER/b"], "--output-file goes with one --output"),
        (["-o", "json=FOLDER/no/a"], "its folder is not there"),
        (["-o", "json=FOLDER"], "it is a folder"),
    ],
)
def test_what_cannot_be_written_is_refused_before_anything_is_decided(
    run: Run, own_home: Path, tmp_path: Path, options: list[str], said: str
) -> None:
    ran = run("check", PLAN, *(word.replace("FOLDER", str(tmp_path)) for word in options))

    assert ran.code == 2
    assert said.replace("FOLDER", str(tmp_path)) in ran.err
    assert ran.out == ""
    assert not list(own_home.rglob("*.db"))
    assert not list(tmp_path.iterdir())
