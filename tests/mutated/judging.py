"""Judges broken files, each beside a good one, in a process with limits, and prints what became of them as JSON.

Run as a program: `corpus FOLDER` for every file of a folder, `mutants KIND NUMBER` for that many mutants. One file may take ten
seconds (SIGALRM ends the process) and this process a gibibyte of address space; what OPA took is told at the end.
"""

from __future__ import annotations

import gzip
import json
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from hypothesis import given, settings

from policyctl import pipeline
from policyctl.context import Context
from policyctl.model.report import Decided, Report
from policyctl.opening import open_run
from policyctl.settings import load
from tests.conftest import EXAMPLES
from tests.mutated.mutating import Mutant, mutants
from tests.mutated.same import SAME

GOOD: Final = str(EXAMPLES / "terraform/credit-scorer-fixed/plan.json")
MOST_SECONDS: Final = 10
MOST_BYTES: Final = 1024**3
_CONTEXT: Final = Context("reader", "2026-11-21")

Judge = Callable[[str], dict[str, Any]]


@contextmanager
def judge(home: Path) -> Iterator[Judge]:
    """Judges one file after the other, with one OPA that was started before any limit."""
    with open_run(load({"profile": "baseline"}, environment={}, cwd=home)) as run:

        def check(*paths: str) -> Report:
            return pipeline.check(paths, run, pipeline.Options(record=False), _CONTEXT)

        alone = _told(check(GOOD).decisions[0])
        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))

        def one(path: str) -> dict[str, Any]:
            began = time.perf_counter()
            signal.alarm(MOST_SECONDS)
            report = check(path, GOOD)
            signal.alarm(0)
            good = [
                _told(decision)
                for decision in report.decisions
                if decision.path.endswith("credit-scorer-fixed/plan.json")
            ]
            return {
                "exit_code": report.summary.exit_code,
                "outcome": report.summary.outcome,
                "seconds": time.perf_counter() - began,
                "good_is_decided_as_ever": good == [alone],
                "told": [
                    [entry.status, entry.message, entry.hint]
                    for entry in report.inputs
                    if entry.path != report.inputs[-1].path
                ],
                "statuses": sorted({r.status for d in report.decisions if _told(d) not in good for r in d.results}),
            }

        yield one


def _told(decision: Decided) -> list[Any]:
    return [decision.path, decision.answer]


def corpus(judge_one: Judge, home: Path, folder: str) -> dict[str, Any]:
    """Every file of the folder; what is packed is also judged unpacked."""
    found = {}
    for file in sorted(Path(folder).iterdir()):
        found[file.name] = judge_one(str(file))
        if file.suffix == ".gz":
            unpacked = home / file.stem
            unpacked.write_bytes(gzip.decompress(file.read_bytes()))
            found[file.stem] = judge_one(str(unpacked))
    return found


def broken(judge_one: Judge, home: Path, kind: str, number: str) -> dict[str, Any]:
    """So many mutants of a kind."""
    found: dict[str, Any] = {}

    @settings(SAME, max_examples=int(number))
    @given(mutants(kind))
    def each(mutant: Mutant) -> None:
        file = home / str(len(found)) / mutant.name
        file.parent.mkdir()
        file.write_bytes(mutant.content)
        found[f"{len(found)}: {mutant}"] = judge_one(str(file))

    each()
    return found


_CHOICES: Final = {"corpus": corpus, "mutants": broken}


def main(what: str, *arguments: str) -> None:
    """See the module."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with judge(home) as judge_one:
            found = _CHOICES[what](judge_one, home, *arguments)
        peaks = {
            who: resource.getrusage(whose).ru_maxrss * 1024
            for who, whose in (("policyctl", resource.RUSAGE_SELF), ("opa", resource.RUSAGE_CHILDREN))
        }
    print(json.dumps({"files": found, "peaks": peaks}))


if __name__ == "__main__":
    main(*sys.argv[1:])
