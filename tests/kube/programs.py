"""Where kube-apiserver, etcd and kubectl are had from."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from policyctl.library import cache_folder

HERE = Path(__file__).parent
VERSION = "v1.34.4"
_STAMP = {"gitVersion": VERSION, "gitMajor": "1", "gitMinor": "34"}
"""What a release build writes into the program, and clients ask for."""
_SOURCES = {"kube-apiserver": "k8s.io/kubernetes/cmd/kube-apiserver", "etcd": "go.etcd.io/etcd/server/v3"}


def program(name: str) -> str:
    """The path of kube-apiserver or etcd, built where need be. Fails where it cannot be had."""
    if assets := os.environ.get("KUBEBUILDER_ASSETS"):
        return str(Path(assets) / name)
    built = cache_folder() / "kube" / VERSION / name
    if not built.is_file():
        go = shutil.which("go")
        assert go, f"Go builds {name}: install it, or name a folder that holds it in KUBEBUILDER_ASSETS"
        built.parent.mkdir(parents=True, exist_ok=True)
        aside = built.with_suffix(f".{os.getpid()}")
        stamp = " ".join(f"-X k8s.io/component-base/version.{name}={value}" for name, value in _STAMP.items())
        line = [go, "build", "-ldflags", f"-s -w {stamp}", "-o", str(aside), _SOURCES[name]]
        subprocess.run(line, cwd=HERE, env={**os.environ, "CGO_ENABLED": "0"}, check=True)
        aside.replace(built)
    return str(built)


def kubectl() -> str:
    """The path of kubectl. Fails where there is none."""
    beside = Path(os.environ.get("KUBEBUILDER_ASSETS", "-")) / "kubectl"
    found = str(beside) if beside.is_file() else shutil.which("kubectl")
    assert found, "kubectl is missing: install it"
    return found
