"""Writes docs/coverage.md: for each clause what covers it, and how strong the tests of these controls are.

policyctl control mutate --output json >scores.json
python docs/coverage.py scores.json
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "coverage.md"
COMPLETE = ("eu_ai_act", "nist_ai_rmf_1_0", "iso_42001_2023")

_HEAD = """\
# What covers each clause

Written by `make docs` from `policyctl mapping coverage` and `policyctl control mutate`. Of each control: how far it reaches into the
clause, and the part of small changes to its rules that its tests notice. `part`: one named element of the clause; `supports`: evidence
only; `full`, which no edge claims: a pass shows all that the clause asks. What each control looks at, and what it leaves open, is in
[the reference](controls.md); what the words mean, in [the decision](decisions/coverage.md).
"""


def page(scores: tuple[str, ...]) -> str:
    """The page, with the scores of a file (`--scores FILE`) or without any."""
    parts = [_HEAD]
    for framework in COMPLETE:
        rows = _lines("mapping", "coverage", "--framework", framework, "--output", "markdown", *scores)
        out = _lines("mapping", "gaps", "--out-of-scope", "--framework", framework, "--output", "markdown")
        parts.append(f"## {framework}\n\n" + "".join(map(_without_framework, rows)))
        if len(out) > 2:
            parts.append("Out of scope:\n\n" + "".join(map(_without_framework, out)))
    return "\n".join(parts)


def _lines(*arguments: str) -> list[str]:
    command = [sys.executable, "-m", "policyctl", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def _without_framework(line: str) -> str:
    return "|" + line.split("|", 2)[2] + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(("--scores", sys.argv[1])))
