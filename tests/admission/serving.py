"""`policyctl admission serve` as a process of its own, with a certificate for loopback."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.admission.certificates import Authority


@dataclass(frozen=True)
class Answered:
    """An HTTP answer."""

    status: int
    body: bytes

    @property
    def response(self) -> dict[str, Any]:
        """The response of the review."""
        found: dict[str, Any] = json.loads(self.body)["response"]
        return found


class Serving:
    """One server. `ca` is what its certificate comes from."""

    def __init__(
        self,
        folder: Path,
        *options: str,
        environment: dict[str, str] | None = None,
        authority: Authority | None = None,
    ) -> None:
        self.folder = folder
        self.ledger = folder / "ledger.db"
        self.authority = authority or Authority(folder)
        self.authority.issue("server")
        self.port, self.status_port = _free_port(), _free_port()
        self._options = options
        self._environment = environment or {}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Serving:
        """Starts it and waits until it is ready."""
        line = [sys.executable, "-m", "policyctl", "admission", "serve", *self._options]
        if "--own-certificate" not in self._options:
            keys = self.authority.file.parent
            line += ["--cert", str(keys / "server.crt"), "--key", str(keys / "server.key")]
        line += ["--listen", f"127.0.0.1:{self.port}", "--status-listen", f"127.0.0.1:{self.status_port}"]
        if "--ledger" not in self._options:
            line += ["--ledger", str(self.ledger)]
        with open(self.folder / "serve.log", "ab") as log:
            self._process = subprocess.Popen(line, stdout=log, stderr=log, env={**os.environ, **self._environment})
        deadline = time.monotonic() + 60
        while not self.ready():
            assert self._process.poll() is None, self.log()
            assert time.monotonic() < deadline, self.log()
            time.sleep(0.05)
        return self

    @property
    def url(self) -> str:
        """Where an API server reaches it."""
        return f"https://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The process."""
        assert self._process
        return self._process.pid

    def ready(self) -> bool:
        """What /readyz says."""
        try:
            return self.status("/readyz").status == 200
        except OSError:
            return False

    def status(self, path: str) -> Answered:
        """What a path gives in plain HTTP."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.status_port, timeout=10)) as connection:
            connection.request("GET", path)
            return answer_of(connection)

    def post(self, body: bytes, *, type: str = "application/json", query: str = "", certificate: str = "") -> Answered:
        """What a review is answered. `certificate`: the name of one that the client shows."""
        with closing(self.connected(certificate)) as connection:
            connection.request("POST", f"/v1/admit{query}", body, {"Content-Type": type})
            return answer_of(connection)

    def connected(self, certificate: str = "") -> http.client.HTTPSConnection:
        """A connection, with the handshake behind it."""
        context = ssl.create_default_context(cafile=str(self.authority.file))
        if certificate:
            context.load_cert_chain(self.folder / f"{certificate}.crt", self.folder / f"{certificate}.key")
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=40, context=context)
        connection.connect()
        return connection

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """The response to a request of which an AdmissionReview is made."""
        review = {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": request}
        answered = self.post(json.dumps(review).encode())
        assert answered.status == 200, answered.body
        return answered.response

    def log(self) -> str:
        """What it has said so far."""
        return (self.folder / "serve.log").read_text()

    def end(self, number: int = signal.SIGTERM) -> int:
        """Ends it and waits; its exit code."""
        assert self._process
        self._process.send_signal(number)
        return self._process.wait(60)

    def close(self) -> None:
        """Ends it if it still runs."""
        if self._process and self._process.poll() is None:
            self.end()


def answer_of(connection: http.client.HTTPConnection) -> Answered:
    """The answer to what was asked, which ends the connection."""
    with closing(connection):
        answer = connection.getresponse()
        return Answered(answer.status, answer.read())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
