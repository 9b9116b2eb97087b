"""Where every file that we did not write comes from is on record."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import DATA, EXAMPLES

ROW = re.compile(r"^\| ([\w./-]+) \|", re.MULTILINE)
OWN = re.compile(r"`([\w./*-]+)`")


@pytest.mark.parametrize("folder", [DATA, EXAMPLES], ids=["tests/data", "examples"])
def test_every_file_has_an_origin(folder: Path) -> None:
    text = (folder / "SOURCES.md").read_text()
    own = [name.removesuffix("**") for name in OWN.findall(text[text.rindex("Written for") :])]
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {"SOURCES.md"}

    assert {
        file for file in files - set(ROW.findall(text)) if not any(file == o or file.startswith(o) for o in own)
    } == set()


@pytest.mark.parametrize("folder", [DATA, EXAMPLES], ids=["tests/data", "examples"])
def test_every_origin_is_of_a_file(folder: Path) -> None:
    rows = set(ROW.findall((folder / "SOURCES.md").read_text())) - {"file", "---"}

    assert {row for row in rows if not (folder / row).is_file()} == set()
