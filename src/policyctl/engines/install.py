"""Getting an OPA: what is there already, else the official release binary, else built by Go from the same version."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from policyctl.engines import pinned
from policyctl.engines.binary import Binary, find, inspect, installed_path, write_atomically
from policyctl.engines.download import NotDownloaded, download
from policyctl.engines.runtime import locked, remove_tree
from policyctl.model.errors import EngineError

Progress = Callable[[str], None]

_BUILD_TIMEOUT = 1800
_STILL = 15


def install(progress: Progress, environ: Mapping[str, str] = os.environ, *, version: str | None = None) -> Binary:
    """The OPA that `find` finds, else the pinned one, newly installed in the cache. Says each step before taking it.

    A `version` is taken from the cache or installed there, whatever else is at hand; any but the pinned one is only
    built by Go, as there is no digest to check its binary against. Raises EngineError when there is no way, or when a
    downloaded file has the wrong digest.
    """
    if version is None:
        if found := find(environ):
            progress(f"OPA {found.version} is there: {found.path}")
            return found
        version = pinned.VERSION
    path = installed_path(environ, version)
    with locked(path.parent.with_name(f"{version}.lock")):
        if found := _installed(environ, version):
            return found
        remove_tree(path.parent)
        path.parent.mkdir(parents=True)
        reasons: list[str] = []
        origin = _download(path, progress, environ, reasons) if version == pinned.VERSION else None
        origin = origin or _build(path, version, progress, environ, reasons)
        if origin is None:
            raise EngineError(
                f"OPA {version} could not be installed: {'; '.join(reasons)}",
                hint="put an opa 1.4 to 1.22 on PATH, name one in POLICYCTL_OPA, or a mirror in POLICYCTL_OPA_URL",
            )
        return _record(path, version, origin, progress, environ)


def _installed(environ: Mapping[str, str], version: str) -> Binary | None:
    only_cache = {name: value for name, value in environ.items() if name not in ("PATH", "POLICYCTL_OPA")}
    return find(only_cache, version=version)


def _download(path: Path, progress: Progress, environ: Mapping[str, str], reasons: list[str]) -> str | None:
    file = pinned.FILES.get((sys.platform, os.uname().machine))
    if file is None:
        reasons.append(f"there is no release binary with a known digest for {sys.platform} on {os.uname().machine}")
        progress(reasons[-1])
        return None
    base = environ.get("POLICYCTL_OPA_URL", pinned.RELEASES).rstrip("/")
    url = f"{base}/v{pinned.VERSION}/{file}"
    progress(f"downloading OPA {pinned.VERSION} from {url}")
    try:
        download(url, path, pinned.SHA256[file])
    except NotDownloaded as error:
        reasons.append(error.message)
        progress(error.message)
        return None
    return url


def _build(path: Path, version: str, progress: Progress, environ: Mapping[str, str], reasons: list[str]) -> str | None:
    go = shutil.which("go", path=environ.get("PATH", ""))
    if go is None or not os.path.isabs(go):
        reasons.append("there is no Go on PATH to build it with")
        return None
    module = f"{pinned.MODULE}@v{version}"
    progress(f"building OPA {version}: go install {module} (about a minute)")
    folder = path.parent / f"build.{os.getpid()}"
    settings = {"GOBIN": str(folder), "CGO_ENABLED": "0", "GOFLAGS": f"{environ.get('GOFLAGS', '')} -trimpath".strip()}
    building = subprocess.Popen(
        [go, "install", module],
        cwd=path.parent,
        env={**environ, **settings},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    said = _wait(building, lambda seconds: progress(f"still building ({seconds} s)"))
    built = folder / "opa"
    if building.returncode != 0 or not built.exists():
        reasons.append(f"go install failed: {said.strip()[-500:] or building.returncode}")
        return None
    os.replace(built, path)
    folder.rmdir()
    return f"go install {module}"


def _wait(building: subprocess.Popen[bytes], still: Callable[[int], None]) -> str:
    for seconds in range(_STILL, _BUILD_TIMEOUT, _STILL):
        try:
            return building.communicate(timeout=_STILL)[0].decode(errors="replace")
        except subprocess.TimeoutExpired:
            still(seconds)
    building.kill()
    return building.communicate()[0].decode(errors="replace") + f"\ngave up after {_BUILD_TIMEOUT} s"


def _record(path: Path, version: str, origin: str, progress: Progress, environ: Mapping[str, str]) -> Binary:
    found = inspect(str(path), environ)
    if found is None or found.version != version:
        raise EngineError(
            f"{path} was installed, and does not run as OPA {version}: it says {found.version if found else 'nothing'}",
            hint=f"delete {path.parent}; is this machine of the platform that Python says it is?",
        )
    record = {"version": version, "sha256": found.sha256, "origin": origin}
    write_atomically(path.with_name("opa.json"), json.dumps(record).encode())
    progress(f"OPA {version} is installed: {path} (SHA-256 {found.sha256})")
    return found
