"""One API server with its etcd, in a temporary folder, as long as a test needs it. No nodes: nothing is run."""

from __future__ import annotations

import json
import secrets
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from tests.kube.programs import kubectl, program

_STARTUP = 120


class Kube:
    """A cluster without nodes."""

    def __init__(self, folder: Path, controllers: Sequence[str] = ()) -> None:
        """`controllers`: those of kube-controller-manager that run, each under its own service account."""
        self.folder, self._controllers = folder, controllers
        self.kubeconfig = folder / "kubeconfig"
        self.audit = folder / "audit.log"
        self._processes: list[subprocess.Popen[bytes]] = []
        self._token = secrets.token_hex(16)
        self._api, self._etcd, peer = free_ports(3)
        self._etcd_url, self._peer_url = (f"http://127.0.0.1:{port}" for port in (self._etcd, peer))

    def start(self) -> None:
        """Starts both and waits until the API server is ready."""
        etcd = [program("etcd"), "--data-dir", str(self.folder / "etcd"), "--unsafe-no-fsync", "--log-level", "error"]
        etcd += ["--listen-client-urls", self._etcd_url, "--advertise-client-urls", self._etcd_url]
        etcd += ["--listen-peer-urls", self._peer_url]
        self._run("etcd", etcd)
        self._write_keys()
        self.start_api()
        if self._controllers:
            self._start_controllers()

    def start_api(self) -> None:
        """Starts the API server, which keeps nothing of its own, and waits until it is ready."""
        api = [program("kube-apiserver"), "--etcd-servers", self._etcd_url, "--authorization-mode=RBAC"]
        api += ["--bind-address=127.0.0.1", f"--secure-port={self._api}", f"--cert-dir={self.folder / 'certs'}"]
        api += ["--service-account-issuer=https://localhost", "--service-cluster-ip-range=10.0.0.0/24"]
        api += [f"--service-account-key-file={self.folder / 'sa.pub'}"]
        api += [f"--service-account-signing-key-file={self.folder / 'sa.key'}"]
        api += [f"--token-auth-file={self.folder / 'tokens.csv'}", "--allow-privileged=true"]
        if not self._controllers:  # then nobody gives each namespace its service account
            api += ["--disable-admission-plugins=ServiceAccount"]
        api += [f"--audit-policy-file={self.folder / 'audit.yaml'}", f"--audit-log-path={self.audit}"]
        self._run("kube-apiserver", api)
        deadline = time.monotonic() + _STARTUP
        while self.kubectl("get", "--raw", "/readyz", check=False).returncode:
            assert time.monotonic() < deadline, (self.folder / "kube-apiserver.log").read_text()[-2000:]
            time.sleep(0.2)

    def _start_controllers(self) -> None:
        (port,) = free_ports(1)
        line = [program("kube-controller-manager"), "--kubeconfig", str(self.kubeconfig), "--leader-elect=false"]
        line += ["--use-service-account-credentials=true", f"--controllers={','.join(self._controllers)}"]
        line += ["--bind-address=127.0.0.1", f"--secure-port={port}", f"--cert-dir={self.folder / 'controller-certs'}"]
        line += [f"--root-ca-file={self.folder / 'certs' / 'apiserver.crt'}"]
        line += [f"--service-account-private-key-file={self.folder / 'sa.key'}"]
        self._run("kube-controller-manager", line)

    def stop_api(self) -> None:
        """Kills the API server, which would wait for those who watch; etcd goes on."""
        process = self._processes.pop()
        process.kill()
        process.wait()

    def stop(self) -> None:
        """Ends both."""
        while self._processes:
            self.stop_api()

    def kubectl(self, *words: str, stdin: str = "", check: bool = True) -> subprocess.CompletedProcess[str]:
        """Runs kubectl as the administrator, or as somebody else with --as."""
        line = [kubectl(), "--kubeconfig", str(self.kubeconfig), *words]
        ran = subprocess.run(line, input=stdin, capture_output=True, text=True, check=False)
        assert not (check and ran.returncode), ran.stderr
        return ran

    def apply(self, *objects: dict[str, Any], check: bool = True) -> subprocess.CompletedProcess[str]:
        """Applies objects, one after the other."""
        return self.kubectl("apply", "-f", "-", stdin=yaml.safe_dump_all(objects), check=check)

    def audited(self) -> list[dict[str, Any]]:
        """What the API server's own audit log holds."""
        return [json.loads(line) for line in self.audit.read_text().splitlines()]

    def _write_keys(self) -> None:
        key = self.folder / "sa.key"
        subprocess.run(["openssl", "genrsa", "-out", str(key), "2048"], check=True, capture_output=True)
        public = ["openssl", "rsa", "-in", str(key), "-pubout", "-out", str(self.folder / "sa.pub")]
        subprocess.run(public, check=True, capture_output=True)
        (self.folder / "tokens.csv").write_text(f"{self._token},admin,admin,system:masters\n")
        rules = [{"level": "None", "verbs": ["get", "list", "watch"]}, {"level": "Metadata"}]
        policy = {"apiVersion": "audit.k8s.io/v1", "kind": "Policy", "omitStages": ["RequestReceived"], "rules": rules}
        (self.folder / "audit.yaml").write_text(yaml.safe_dump(policy))
        cluster = {"server": f"https://127.0.0.1:{self._api}", "insecure-skip-tls-verify": True}
        config = {
            "apiVersion": "v1",
            "kind": "Config",
            "clusters": [{"name": "test", "cluster": cluster}],
            "users": [{"name": "admin", "user": {"token": self._token}}],
            "contexts": [{"name": "test", "context": {"cluster": "test", "user": "admin"}}],
            "current-context": "test",
        }
        self.kubeconfig.write_text(yaml.safe_dump(config))

    def _run(self, name: str, line: list[str]) -> None:
        with open(self.folder / f"{name}.log", "ab") as log:
            self._processes.append(subprocess.Popen(line, stdout=log, stderr=log))


@contextmanager
def running(*controllers: str) -> Iterator[Kube]:
    """A cluster with these controllers, gone at the end."""
    with tempfile.TemporaryDirectory(prefix="kube-") as folder:
        kube = Kube(Path(folder), controllers)
        try:
            kube.start()
            yield kube
        finally:
            kube.stop()


def free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]
    finally:
        for probe in probes:
            probe.close()
