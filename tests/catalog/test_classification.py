"""The table of questions names clauses and questions that are there, and nothing in it is left over."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from policyctl.linting import lint
from tests.conftest import ROOT

TABLE = "mappings/classification/eu_ai_act.yaml"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    for folder in ("controls_catalog", "mappings", "rego", "bundles"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("dist"))
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("clause: Art. 5(1)(bb)", "clause: Art. 5(1)(zz)", "has no clause 'Art. 5(1)(zz)'"),
        ("{all: [techniques, distortion, harm]}", "{all: [techniques, harn]}", "no question practices.a.harn"),
        (
            "{all: [techniques, distortion, harm]}",
            "{all: [techniques, harm]}",
            "no case asks for practices.a.distortion",
        ),
        ("        title: Social scoring\n", "", "practices.c needs a text, or a title and questions"),
        ("        lowers: true\n", "        lower: true\n", "is not one that is known"),
    ],
)
def test_a_slip_in_the_table_is_named(content: Path, opa_path: str, old: str, new: str, said: str) -> None:
    file = content / TABLE
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
    (problem,) = lint((content,), opa_path).problems

    assert TABLE in problem
    assert said in problem
