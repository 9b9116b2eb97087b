"""Where kube-apiserver, kube-controller-manager, etcd, kubectl and Helm are had from."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
from pathlib import Path

from policyctl.library import cache_folder

HERE = Path(__file__).parent
VERSION = "v1.34.4"
_STAMP = {"gitVersion": VERSION, "gitMajor": "1", "gitMinor": "34"}
"""What a release build writes into the program, and clients ask for."""
_SOURCES = {
    "kube-apiserver": "k8s.io/kubernetes/cmd/kube-apiserver",
    "kube-controller-manager": "k8s.io/kubernetes/cmd/kube-controller-manager",
    "etcd": "go.etcd.io/etcd/server/v3",
}
_HELM = "helm.sh/helm/v4"


def program(name: str) -> str:
    """The path of one of these, built where need be: kubebuilder has no kube-controller-manager. Fails where it cannot be had."""
    given = Path(os.environ.get("KUBEBUILDER_ASSETS", "-")) / name
    if given.is_file():
        return str(given)
    stamp = " ".join(f"-X k8s.io/component-base/version.{name}={value}" for name, value in _STAMP.items())
    return _built(HERE, cache_folder() / "kube" / VERSION / name, _SOURCES[name], stamp)


def helm() -> str:
    """The path of Helm, of the version that helm/go.mod names, built where need be. Fails where it cannot be had."""
    (version,) = re.findall(rf"^require {_HELM} (v\S+)$", (HERE / "helm" / "go.mod").read_text(), re.MULTILINE)
    stamp = f"-X {_HELM}/internal/version.version={version}"
    return _built(HERE / "helm", cache_folder() / "helm" / version / "helm", f"{_HELM}/cmd/helm", stamp)


def kubectl() -> str:
    """The path of kubectl. Fails where there is none."""
    beside = Path(os.environ.get("KUBEBUILDER_ASSETS", "-")) / "kubectl"
    found = str(beside) if beside.is_file() else shutil.which("kubectl")
    assert found, "kubectl is missing: install it"
    return found


def _built(module: Path, target: Path, source: str, stamp: str) -> str:
    go = shutil.which("go")
    assert go or target.is_file(), f"Go builds {target.name}: install it"
    target.parent.mkdir(parents=True, exist_ok=True)
    with open(target.with_suffix(".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # who comes second waits for what the first builds
        if not target.is_file():
            aside = target.with_suffix(".aside")
            line = [str(go), "build", "-ldflags", f"-s -w {stamp}", "-o", str(aside), source]
            subprocess.run(line, cwd=module, env={**os.environ, "CGO_ENABLED": "0"}, check=True)
            aside.replace(target)
    return str(target)
