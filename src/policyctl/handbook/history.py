"""When a control changed, from git, where its content folder is kept in it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

_MOST = 20


def history(root: Path, paths: Sequence[Path]) -> list[tuple[str, str]]:
    """Day and subject of the commits that touched these paths, the latest first. None where there is no git, or no work tree of it."""
    git = shutil.which("git")
    if git is None:
        return []
    command = [git, "-C", str(root), "log", f"--max-count={_MOST}", "--format=%cs%x09%s", "--", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines() if done.returncode == 0 else []
    return [(day, subject) for day, _, subject in (line.partition("\t") for line in lines)]
