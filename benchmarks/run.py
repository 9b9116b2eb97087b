"""Measures, in turn and beside other tools, and writes the figures to benchmarks/results.md.

    PYTHONPATH=. .venv/bin/python benchmarks/run.py [starts] [manifests] [plan] [ledger] [workbench] [admission]

Machines are noisy: read the ratios, not single times. Without a word all sections are measured; those that are left out keep
their figures. The first run builds the peers, which takes some minutes; servers are those of the tests, hence the path.
"""

from __future__ import annotations

import os
import platform
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import batches
import ledgers
import starts

import admission
import workbench

RESULTS = Path(__file__).with_name("results.md")
STARTS, BATCHES, LEDGER = 9, 3, 5
"""How often each is run."""


def main(sections: Sequence[str]) -> int:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        # An installed program has its bytecode; here the uncounted first run writes it, unless this variable forbids that.
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment = {**kept, "XDG_STATE_HOME": str(folder / "state")}
        measured = {
            "starts": lambda: starts.section(STARTS, environment),
            "manifests": lambda: batches.manifests(folder, BATCHES, environment),
            "plan": lambda: batches.plan(folder, BATCHES, environment),
            "ledger": lambda: ledgers.section(LEDGER),
            "workbench": lambda: workbench.section(BATCHES, environment),
            "admission": lambda: admission.section(environment),
        }
        if unknown := set(sections) - measured.keys():
            raise SystemExit(f"no section {', '.join(sorted(unknown))}: one of {', '.join(measured)}")
        parts = _known()
        for name, measure in measured.items():
            if name in sections or not sections:
                parts[name] = f"{measure()}\n{_machine()}\n"
                _write([parts[name] for name in measured if name in parts])
    sys.stdout.write(RESULTS.read_text())
    return 0


_TITLES = {
    "starts": "One small file",
    "manifests": "Many files",
    "plan": "One plan",
    "ledger": "The ledger",
    "workbench": "The workbench",
    "admission": "Admission",
}


def _known() -> dict[str, str]:
    """The sections of the last results, by name."""
    text = RESULTS.read_text() if RESULTS.exists() else ""
    sections = re.split(r"(?m)^(?=## )", text)[1:]
    return {name: one for one in sections for name, title in _TITLES.items() if one.startswith(f"## {title}")}


def _write(sections: Sequence[str]) -> None:
    head = "# Speed\n\nWhole processes unless said otherwise, in turn. Written by `make bench`.\n\n"
    RESULTS.write_text(head + "\n".join(section.rstrip() + "\n" for section in sections))


def _machine() -> str:
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}."


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
