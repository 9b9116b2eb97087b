"""Gatekeeper as a webhook of the same API server, with the constraints that policyctl exports for it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import peers
import processes
import webhooks
import yaml

from tests.admission.certificates import Authority
from tests.kube.server import Kube

_NAMESPACE = "gatekeeper-system"
_PROFILE = {
    "id": "warn",
    "title": "Warns",
    "description": "Nothing is denied.",
    "enforcement": {"default": "warn"},
}


@contextmanager
def gatekeeper(name: str, folder: Path, kube: Kube, constraints: int) -> Iterator[webhooks.Webhook]:
    """The manager outside of the cluster, once it enforces so many constraints: those of the portable controls, again and again."""
    folder.mkdir()
    (folder / "warn.yaml").write_text(yaml.safe_dump(_PROFILE))
    export = [sys.executable, "-m", "policyctl", "bundle", "export", "gatekeeper", str(folder / "exported")]
    subprocess.run([*export, "--profile", str(folder / "warn.yaml")], check=True, capture_output=True)
    kube.apply(*_kinds())
    kube.kubectl("wait", "--for=condition=Established", "crd", "--all", "--timeout=60s")
    port, health, metrics = webhooks.free_port(), webhooks.free_port(), webhooks.free_port()
    authority = Authority(folder)
    authority.issue("tls")
    command = [peers.gatekeeper(), f"--port={port}", f"--cert-dir={folder}", "--disable-cert-rotation"]
    command += [f"--health-addr=127.0.0.1:{health}", f"--prometheus-port={metrics}", "--debug-use-fake-pod"]
    command += ["--operation=webhook", "--operation=status", "--operation=generate", "--log-level=ERROR"]
    environment = {**os.environ, "KUBECONFIG": str(kube.kubeconfig), "POD_NAMESPACE": _NAMESPACE, "POD_NAME": "manager"}
    with webhooks.started(command, folder, environment, port) as pid:
        kube.kubectl("apply", "-f", str(folder / "exported/templates"))
        _enforce(kube, list(_copies(folder / "exported/constraints", constraints)))
        url = f"https://127.0.0.1:{port}/v1/admit"
        yield webhooks.Webhook(name, url, authority.file.read_bytes(), tuple(processes.tree(pid)))


def _kinds() -> Iterator[dict[str, Any]]:
    """Its namespace and its CRDs, from its module."""
    told = subprocess.run(["go", "mod", "download", "-json", peers.GATEKEEPER], check=True, capture_output=True)
    for value in yaml.safe_load_all((Path(json.loads(told.stdout)["Dir"]) / "deploy/gatekeeper.yaml").read_text()):
        if value and value["kind"] in ("Namespace", "CustomResourceDefinition"):
            yield value


def _copies(folder: Path, count: int) -> Iterator[dict[str, Any]]:
    """So many constraints, of the exported ones in turn."""
    exported = [yaml.safe_load(file.read_text()) for file in sorted(folder.iterdir())]
    for number in range(count):
        value = exported[number % len(exported)]
        yield {**value, "metadata": {"name": f"{value['metadata']['name']}-{number}"}}


def _enforce(kube: Kube, constraints: list[dict[str, Any]]) -> None:
    """Applies them, and waits until the manager says that it enforces each."""
    kinds = sorted({f"{value['kind'].lower()}.constraints.gatekeeper.sh" for value in constraints})
    deadline = time.monotonic() + 120
    while kube.apply(*constraints, check=False).returncode:  # their kinds come from the templates
        if time.monotonic() > deadline:
            raise SystemExit("Gatekeeper makes no kinds of its templates")
        time.sleep(0.5)
    while not all(map(_is_enforced, json.loads(kube.kubectl("get", ",".join(kinds), "-o", "json").stdout)["items"])):
        if time.monotonic() > deadline:
            raise SystemExit("Gatekeeper does not enforce its constraints")
        time.sleep(0.5)


def _is_enforced(constraint: dict[str, Any]) -> bool:
    return any(pod.get("enforced") for pod in constraint.get("status", {}).get("byPod") or ())
