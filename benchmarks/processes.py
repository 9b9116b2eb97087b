"""What processes have used, as Linux tells it under /proc."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def tree(pid: int) -> list[int]:
    """A process and all that it and its own have started, as far as they still run."""
    found = [pid]
    for one in found:
        try:
            tasks = list(Path(f"/proc/{one}/task").iterdir())
            found += [int(child) for task in tasks for child in (task / "children").read_text().split()]
        except OSError:
            continue
    return found


def named(name: str, pids: Sequence[int]) -> list[int]:
    """Those of the processes that are called so."""
    return [pid for pid in pids if _read(pid, "comm").strip() == name]


def processor(pids: Sequence[int]) -> float:
    """Seconds of processor time that they have used so far."""
    fields = (_read(pid, "stat").rpartition(")")[2].split() for pid in pids)
    return sum((int(told[11]) + int(told[12])) / _TICKS for told in fields if told)


def memory(pids: Sequence[int]) -> float:
    """MiB that they hold now, each on its own: what they share is counted more than once."""
    lines = (line for pid in pids for line in _read(pid, "status").splitlines() if line.startswith("VmRSS:"))
    return sum(int(line.split()[1]) for line in lines) / 1024


def _read(pid: int, file: str) -> str:
    try:
        return Path(f"/proc/{pid}/{file}").read_text()
    except OSError:
        return ""
