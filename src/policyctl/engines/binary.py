"""Which `opa` on this machine may decide: its version is in the tested range, its digest is known."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policyctl.engines.interface import NEWEST, OLDEST
from policyctl.engines.pinned import VERSION
from policyctl.model.errors import EngineError, UsageError

_EXECUTABLES = (b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
"""How ELF and Mach-O files begin. The digest of a script that starts OPA would say nothing about OPA."""


@dataclass(frozen=True, slots=True)
class Binary:
    """An OPA on disk. `path` has no links in it; `sha256` is that of the file."""

    path: str
    version: str
    sha256: str


def cache_folder(environ: Mapping[str, str]) -> Path:
    """`$POLICYCTL_CACHE`, else `policyctl` under XDG_CACHE_HOME or ~/.cache."""
    if named := environ.get("POLICYCTL_CACHE"):
        return Path(named)
    home = environ.get("XDG_CACHE_HOME") or os.path.join(environ.get("HOME") or os.path.expanduser("~"), ".cache")
    return Path(home) / "policyctl"


def installed_path(environ: Mapping[str, str], version: str = VERSION) -> Path:
    """Where the installer puts that version of OPA."""
    return cache_folder(environ) / "opa" / version / "opa"


def in_tested_range(version: str, oldest: tuple[int, int] = OLDEST, newest: tuple[int, int] = NEWEST) -> bool:
    """Whether a released version lies in the range, by major and minor. A development version never does."""
    match = re.fullmatch(r"(\d+)\.(\d+)\.\d+", version)
    return match is not None and oldest <= (int(match[1]), int(match[2])) <= newest


def find(
    environ: Mapping[str, str],
    *,
    version: str = VERSION,
    oldest: tuple[int, int] = OLDEST,
    newest: tuple[int, int] = NEWEST,
) -> Binary | None:
    """An OPA that is there already, without network: POLICYCTL_OPA, then PATH, then the cache; None when there is none.

    Relative parts of PATH are passed over: what lies in the tree under judgement does not choose the engine. Known
    files cost some `stat` calls; a new one is hashed and asked for its version once.

    Raises UsageError when POLICYCTL_OPA names something else than an OPA of the range, EngineError when the installed
    OPA is not the one that was installed.
    """
    if named := environ.get("POLICYCTL_OPA"):
        return _named(named, environ, oldest, newest)
    for candidate in _on_path(environ):
        found = inspect(candidate, environ)
        if found and in_tested_range(found.version, oldest, newest):
            return found
    return _installed(environ, version)


def inspect(path: str, environ: Mapping[str, str]) -> Binary | None:
    """Version and digest of an executable, None when it is no OPA. Remembered by path, size, times and inode."""
    real = os.path.realpath(path)
    try:
        status = os.stat(real)
    except OSError:
        return None
    mark = [status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns]
    cache = cache_folder(environ) / "opa" / "known.json"
    known = _known(cache)
    entry = known.get(real)
    if isinstance(entry, dict) and entry.get("mark") == mark and {"version", "sha256"} <= entry.keys():
        return Binary(real, str(entry["version"]), str(entry["sha256"]))
    found = _examine(real)
    if found:
        _remember(cache, known | {real: {"mark": mark, "version": found.version, "sha256": found.sha256}})
    return found


def _named(path: str, environ: Mapping[str, str], oldest: tuple[int, int], newest: tuple[int, int]) -> Binary:
    span = f"{oldest[0]}.{oldest[1]} to {newest[0]}.{newest[1]}"
    hint = f"name an OPA of version {span} there, or unset POLICYCTL_OPA to have {VERSION} installed"
    found = inspect(path, environ)
    if found is None:
        raise UsageError(f"POLICYCTL_OPA names {path}, which is not an OPA executable", hint=hint)
    if not in_tested_range(found.version, oldest, newest):
        raise UsageError(f"POLICYCTL_OPA names OPA {found.version}, outside the tested range {span}", hint=hint)
    return found


def _on_path(environ: Mapping[str, str]) -> Iterator[str]:
    for folder in environ.get("PATH", "").split(os.pathsep):
        candidate = os.path.join(folder, "opa")
        if os.path.isabs(folder) and os.access(candidate, os.X_OK) and os.path.isfile(candidate):
            yield candidate


def _installed(environ: Mapping[str, str], version: str) -> Binary | None:
    path = installed_path(environ, version)
    record = _known(path.with_name("opa.json"))
    if not record or not path.exists():
        return None
    found = inspect(str(path), environ)
    if found is None or found.sha256 != record.get("sha256") or found.version != version:
        raise EngineError(
            f"{path} is not the OPA {version} that was installed there: its digest is "
            f"{found.sha256 if found else 'unknown'}, {record.get('sha256')} was recorded",
            hint=f"find out who changed it, then delete {path.parent} and run `policyctl engine install`",
        )
    return found


def _examine(path: str) -> Binary | None:
    import hashlib
    import subprocess

    try:
        with open(path, "rb") as file:
            if file.read(4) not in _EXECUTABLES:
                return None
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        said = subprocess.run([path, "version"], capture_output=True, timeout=10, env={}, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
    version = re.search(r"^Version: (\S+)$", said.decode(errors="replace"), re.MULTILINE)
    return Binary(path, version[1], digest) if version else None


def _known(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _remember(path: Path, content: dict[str, Any]) -> None:
    """Best effort: without a cache everything is only slower."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, json.dumps(content).encode())


def write_atomically(path: Path, content: bytes) -> None:
    """Replace a file as a whole, readable by this user only. Raises OSError."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(temporary, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
        file.write(content)
    os.replace(temporary, path)
