"""A podman of the tests' own, with runc: storage, state and settings lie in a folder that goes with it. No registry is reached."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CONFIGURATION = """\
[containers]
default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
[network]
network_config_dir = "{folder}/networks"
"""


@dataclass(frozen=True)
class Podman:
    """Its folder, the beginning of its command lines, and the environment that they need."""

    folder: Path
    command: list[str]
    environment: Mapping[str, str]

    def __call__(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs one command to its end. No image's name is looked up elsewhere."""
        return subprocess.run(
            [*self.command, *arguments],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )


@contextmanager
def own_podman() -> Iterator[Podman]:
    """A new one. Where podman or runc is missing, the tests fail."""
    missing = [name for name in ("podman", "runc") if not shutil.which(name)]
    assert not missing, f"{' and '.join(missing)} missing: `make containers` installs podman and runc"
    folder = Path(tempfile.mkdtemp(prefix="pc"))
    (folder / "containers.conf").write_text(CONFIGURATION.format(folder=folder))
    places = ["--root", str(folder / "storage"), "--runroot", str(folder / "run"), "--tmpdir", str(folder / "tmp")]
    podman = Podman(
        folder,
        ["podman", *places],
        {**os.environ, "CONTAINERS_CONF": str(folder / "containers.conf")},
    )
    try:
        yield podman
    finally:
        podman("rm", "--all", "--force", "--volumes")
        shutil.rmtree(folder, ignore_errors=True)
