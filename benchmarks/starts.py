"""What one small check costs: the program's start, its OPA's, and the work."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from timing import Case, measure, table

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = [sys.executable, "-m", "policyctl"]
BARE = "python -c pass"
LIBRARIES = "python importing typer, httpx and pydantic"
"""What a program of this kind costs before it does anything: says how fast this machine is today."""

SMALL = {
    "Terraform plan": "examples/terraform/credit-scorer/plan.json",
    "Kubernetes manifest": "examples/kubernetes/isvc-aif-bias.yaml",
    "model card": "examples/model_cards/whisper.md",
}


def section(runs: int, environment: Mapping[str, str]) -> str:
    """Cold: OPA is started and ended by the command. Warm: `policyctl engine start` has left one running."""
    cold = [
        Case(BARE, [sys.executable, "-c", "pass"], cwd=ROOT),
        Case(LIBRARIES, [sys.executable, "-c", "import typer, httpx, pydantic"], cwd=ROOT),
        Case("policyctl --version", [*PROGRAM, "--version"], BARE, cwd=ROOT),
        *_checks(""),
        Case("check, all of examples/", [*PROGRAM, "check", "examples"], cwd=ROOT),
    ]
    measure(cold, runs, environment)
    subprocess.run([*PROGRAM, "engine", "start"], cwd=ROOT, env=environment, check=True, capture_output=True)
    try:
        warm = list(_checks(", OPA left running"))
        measure(warm, runs, environment)
    finally:
        subprocess.run([*PROGRAM, "engine", "stop"], cwd=ROOT, env=environment, check=True, capture_output=True)
    return f"## One small file\n\n{runs} runs each; milliseconds.\n\n{table([*cold, *warm])}\n"


def _checks(suffix: str) -> Iterator[Case]:
    for name, file in SMALL.items():
        size = (ROOT / file).stat().st_size / 1000
        yield Case(f"check, {name} ({size:.0f} kB){suffix}", [*PROGRAM, "check", file], LIBRARIES, cwd=ROOT)
