"""The tools that are measured beside this one, installed into a folder of the benchmark's own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent / ".peers"
CONFTEST = "github.com/open-policy-agent/conftest@v0.71.1"
GATOR = "github.com/open-policy-agent/gatekeeper/v3/cmd/gator@v3.20.1"
GATEKEEPER = "github.com/open-policy-agent/gatekeeper/v3@v3.23.0"
CHECKOV = "checkov==3.3.30"


def gatekeeper() -> str:
    """The path of Gatekeeper's manager."""
    return go_tool(GATEKEEPER, "gatekeeper")


def go_tool(module: str, name: str = "") -> str:
    """The path of a Go program, built once; `name` where that is not the last word of its path. Raises CalledProcessError where it cannot
    be.
    """
    program = FOLDER / (name or module.rpartition("@")[0].rpartition("/")[2])
    if not program.exists():
        FOLDER.mkdir(exist_ok=True)
        sys.stderr.write(f"bench: building {module}, a few minutes\n")
        subprocess.run(["go", "install", module], env={**os.environ, "GOBIN": str(FOLDER)}, check=True)
    return str(program)


def checkov() -> str:
    """The path of checkov, in a virtual environment of its own."""
    environment = FOLDER / "checkov"
    program = environment / "bin" / "checkov"
    if not program.exists():
        sys.stderr.write(f"bench: installing {CHECKOV}\n")
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
        subprocess.run([str(environment / "bin" / "pip"), "install", "--quiet", CHECKOV], check=True)
    return str(program)
