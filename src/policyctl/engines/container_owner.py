"""Whose container it is: so that what a killed command left behind is removed by the next one, and nothing else is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import docker
import requests
from docker.errors import DockerException
from docker.models.containers import Container

_USER = "dev.policyctl.user"
_PROCESSES = "dev.policyctl.processes"
_COMMAND = "dev.policyctl.command"


def labels() -> dict[str, str]:
    """The labels of a container of this process: whose it is, among which processes, and which of them."""
    return {_USER: str(os.getuid()), _PROCESSES: _processes(), _COMMAND: f"{os.getpid()} {_started(os.getpid())}"}


def sweep(client: docker.DockerClient) -> None:
    """Remove this user's containers whose command has ended without removing them. Best effort: others may do the same now.

    Commands of other users, and those that see other processes (in a container with the engine's socket), are not judged:
    from here it cannot be told whether they run.
    """
    ours = [f"{_USER}={os.getuid()}", f"{_PROCESSES}={_processes()}"]
    try:
        for container in client.containers.list(all=True, filters={"label": ours}, ignore_removed=True):
            if not _runs(container.labels.get(_COMMAND, "")):
                remove(container)
    except (DockerException, requests.RequestException):
        return


def remove(container: Container) -> None:
    """End and delete it with its volume. What cannot be removed now is removed by the next command."""
    try:
        container.remove(force=True, v=True)
    except (DockerException, requests.RequestException):
        return


def _processes() -> str:
    """Names the process ids that this process sees: the same number means another process elsewhere."""
    return os.readlink("/proc/self/ns/pid") if sys.platform == "linux" else sys.platform


def _runs(command: str) -> bool:
    pid, _, started = command.partition(" ")
    return pid.isdigit() and _started(int(pid)) == started != ""


def _started(pid: int) -> str:
    """When that process started, empty when there is none: process ids are used again."""
    if sys.platform != "linux":
        line = ["/bin/ps", "-o", "lstart=", "-p", str(pid)]
        return subprocess.run(line, capture_output=True, text=True, check=False).stdout.strip()
    try:
        # The name, in parentheses, may hold blanks. Field 22 of proc(5), in ticks since the machine started.
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except OSError:
        return ""
