"""`policyctl ledger ingest --listen` as a process of its own, and an OPA that sends its decision log there."""

from __future__ import annotations

import gzip
import json
import signal
import ssl
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx

from policyctl.ledger import open_ledger
from tests.admission.certificates import Authority
from tests.kube.server import free_ports

TOKEN = "a-token-of-some-length"


class Ingesting:
    """One server, over TLS and with a token."""

    def __init__(self, folder: Path, *options: str, ledger: str = "") -> None:
        self.folder, self._options = folder, options
        self.ledger = ledger or str(folder / "ledger.db")
        self.authority = Authority(folder)
        self.authority.issue("server")
        self.authority.issue("client")
        (folder / "token").write_text(f"{TOKEN}\n")
        (self.port,) = free_ports(1)
        self._process: subprocess.Popen[bytes] | None = None
        trusting = ssl.create_default_context(cafile=str(self.authority.file))
        self.http = httpx.Client(base_url=self.url, verify=trusting, timeout=60)

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    def start(self) -> Ingesting:
        """Starts it and waits until it is ready."""
        line = [sys.executable, "-m", "policyctl", "ledger", "ingest", "--listen", f"127.0.0.1:{self.port}"]
        line += ["--cert", str(self.folder / "server.crt"), "--key", str(self.folder / "server.key")]
        line += ["--token-file", str(self.folder / "token"), "--ledger", self.ledger, *self._options]
        with (self.folder / "ingest.log").open("ab") as log:
            self._process = subprocess.Popen(line, stdout=log, stderr=log)
        for _ in range(600):
            try:
                if self.http.get("/readyz").status_code == 200:
                    return self
            except httpx.TransportError:
                pass
            assert self._process.poll() is None, self.log()
            time.sleep(0.1)
        raise AssertionError(self.log())

    def log(self) -> str:
        return (self.folder / "ingest.log").read_text()

    def end(self, number: int = signal.SIGTERM) -> int:
        assert self._process
        self._process.send_signal(number)
        return self._process.wait(60)

    def close(self) -> None:
        self.http.close()
        if self._process and self._process.poll() is None:
            self.end()

    def post(
        self, events: Any, *, path: str = "/logs", packed: bytes | None = None, token: str = TOKEN
    ) -> httpx.Response:
        """Sends a batch as OPA does."""
        headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
        headers |= {"Authorization": f"Bearer {token}"} if token else {}
        return self.http.post(
            path, content=gzip.compress(json.dumps(events).encode()) if packed is None else packed, headers=headers
        )

    def bodies(self) -> list[dict[str, Any]]:
        """Those of all ingested entries."""
        return bodies(self.ledger)

    def opa_config(self, folder: Path) -> Path:
        """A configuration with which OPA sends its log here."""
        service = {
            "url": self.url,
            "tls": {"ca_cert": str(self.authority.file)},
            "credentials": {"bearer": {"token": TOKEN}},
        }
        reporting = {"min_delay_seconds": 1, "max_delay_seconds": 1, "upload_size_limit_bytes": 4096}
        config = {"services": {"ingest": service}, "decision_logs": {"service": "ingest", "reporting": reporting}}
        file = folder / "opa.json"
        file.write_text(json.dumps(config))
        return file


def bodies(ledger: str) -> list[dict[str, Any]]:
    with open_ledger(ledger, readonly=True) as opened:
        return [json.loads(opened.body(entry.id)) for entry in opened.entries("ingested")]
