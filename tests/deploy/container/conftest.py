"""The image of policyctl, built by podman from deploy/container/Containerfile on a base that is made here of Debian's packages."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.podman import Podman, own_podman

BASE = "localhost/python:base"
CERTIFICATES = Path("/etc/ssl/certs")
_GO_SETTINGS = ("GOPROXY", "GOSUMDB", "GONOSUMDB", "GOPRIVATE")


@pytest.fixture(scope="session")
def podman() -> Iterator[Podman]:
    """A podman of these tests' own."""
    with own_podman() as podman:
        yield podman


@pytest.fixture(scope="session")
def base(podman: Podman) -> str:
    """The name of an image of Debian 12 with its Python; its path also names where Go lies on most machines."""
    assert shutil.which("mmdebstrap"), "mmdebstrap missing: `make containers` installs it"
    system = podman.folder / "base.tar"
    packages = "python3,python3-venv,ca-certificates"
    made = subprocess.run(
        ["mmdebstrap", "--variant=essential", f"--include={packages}", "bookworm", str(system)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr[-2000:]
    path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/go/bin"
    imported = podman("import", "--change", f"ENV PATH={path}", str(system), BASE)
    assert imported.returncode == 0, imported.stderr
    system.unlink()
    return BASE


@pytest.fixture(scope="session")
def image(podman: Podman, base: str) -> str:
    """The name of the image. It is built with the network, the package index and the certificates of this machine."""
    settings = podman.folder / "pip.conf"
    settings.write_text(_settings_of_pip())
    built = podman(
        *("build", "--file", str(ROOT / "deploy/container/Containerfile"), "--tag", "localhost/policyctl:test"),
        *("--build-arg", f"BASE={base}", "--secret", f"id=pip.conf,src={settings}"),
        # Where root has not all of its rights, runc cannot build. Without overlays each layer would be a whole copy.
        *("--layers=false", "--isolation", "chroot", "--network", "host"),
        *(f"--volume={mount}" for mount in (*_mounts_of_certificates(), *_mounts_of_go(podman.folder))),
        str(ROOT),
    )
    assert built.returncode == 0, (built.stdout + built.stderr)[-4000:]
    return "localhost/policyctl:test"


def _settings_of_pip() -> str:
    """What pip is told here by files and variables, as one file."""
    told = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=True
    ).stdout
    pairs = (line.partition("=") for line in told.splitlines())
    settings = {name.rpartition(".")[2]: ast.literal_eval(value) for name, _, value in pairs}
    lines = (f"{name} = {value}" for name, value in settings.items() if name != "find-links")
    return "\n".join(("[global]", *lines, ""))


def _mounts_of_certificates() -> Iterator[str]:
    if CERTIFICATES.is_dir():
        yield f"{CERTIFICATES}:{CERTIFICATES}:ro"


def _mounts_of_go(folder: Path) -> Iterator[str]:
    """Go, with what it has fetched and built: it makes OPA where the official release is out of reach."""
    if not shutil.which("go"):
        return
    told = subprocess.run(
        ["go", "env", "-json", "GOROOT", "GOMODCACHE", "GOCACHE", *_GO_SETTINGS],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    go = json.loads(told)
    (folder / "go.env").write_text("".join(f"{name}={go[name]}\n" for name in _GO_SETTINGS))
    yield f"{folder / 'go.env'}:/root/.config/go/env:ro"
    yield f"{go['GOROOT']}:/usr/local/go:ro"
    for kept, inside in (("GOMODCACHE", "/root/go/pkg/mod"), ("GOCACHE", "/root/.cache/go-build")):
        Path(go[kept]).mkdir(parents=True, exist_ok=True)
        yield f"{go[kept]}:{inside}"
