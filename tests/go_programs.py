"""Other people's programs, which the tests compare with: built with Go where the benchmarks have not built them already."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from tests.conftest import ROOT

CONFTEST = "github.com/open-policy-agent/conftest@v0.71.1"
GATOR = "github.com/open-policy-agent/gatekeeper/v3/cmd/gator@v3.20.1"


def go_tool(module: str, folder: Path) -> str:
    """The path of a program, built into `folder` where need be. Fails where it cannot be had."""
    name = module.rpartition("@")[0].rpartition("/")[2]
    built = ROOT / "benchmarks" / ".peers" / name
    if built.is_file():
        return str(built)
    go = shutil.which("go")
    assert go, f"Go builds {name}: install it"
    subprocess.run([go, "install", module], env={**os.environ, "GOBIN": str(folder)}, check=True)
    return str(folder / name)
