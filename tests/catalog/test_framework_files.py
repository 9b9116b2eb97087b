"""A framework file that is not understood is refused: a date that is no day would keep a clause from ever binding."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from policyctl.catalog.frameworks import read_framework
from policyctl.model.errors import ContentError

LAW: Mapping[str, Any] = {
    "framework": {"id": "city", "title": "City ordinance"},
    "application_dates": {
        "all": {"provisions": "All", "original": "2027-03-01", "current": "2027-03-01", "basis": "Art. 20"}
    },
    "provisions": [
        {
            "id": "Art. 7",
            "article_title": "Notice",
            "summary": "Say it.",
            "binds": ["deployer"],
            "risk_class": "any",
            "applies": "all",
        }
    ],
}


def read(folder: Path, law: Any) -> Mapping[str, Any]:
    file = folder / "city.yaml"
    file.write_text(law if isinstance(law, str) else yaml.safe_dump(law))
    return read_framework(file)[1]


def changed(value: Any, *path: str | int) -> dict[str, Any]:
    law: Any = copy.deepcopy(dict(LAW))
    inner = law
    for step in path[:-1]:
        inner = inner[step]
    if value is None:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return dict(law)


def test_a_small_law_needs_no_annexes(tmp_path: Path) -> None:
    assert read(tmp_path, LAW)["Art. 7"]["dates"]["any"]["current"] == "2027-03-01"


def test_a_day_without_quotes_is_one(tmp_path: Path) -> None:
    law = changed(datetime.date(2027, 4, 1), "application_dates", "all", "current")
    assert read(tmp_path, law)["Art. 7"]["dates"]["annex_i"]["current"] == "2027-04-01"


def test_a_day_that_there_is_not_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "city.yaml"
    file.write_text("framework: {id: city, title: City}\napplication_dates:\n  all: {current: 2026-13-01}\n")

    with pytest.raises(ContentError, match=r"2026-13-01 is no day: month must be in 1\.\.12 .*line 3"):
        read_framework(file)


@pytest.mark.parametrize("day", ["2026-3-1", "2026-13-01", "2026-02-30", "March 2027", "", 7, ["2027-03-01"]])
def test_what_is_no_day_is_refused(day: object, tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"city\.yaml: application_dates\.all\.current is .* must be a day"):
        read(tmp_path, changed(day, "application_dates", "all", "current"))


@pytest.mark.parametrize(
    ("law", "said"),
    [
        (changed(["deplyer"], "provisions", 0, "binds"), "provisions.0.binds.0 is 'deplyer' and must be 'provider'"),
        (changed("highrisk", "provisions", 0, "risk_class"), "provisions.0.risk_class is 'highrisk' and must be 'any'"),
        (changed("al", "provisions", 0, "applies"), "Art. 7 applies 'al', which application_dates has not: one of all"),
        (changed(None, "provisions", 0, "summary"), "the key 'summary' is missing in provisions.0"),
        (changed(None, "application_dates", "all", "current"), "the key 'current' is missing"),
        (changed(None, "application_dates"), "the key 'application_dates' is missing"),
        (changed(None, "provisions"), "the key 'provisions' is missing"),
        (changed([], "provisions"), "provisions is empty and must name something"),
        (changed([LAW["provisions"][0]] * 2, "provisions"), "Art. 7 stands in provisions twice"),
        (changed({}, "anexes"), "the key 'anexes' is not one that is known"),
        (changed([], "annexes"), "annexes is a list and must be a mapping"),
        (
            changed({"annex_i_systems": "2027-01-01"}, "application_dates", "all", "current"),
            "must have the keys annex_i",
        ),
        (changed(True, "application_dates", "all", "reading"), "reading needs effective_for_high_risk"),
        (changed("2027-01-01", "application_dates", "all", "legacy_before"), "legacy_before needs legacy_systems"),
        (changed(None, "framework", "title"), "the key 'title' is missing in framework"),
        ("[]", "the file is a list and must be a mapping"),
        ("framework: {id: a, title: b}\n", "has no clause with an id and a text"),
        ("framework: {id: a, title: b}\nclauses: [{id: Art. 7}]\n", "Art. 7 has no text, title or summary"),
        ("framework: {id: a, title: b}\nclause: [{id: '1', text: x}]\n", "the key 'clause' is not one that is known"),
    ],
)
def test_what_is_wrong_is_named(law: object, said: str, tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        read(tmp_path, law)
    assert said in caught.value.message
    assert "city.yaml" in caught.value.message
