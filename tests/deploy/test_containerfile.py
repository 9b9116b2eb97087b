"""What the image says of itself is what the package says, and our own controls find in its definition what they must."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

from tests.conftest import ROOT, Run

FILE = ROOT / "deploy/container/Containerfile"
DIGEST = "@sha256:" + "0123456789abcdef" * 4


def failed(run: Run, file: Path) -> set[str]:
    """The ids of the controls that the file does not pass, for whatever reason."""
    ran = run("check", str(file), "--no-record", "--output", "json")
    (decision,) = json.loads(ran.out)["decisions"]
    statuses = {result["control"]["id"]: result["status"] for result in decision["results"]}
    assert statuses["SEC-012"] == "pass"
    return {id for id, status in statuses.items() if status not in ("pass", "not_applicable")}


def test_only_the_tag_of_the_base_is_found(run: Run) -> None:
    assert failed(run, FILE) == {"SUP-003"}


def test_nothing_is_found_with_a_base_by_digest(run: Run, tmp_path: Path) -> None:
    default = re.compile(r"^(ARG BASE=\S+)$", re.MULTILINE)
    named = tmp_path / "Containerfile"
    named.write_text(default.sub(rf"\1{DIGEST}", FILE.read_text()))

    assert DIGEST in named.read_text()
    assert failed(run, named) == set()


def test_the_labels_are_those_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    labels = dict(re.findall(r'org\.opencontainers\.image\.(\w+)="([^"]*)"', FILE.read_text()))

    assert labels["title"] == project["name"]
    assert (labels["version"], labels["description"]) == (project["version"], project["description"])
    assert labels["licenses"] == project["license"]


def test_everything_that_the_package_holds_is_copied() -> None:
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    copied = {
        word for line in re.findall(r"^COPY (?!--)(.*) \S+$", FILE.read_text(), re.MULTILINE) for word in line.split()
    }

    assert {*tool["force-include"], "src"} <= copied
