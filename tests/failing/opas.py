"""OPAs that come to a bad end: real ones with our bundle, and what else may stand at their address."""

from __future__ import annotations

import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from policyctl import library, opening


@contextmanager
def real_opa(opa: str, *, with_bundle: bool = True) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """A plain OPA on a loopback port, which is given, with its process."""
    archive = library.load((library.own_root(),), opening.opa_path).archive
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    line = [opa, "run", "--server", "--addr", f"127.0.0.1:{port}", "--log-level", "error", "--skip-version-check"]
    process = subprocess.Popen([*line, "--bundle", str(archive)] if with_bundle else line)
    try:
        _await(port)
        yield port, process
    finally:
        process.kill()
        process.wait(timeout=10)


@contextmanager
def silent() -> Iterator[str]:
    """A socket that accepts every question and answers none."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


@contextmanager
def answering(status: int, body: bytes) -> Iterator[str]:
    """Somebody who answers every question with the same words."""

    class Same(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self._answer()

        def _answer(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Same)
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def relayed(port: int, once_asked: Callable[[], None]) -> Iterator[str]:
    """Passes questions on to an OPA; does something as soon as a whole question about documents was handed to it."""
    done = threading.Event()

    def pass_on(asking: socket.socket) -> None:
        with asking, suppress(OSError), socket.create_connection(("127.0.0.1", port)) as opa:
            opa.sendall(_question(asking))
            if not done.is_set():
                done.set()
                once_asked()
            while piece := opa.recv(65536):
                asking.sendall(piece)

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()

        def accept() -> None:
            with suppress(OSError):
                while True:
                    asking, _ = listening.accept()
                    threading.Thread(target=pass_on, args=[asking], daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        assert done.is_set()


def _question(asking: socket.socket) -> bytes:
    """One HTTP request with its body."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += asking.recv(65536)
    head, _, body = received.partition(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")
    )
    while len(body) < length:
        body += asking.recv(65536)
    return head + b"\r\n\r\n" + body


def _await(port: int) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    raise AssertionError("OPA did not start")


def processes_in(folder: Path) -> list[int]:
    """The OPAs whose working directory lies in the folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if (process / "cwd").readlink().is_relative_to(folder) and (process / "exe").readlink().name == "opa":
                found.append(int(process.name))
    return found
