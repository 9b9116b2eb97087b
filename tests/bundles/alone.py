"""An OPA that runs alone with the built bundle, and reviews as an API server sends them."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from policyctl.bundles.build import Bundle
from tests.kube.server import free_ports


@contextmanager
def opa_alone(opa: str, bundle: Bundle, folder: Path, *options: str, name: str = "") -> Iterator[str]:
    """Its URL. What it writes to standard error, decision log and all, is in folder/opa.log. `options` are of `opa run`."""
    archive = folder / "bundle.tar.gz"
    archive.write_bytes(bundle.archive)
    (port,) = free_ports(1)
    line = [opa, "run", "--server", "--addr", f"127.0.0.1:{port}", "--bundle", str(archive), *options]
    scheme = "https" if "--tls-cert-file" in options else "http"
    with (folder / f"opa{name}.log").open("ab") as log, subprocess.Popen(line, stdout=log, stderr=log) as process:
        try:
            url = f"{scheme}://127.0.0.1:{port}"
            _wait(url, folder / f"opa{name}.log")
            yield url
        finally:
            process.kill()


def _wait(url: str, log: Path) -> None:
    for _ in range(300):
        try:
            if httpx.get(f"{url}/health", verify=False).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError(log.read_text()[-2000:])


def logged(folder: Path) -> list[dict[str, Any]]:
    """The events of its decision log on the console."""
    lines = [json.loads(line) for line in (folder / "opa.log").read_text().splitlines() if line.startswith("{")]
    return [line for line in lines if line.get("type") == "openpolicyagent.org/decision_logs"]


def review(value: Any, **changed: Any) -> dict[str, Any]:
    """A review of a new object, as an API server sends it, or with what is changed in its request."""
    group, _, version = value["apiVersion"].rpartition("/")
    metadata = value.get("metadata") or {}
    request = {
        "uid": "705ab4f5-6393-11e8-b7cc-42010a800002",
        "kind": {"group": group, "version": version, "kind": value["kind"]},
        "resource": {"group": group, "version": version, "resource": value["kind"].lower() + "s"},
        "operation": "CREATE",
        "name": metadata.get("name", ""),
        "namespace": metadata.get("namespace", ""),
        "userInfo": {"username": "alice", "groups": ["system:authenticated"]},
        "object": value,
        "oldObject": None,
        "dryRun": False,
        **changed,
    }
    return {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": request}
