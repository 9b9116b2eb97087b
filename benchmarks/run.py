"""Measures whole processes, in turn, several times each, and prints medians beside those of a bare process in the same run.

    .venv/bin/python benchmarks/run.py [RUNS]

Machines are noisy: read the differences and ratios, not single times. Results go to benchmarks/results.md.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = [sys.executable, "-m", "policyctl"]
SMALL = {
    "Terraform plan (41 kB)": "examples/terraform/credit-scorer/plan.json",
    "Kubernetes manifest (1 kB)": "examples/kubernetes/isvc-aif-bias.yaml",
    "model card (8 kB)": "examples/model_cards/whisper.md",
}


@dataclass
class Case:
    """One command, its wall times (seconds), and what it is compared with."""

    name: str
    command: list[str]
    against: str = ""
    times: list[float] | None = None

    @property
    def median(self) -> float:
        return statistics.median(self.times or [0.0])


def main(runs: int) -> int:
    with tempfile.TemporaryDirectory() as state:
        # An installed program has its bytecode; here the uncounted first run writes it, unless this variable forbids that.
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment = {**kept, "XDG_STATE_HOME": state}
        cases = list(cold_cases())
        measure(cases, runs, environment)
        subprocess.run([*PROGRAM, "engine", "start"], env=environment, check=True, capture_output=True)
        try:
            warm = [Case(f"check, {name}, OPA left running", [*PROGRAM, "check", file]) for name, file in SMALL.items()]
            measure(warm, runs, environment)
        finally:
            subprocess.run([*PROGRAM, "engine", "stop"], env=environment, check=True, capture_output=True)
    text = table([*cases, *warm], runs)
    (ROOT / "benchmarks" / "results.md").write_text(text)
    sys.stdout.write(text)
    return 0


def cold_cases() -> list[Case]:
    bare = Case("python -c pass", [sys.executable, "-c", "pass"])
    version = Case("policyctl --version", [*PROGRAM, "--version"], bare.name)
    checks = [Case(f"check, {name}", [*PROGRAM, "check", file]) for name, file in SMALL.items()]
    return [bare, version, *checks, Case("check, all of examples/", [*PROGRAM, "check", "examples"])]


def measure(cases: list[Case], runs: int, environment: dict[str, str]) -> None:
    """Each case once without counting, then all in turn, so that a slow moment of the machine hits all of them."""
    for case in cases:
        timed(case.command, environment)
        case.times = []
    for _ in range(runs):
        for case in cases:
            case.times.append(timed(case.command, environment))


def timed(command: list[str], environment: dict[str, str]) -> float:
    """Seconds of one process. 0 (allowed) and 1 (denied) are the expected ends."""
    started = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr.decode()}")
    return time.perf_counter() - started


def table(cases: list[Case], runs: int) -> str:
    by_name = {case.name: case for case in cases}

    def milliseconds(seconds: float) -> str:
        return f"{seconds * 1000:.0f}"

    lines = [
        "# Speed",
        "",
        f"Whole processes, {runs} runs each, in turn; milliseconds. {os.cpu_count()} cores, {platform.system()} "
        f"{platform.machine()}, Python {platform.python_version()}.",
        "",
        "| command | minimum | median | maximum | over the bare process |",
        "| --- | --- | --- | --- | --- |",
    ]
    for case in cases:
        over = milliseconds(case.median - by_name[case.against].median) if case.against else ""
        times = case.times or [0.0]
        shown = " | ".join(milliseconds(t) for t in (min(times), case.median, max(times)))
        lines.append(f"| {case.name} | {shown} | {over} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 7))
