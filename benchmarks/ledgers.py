"""What the ledger costs beside bare SQLite with the same bytes, in one run."""

from __future__ import annotations

import json
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from policyctl.ledger import NewEntry, open_ledger
from policyctl.ledger.verify import verify

BODY = json.dumps({"kind": "decision", "text": "x" * 1900}).encode()
"""About what the body of a decision about one manifest takes."""
ONE_BY_ONE, GROUPED, GROUP = 1000, 10_000, 100


def section(runs: int) -> str:
    """Rows a second: appended one by one, in groups, and verified."""
    bare: dict[int, list[float]] = {1: [], GROUP: []}
    ours: dict[int, list[float]] = {1: [], GROUP: []}
    checked: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        for run in range(runs):
            for size, count in ((1, ONE_BY_ONE), (GROUP, GROUPED)):
                bare[size].append(count / _bare(Path(folder, f"bare{run}-{size}.db"), count, size))
                file = Path(folder, f"ours{run}-{size}.db")
                ours[size].append(count / _ours(file, count, size))
                if size == GROUP:
                    checked.append(GROUPED / _timed(lambda file=file: verify(open_ledger(str(file), readonly=True))))
    lines = ["| entries a second | bare SQLite | ledger | ratio |", "| --- | --- | --- | --- |"]
    for size, name in ((1, "appended one by one"), (GROUP, f"appended in groups of {GROUP}")):
        of_bare, of_ours = statistics.median(bare[size]), statistics.median(ours[size])
        lines.append(f"| {name} | {of_bare:,.0f} | {of_ours:,.0f} | {of_ours / of_bare:.2f} |")
    lines.append(f"| verified | | {statistics.median(checked):,.0f} | |")
    told = f"Bodies of {len(BODY)} bytes, every commit synchronised to the disk; medians of {runs} runs."
    return f"## The ledger\n\n{told}\n\n" + "\n".join(lines) + "\n"


def _bare(file: Path, count: int, size: int) -> float:
    with sqlite3.connect(file, isolation_level=None) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE entries (seq INTEGER PRIMARY KEY, header TEXT, body BLOB)")

        def append() -> None:
            for _ in range(0, count, size):
                connection.execute("BEGIN IMMEDIATE")
                connection.executemany("INSERT INTO entries (header, body) VALUES (?, ?)", [("h" * 300, BODY)] * size)
                connection.execute("COMMIT")

        return _timed(append)


def _ours(file: Path, count: int, size: int) -> float:
    with open_ledger(str(file)) as ledger:

        def append() -> None:
            for _ in range(0, count, size):
                ledger.append([NewEntry("decision", BODY)] * size)

        return _timed(append)


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
