"""The cases of cases.yaml, laid out in a folder, and what is said of them in one form for both tools."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

CASES: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text())
RUNS = [(name, index) for name, case in CASES.items() for index in range(len(case["runs"]))]


@dataclass(frozen=True)
class Said:
    """Exit code ("error" where Conftest stops with one), messages that deny and that warn, sorted, and the number of exceptions."""

    exit: int | str
    deny: list[str] = field(default_factory=list)
    warn: list[str] = field(default_factory=list)
    exceptions: int = 0


def lay_out(name: str, folder: Path) -> None:
    """The case's files, in the folder."""
    for path, text in CASES[name]["files"].items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def arguments(name: str, index: int) -> list[str]:
    """The words behind the command of either tool."""
    return ["--policy", "policy", *CASES[name]["runs"][index]["args"]]


def expected(name: str, index: int, *, of_conftest: bool = False) -> Said:
    """What the case says: of policyctl, or of Conftest where that is something else."""
    run = CASES[name]["runs"][index]
    told = run["conftest"] if of_conftest and "conftest" in run else run
    return Said(told["exit"], told.get("deny", []), told.get("warn", []), told.get("exceptions", 0))


def said_by_policyctl(code: int, out: str) -> Said:
    """What a report in JSON says; nothing but the exit code where there is none."""
    report = json.loads(out) if out.strip() else {"decisions": []}
    results = [result for decision in report["decisions"] for result in decision["results"]]
    messages: dict[str, list[str]] = {"deny": [], "warn": [], "audit": []}
    for result in results:
        messages[result["enforcement"]] += [finding["message"] for finding in result["findings"]]
    return Said(code, sorted(messages["deny"]), sorted(messages["warn"]), len(messages["audit"]))
