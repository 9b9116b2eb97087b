"""Whole processes, measured in turn: wall and processor time, and the peak memory of the process itself."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

EXPECTED = (0, 1)
"""Exit codes: allowed and denied."""
_SAMPLE = 0.02


@dataclass
class Case:
    """One command and its measurements, in seconds and MiB. `against` names the case that it is compared with."""

    name: str
    command: Sequence[str]
    against: str = ""
    cwd: Path | None = None
    expected: Sequence[int] = EXPECTED
    walls: list[float] = field(default_factory=list)
    processors: list[float] = field(default_factory=list)
    peak: float = 0.0
    output: str = ""

    @property
    def wall(self) -> float:
        """The median of the wall times."""
        return statistics.median(self.walls)

    @property
    def processor(self) -> float:
        """The median of the processor times, those of its children among them."""
        return statistics.median(self.processors)


def measure(cases: Sequence[Case], runs: int, environment: Mapping[str, str], *, warm: bool = True) -> None:
    """Each case once without counting where `warm`, then all in turn, so that a slow moment of the machine hits all of them."""
    for case in cases if warm else ():
        _run(case, environment)
        case.walls.clear()
        case.processors.clear()
    for number in range(runs):
        for case in cases:
            _say(f"run {number + 1} of {runs}: {case.name}")
            _run(case, environment)


def _run(case: Case, environment: Mapping[str, str]) -> None:
    started = time.perf_counter()
    with subprocess.Popen(
        case.command, cwd=case.cwd, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        assert process.stdout
        os.set_blocking(process.stdout.fileno(), False)
        said: list[bytes] = []
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            said.append(process.stdout.read() or b"")
            if pid:
                break
            case.peak = max(case.peak, _own_peak(process.pid))
            time.sleep(_SAMPLE if time.perf_counter() - started > 1 else 0.001)
        case.walls.append(time.perf_counter() - started)
        case.processors.append(usage.ru_utime + usage.ru_stime)
        process.returncode = os.waitstatus_to_exitcode(status)
    case.output = b"".join(said).decode(errors="replace")
    if process.returncode not in case.expected:
        raise SystemExit(f"{' '.join(case.command)} ended with {process.returncode}: {case.output[-2000:]}")


def _own_peak(pid: int) -> float:
    """The most memory that the process itself has had so far, in MiB; 0 where the system does not tell."""
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def table(cases: Sequence[Case], *, memory: bool = False) -> str:
    """A Markdown table: milliseconds, and how many times the case that each is compared with."""
    by_name = {case.name: case for case in cases}
    head = ["command", "minimum", "median", "maximum", "processor", "ratio"] + ["peak MiB"] * memory
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    for case in cases:
        ratio = f"{case.wall / by_name[case.against].wall:.2f} × {case.against}" if case.against else ""
        times = (f"{seconds * 1000:.0f}" for seconds in (min(case.walls), case.wall, max(case.walls), case.processor))
        row = [case.name, *times, ratio] + [f"{case.peak:.0f}"] * memory
        lines.append(f"| {' | '.join(row)} |")
    return "\n".join(lines)


def _say(text: str) -> None:
    sys.stderr.write(f"bench: {text}\n")
