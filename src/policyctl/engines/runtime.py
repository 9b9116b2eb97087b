"""Folders for sockets: mode 0700, this user's, with paths short enough; those of commands that were killed are swept
up.
"""

from __future__ import annotations

import fcntl
import os
import stat
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from policyctl.model.errors import EngineError

LONGEST_SOCKET_PATH = 100
"""Linux allows 107 bytes, macOS 103."""

_MAKING = 60
"""Seconds in which a folder that is being made has its lock."""

_NAME = 12
_ROOM = len("/0123456789ab/opa.sock")


def base_folder(environ: Mapping[str, str]) -> Path:
    """`policyctl` under XDG_RUNTIME_DIR, else `policyctl-<uid>` under TMPDIR or /tmp; preferably one that sockets fit
    in.

    Raises EngineError when none can be made, or when what lies there is not this user's alone.
    """
    refused: list[str] = []
    usable: list[Path] = []
    for candidate in _candidates(environ):
        try:
            above = candidate.parent.stat()
            if above.st_uid not in (0, os.geteuid()):
                refused.append(f"{candidate.parent}: belongs to somebody else")
                continue
            candidate.mkdir(mode=0o700, exist_ok=True)
            found = candidate.lstat()
        except OSError as error:
            refused.append(f"{candidate}: {error.strerror}")
            continue
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o077:
            refused.append(f"{candidate}: not a folder of this user alone")
        elif len(os.fsencode(candidate)) + _ROOM <= LONGEST_SOCKET_PATH:
            return candidate
        else:
            usable.append(candidate)
    if usable:
        return usable[0]
    raise EngineError(
        f"there is no folder for OPA's socket ({'; '.join(refused)})",
        hint="set XDG_RUNTIME_DIR to a folder of yours with mode 0700",
    )


def _candidates(environ: Mapping[str, str]) -> Iterator[Path]:
    if runtime := environ.get("XDG_RUNTIME_DIR"):
        yield Path(runtime) / "policyctl"
    if temporary := environ.get("TMPDIR"):
        yield Path(temporary) / f"policyctl-{os.geteuid()}"
    # What lies there is checked for its owner and mode, as everywhere.
    yield Path(os.sep, "tmp") / f"policyctl-{os.geteuid()}"


class RuntimeFolder:
    """A new folder of one OPA, locked as long as it is in use."""

    def __init__(self, base: Path) -> None:
        """Raises EngineError where none can be made: the disk may be full."""
        self.path = base / os.urandom(6).hex()
        try:
            sweep(base)
            self.path.mkdir(mode=0o700)
            # The lock is taken before the file has its name, so that nobody sweeps a folder that is just being made.
            self._lock = os.open(self.path / "new", os.O_CREAT | os.O_RDWR, 0o600)
            fcntl.flock(self._lock, fcntl.LOCK_EX)
            (self.path / "new").rename(self.path / "lock")
        except OSError as error:
            raise EngineError(
                f"no folder for OPA can be made in {base}: {error.strerror}", hint="look at the disk and the folder"
            ) from error

    def remove(self) -> None:
        """Delete the folder. May be called twice."""
        if self._lock >= 0:
            remove_tree(self.path)
            os.close(self._lock)
            self._lock = -1


def write_private(path: Path, content: bytes) -> None:
    """A new file, and the folders above it, for this user only."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(content)


def sweep(base: Path) -> None:
    """Delete the folders under `base` whose lock nobody holds, and those that never got one: their command was killed."""
    for folder in base.iterdir():
        with suppress(OSError):
            unfinished = len(folder.name) == _NAME and not (folder / "lock").exists()
            if unfinished and time.time() - folder.stat().st_mtime > _MAKING:
                remove_tree(folder)
    for lock in base.glob("*/lock"):
        with suppress(OSError):
            descriptor = os.open(lock, os.O_RDWR)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                remove_tree(lock.parent)
            finally:
                os.close(descriptor)


def remove_tree(folder: Path) -> None:
    """Delete a folder of ours with all in it. What is gone already does not matter."""
    for path, folders, files in os.walk(folder, topdown=False):
        for name in files:
            with suppress(FileNotFoundError):
                os.unlink(os.path.join(path, name))
        for name in folders:
            with suppress(FileNotFoundError):
                os.rmdir(os.path.join(path, name))
    with suppress(FileNotFoundError):
        folder.rmdir()


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file at `path`, waiting for whoever has it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
