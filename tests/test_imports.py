"""Arrows point inward: doors -> flow -> stages -> model, and siblings do not know each other."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "policyctl"
STAGES = ("bundles", "catalog", "collectors", "documents", "engines", "ledger", "reports")
DOORS = ("admission", "cli")


def imported(file: Path) -> Iterator[str]:
    """The modules below policyctl that a file imports, at its top or inside a function: "model.errors"."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "policyctl":
            inner = node.module.removeprefix("policyctl").lstrip(".")
            yield from (f"{inner}.{alias.name}".lstrip(".") for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (a.name.removeprefix("policyctl.") for a in node.names if a.name.startswith("policyctl."))


def files(package: str) -> list[Path]:
    found = sorted((SOURCE / package).rglob("*.py"))
    assert found, f"no files in {package}"
    return found


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_knows_only_itself_and_the_model(stage: str) -> None:
    allowed = {stage, "model", "__version__"}
    strangers = {(f.name, m) for f in files(stage) for m in imported(f) if m.split(".")[0] not in allowed}

    assert strangers == set()


def test_the_model_knows_only_itself() -> None:
    assert {m for f in files("model") for m in imported(f) if m.split(".")[0] != "model"} == set()


def test_the_flow_knows_no_door() -> None:
    flow = sorted(SOURCE.glob("*.py"))
    inner = [f for f in flow if f.name != "__main__.py"]

    assert {(f.name, m) for f in inner for m in imported(f) if m.split(".")[0] in DOORS} == set()


@pytest.mark.parametrize("package", ["mutating"])
def test_the_workbench_knows_no_door(package: str) -> None:
    assert {(f.name, m) for f in files(package) for m in imported(f) if m.split(".")[0] in DOORS} == set()


def test_the_model_has_no_effects() -> None:
    """Clock, network, files and environment each have a door elsewhere."""
    effects = {"os", "sys", "time", "socket", "subprocess", "pathlib", "httpx", "requests", "random", "datetime"}
    found = set()
    for file in files("model"):
        for node in ast.walk(ast.parse(file.read_text())):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found |= {(file.name, name) for name in names if name.split(".")[0] in effects}

    assert found == set()
