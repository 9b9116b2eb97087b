"""Many files, and one large plan, beside conftest, gator and checkov on the same files."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import inputs
import peers
import rules
from timing import Case, measure, table

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = [sys.executable, "-m", "policyctl"]
PLAN = ROOT / "examples" / "terraform" / "credit-scorer" / "plan.json"
OURS, CONFTEST = "policyctl check", "conftest test"
SLOW = 1
"""Runs of a tool that takes minutes."""


def manifests(folder: Path, runs: int, environment: Mapping[str, str]) -> str:
    """2,000 small YAML files, as many in JSON, and 200 of 30 kB, against the same sixty rules."""
    rules.write_ours(folder)
    rules.write_conftest(folder)
    rules.write_gator(folder)
    parts = []
    for name, count, options in (
        ("2,000 manifests in YAML (0.7 kB each)", 2000, {}),
        ("2,000 manifests in JSON", 2000, {"as_json": True}),
        ("200 manifests of 30 kB in YAML", 200, {"settings": 330}),
    ):
        place = f"m{len(parts)}"
        forbidden = inputs.write_manifests(folder / place, count, **options)
        cases = [
            Case(CONFTEST, [peers.go_tool(peers.CONFTEST), "test", place, "-p", "policy", "--no-color"], cwd=folder),
            Case(OURS, [*PROGRAM, "check", place, "--no-record"], CONFTEST, cwd=folder),
            Case(f"{OURS}, recorded", [*PROGRAM, "check", place], CONFTEST, cwd=folder),
        ]
        measure(cases, runs, environment)
        for case in cases:
            _require_same(case, forbidden)
        if not options:
            slow = list(_slow(place, folder))
            measure(slow, SLOW, environment, warm=False)
            cases += slow
        parts.append(f"### {name}\n\n{table(cases, memory=True)}\n")
    return f"## Many files\n\nSixty rules of one logic, {runs} runs each; milliseconds.\n\n" + "\n".join(parts)


def plan(folder: Path, runs: int, environment: Mapping[str, str]) -> str:
    """A plan of 5,000 resources: our whole bundle, as many rules in conftest, checkov's own."""
    count = inputs.write_plan(folder / "plan.json", PLAN, 5000)
    size = (folder / "plan.json").stat().st_size / 1_000_000
    ours = _controls_for_plans()
    policy = folder / "plan-policy"
    policy.mkdir()
    (policy / "main.rego").write_text(
        "package main\n" + "".join(_RULE.format(n=n, type=inputs.TYPES[n % len(inputs.TYPES)]) for n in range(ours))
    )
    cases = [
        Case(CONFTEST, [peers.go_tool(peers.CONFTEST), "test", "plan.json", "-p", str(policy)], cwd=folder),
        Case(OURS, [*PROGRAM, "check", "plan.json", "-p", "eu-ai-act-high-risk"], CONFTEST, cwd=folder),
    ]
    measure(cases, runs, environment)
    checkov = Case("checkov", [peers.checkov(), "-f", "plan.json", *_CHECKOV], CONFTEST, cwd=folder)
    measure([checkov], SLOW, environment, warm=False)
    head = f"## One plan of {count:,} resources ({size:.1f} MB)\n\n"
    told = f"{ours} controls, as many rules in conftest, each about the resources of one type; {runs} runs each; milliseconds."
    return f"{head}{told}\n\n{table([*cases, checkov], memory=True)}\n"


_CHECKOV = ["--compact", "--quiet", "--skip-download"]
_RULE = """
deny contains message if {{
	some resource in input.resource_changes
	resource.type == "{type}"
	not resource.change.after.tags.key{n}
	message := sprintf("%s has no tag key{n}", [resource.address])
}}
"""


def _slow(place: str, folder: Path) -> list[Case]:
    gator = peers.go_tool(peers.GATOR)
    return [
        Case("gator test", [gator, "test", "-f", place, "-f", "gator"], CONFTEST, cwd=folder),
        Case(
            "checkov, its own rules",
            [peers.checkov(), "-d", place, "--framework", "kubernetes", *_CHECKOV],
            CONFTEST,
            cwd=folder,
        ),
    ]


def _require_same(case: Case, forbidden: int) -> None:
    """Both tools find the same images: else the times would not be those of the same work."""
    found = re.search(r"(\d+) fail(?:ures|ed)", case.output)
    if found is None or int(found[1]) != forbidden:
        raise SystemExit(f"{case.name} did not find {forbidden} images: {case.output[-500:]}")


def _controls_for_plans() -> int:
    shown = subprocess.run([*PROGRAM, "control", "list"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return shown.count("terraform_plan")
