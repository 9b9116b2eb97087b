"""Whatever goes wrong with OPA is an engine error that says what happened; nothing is allowed by default."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from policyctl.engines import managed
from policyctl.engines.binary import Binary
from policyctl.engines.managed import ManagedEngine
from policyctl.engines.remote import Remote, RemoteEngine
from policyctl.model.decision import BundleIdentity
from policyctl.model.errors import EngineError

BUNDLE = BundleIdentity("policyctl", "r1", "0" * 64)


def good_answer(controls: tuple[str, ...] = ("T-001",)) -> dict[str, Any]:
    """What an OPA says that allows."""
    empty: dict[str, Any] = {"resources": {}, "findings": {}, "undetermined": {}}
    return {"outcome": "allow", "simulated": False, "expected": list(controls), "evaluated": list(controls), **empty}


def said(result: Any, revision: str = "r1", version: str = "1.19.1") -> bytes:
    """A whole answer, with its provenance."""
    return json.dumps(
        {"result": result, "provenance": {"version": version, "bundles": {"policyctl": {"revision": revision}}}}
    ).encode()


@pytest.fixture
def server() -> Iterator[Callable[[int, bytes], str]]:
    """An HTTP server that gives every question the same answer: `server(status, body)` is its URL."""
    servers: list[ThreadingHTTPServer] = []

    def start(status: int, body: bytes) -> str:
        class Same(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                if 300 <= status < 400:
                    self.send_header("Location", f"http://127.0.0.1:{self.server.server_address[1]}/elsewhere")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments: Any) -> None:
                """Say nothing."""

        listening = ThreadingHTTPServer(("127.0.0.1", 0), Same)
        threading.Thread(target=listening.serve_forever, args=[0.02], daemon=True).start()
        servers.append(listening)
        return f"http://127.0.0.1:{listening.server_address[1]}"

    yield start
    for listening in servers:
        listening.shutdown()
        listening.server_close()


def test_the_stand_in_server_would_be_believed_if_it_answered_well(
    server: Callable[..., str], document: Callable[..., Any]
) -> None:
    with RemoteEngine(Remote(server(200, said([good_answer()]))), BUNDLE) as engine:
        assert engine.decide([document(controls=("T-001",))])[0]["outcome"] == "allow"


@pytest.mark.parametrize(
    ("status", "body", "message"),
    [
        (500, b'{"code":"internal_error","message":"out of order"}', "answered 500: out of order"),
        (503, b"<html>no backend</html>", "answered 503 with something that is not JSON"),
        (200, b"<html>log in</html>", "not JSON"),
        (200, b"", "not JSON"),
        (200, b"[]", "no object"),
        (200, b"{}", "version unknown"),
        (401, b'{"code":"unauthorized","message":"no"}', "answered 401: no"),
        (404, b'{"code":"not_found"}', "answered 404"),
        (307, b"", "answered with a redirect, which is not followed"),
        (200, said([good_answer()], revision="r0"), "another revision than r1: it has policyctl r0"),
        (200, said([good_answer()], version="1.3.0"), "outside the tested range"),
        (200, said([good_answer()], version="0.70.0"), "outside the tested range"),
        (200, said([]), "0 answers to 1 documents"),
        (200, said([good_answer(), good_answer()]), "2 answers to 1 documents"),
        (200, said({"0": good_answer()}), "no list of answers"),
        (200, said([None]), "no decision"),
        (200, said([{**good_answer(), "outcome": "pass"}]), "no decision"),
        (200, said([{**good_answer(), "findings": None}]), "no decision"),
        (200, said([good_answer(())]), "controls expected by the bundle are not those .* T-001"),
        (200, said([{**good_answer(), "evaluated": []}]), "controls evaluated by the bundle are not those .* T-001"),
        (200, json.dumps({"result": [good_answer()], "provenance": {"version": "1.19.1"}}).encode(), "no bundle"),
        (200, said([good_answer()]).replace(b'"result"', b'"outcome"'), "is undefined"),
    ],
)
def test_what_is_not_an_answer_is_an_error(
    server: Callable[..., str], document: Callable[..., Any], status: int, body: bytes, message: str
) -> None:
    with (
        RemoteEngine(Remote(server(status, body)), BUNDLE) as engine,
        pytest.raises(EngineError, match=message) as caught,
    ):
        engine.decide([document(controls=("T-001",))])

    assert caught.value.exit_code == 4
    assert caught.value.hint


def test_a_refused_connection_is_tried_again_and_then_an_error(document: Callable[..., Any]) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"
        begun = time.monotonic()
        with RemoteEngine(Remote(url), BUNDLE) as engine, pytest.raises(EngineError, match="cannot be reached"):
            engine.decide([document()])

    assert time.monotonic() - begun > 0.25


@pytest.mark.parametrize("family", ["unix", "http"])
def test_a_server_that_accepts_and_never_answers_is_an_error_in_time(
    document: Callable[..., Any], runtime: Path, family: str
) -> None:
    with closing(socket.socket(socket.AF_UNIX if family == "unix" else socket.AF_INET)) as silent:
        silent.bind(str(runtime / "s") if family == "unix" else ("127.0.0.1", 0))
        silent.listen()
        url = f"unix://{runtime / 's'}" if family == "unix" else f"http://127.0.0.1:{silent.getsockname()[1]}"
        begun = time.monotonic()
        with (
            RemoteEngine(Remote(url), BUNDLE, timeout=0.5) as engine,
            pytest.raises(EngineError, match=r"gave no answer within 0\.5 s"),
        ):
            engine.decide([document()])

    assert time.monotonic() - begun < 2


def test_a_managed_opa_with_another_revision_than_named_is_an_error(
    opa: Binary, build: Callable[..., Any], document: Callable[..., Any]
) -> None:
    archive, bundle = build("r1")
    with (
        ManagedEngine(opa, archive, replace(bundle, revision="r2")) as engine,
        pytest.raises(EngineError, match="bundle revision r1, not r2"),
    ):
        engine.decide([document()])


def test_an_archive_that_changed_is_refused_and_no_opa_stays(
    pinned_opa: Binary, build: Callable[..., Any], running: Callable[[], list[int]]
) -> None:
    archive, bundle = build()
    archive.write_bytes(archive.read_bytes() + b"\0")
    with pytest.raises(EngineError, match="not the expected one"):
        ManagedEngine(pinned_opa, archive, bundle)

    assert running() == []


def test_a_missing_archive_is_an_error(pinned_opa: Binary, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="cannot be read: No such file"):
        ManagedEngine(pinned_opa, tmp_path / "none.tar.gz", BUNDLE)


def test_an_opa_that_dies_at_its_start_is_quoted(opa: Binary, build: Callable[..., Any]) -> None:
    archive, bundle = build("r1", {"policyctl/main/broken.rego": "package policyctl.main\n\nallow if {"})
    with (
        ManagedEngine(opa, archive, bundle) as engine,
        pytest.raises(EngineError, match=r"(?s)ended with exit code 1: .*broken\.rego:3.*unexpected eof"),
    ):
        engine.decide([])


def test_an_archive_that_is_none_is_quoted(pinned_opa: Binary, tmp_path: Path) -> None:
    archive = tmp_path / "not.tar.gz"
    archive.write_text("not an archive")
    bundle = BundleIdentity("policyctl", "r1", hashlib.sha256(archive.read_bytes()).hexdigest())
    with ManagedEngine(pinned_opa, archive, bundle) as engine, pytest.raises(EngineError, match="gzip"):
        engine.decide([])


def test_a_bundle_that_claims_the_rules_of_access_does_not_start(opa: Binary, build: Callable[..., Any]) -> None:
    manifest = '{"revision":"r1","roots":["policyctl","system"],"rego_version":1}'
    archive, bundle = build("r1", {".manifest": manifest})
    with ManagedEngine(opa, archive, bundle) as engine, pytest.raises(EngineError, match="overlapping roots"):
        engine.decide([])


def test_an_opa_that_cannot_be_started_is_an_error(pinned_opa: Binary, build: Callable[..., Any]) -> None:
    missing = replace(pinned_opa, path="/nowhere/opa")
    with ManagedEngine(missing, *build()) as engine, pytest.raises(EngineError, match="exit code 127"):
        engine.decide([])


@pytest.mark.parametrize(
    ("status", "body"),
    [(200, said([good_answer()])), (200, said([good_answer()], revision="r0")), (500, b'{"code":"internal_error"}')],
)
def test_a_port_that_somebody_took_is_an_error(
    opa: Binary,
    build: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    server: Callable[..., str],
    status: int,
    body: bytes,
) -> None:
    """Somebody else answers there, that all is well or not: the engine believes neither his health nor his answers."""
    port = int(server(status, body).rsplit(":", 1)[1])
    monkeypatch.setattr(managed, "_free_port", lambda: port)
    with ManagedEngine(opa, *build(), on_port=True) as engine, pytest.raises(EngineError):
        engine.decide([])


def test_an_opa_killed_in_the_middle_of_a_batch_is_an_error(
    opa: Binary, build: Callable[..., Any], document: Callable[..., Any], running: Callable[[], list[int]]
) -> None:
    with ManagedEngine(opa, *build()) as engine:
        engine.decide([])
        (process, *_) = running()
        killer = threading.Timer(0.4, os.kill, [process, signal.SIGKILL])
        killer.start()
        with pytest.raises(EngineError, match="was ended by signal 9") as caught:
            engine.decide([document(number, controls=("T-005",), rounds=100_000) for number in range(300)])
        killer.join()

    assert "memory" in caught.value.hint


@pytest.mark.parametrize("ready", [True, False])
def test_an_opa_that_hangs_is_an_error_in_time(
    opa: Binary,
    build: Callable[..., Any],
    running: Callable[[], list[int]],
    stop: Callable[[int], None],
    ready: bool,
) -> None:
    with ManagedEngine(opa, *build(), timeout=1, startup_timeout=1) as engine:
        if ready:
            engine.decide([])
        (process, *_) = running()
        stop(process)
        begun = time.monotonic()
        with pytest.raises(EngineError, match="within 1 s"):
            engine.decide([])

        assert time.monotonic() - begun < 3


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        (b"220 mail.example.com ESMTP\r\n\r\n", "does not speak HTTP"),
        (b"HTTP/1.1 OK\r\n\r\n", "does not speak HTTP"),
        (b"", "closed the connection before its answer was complete"),
        (b"HTTP/1.0 200 OK\r\nContent-Ty", "closed the connection before"),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 50\r\n\r\n{}", "closed the connection before"),
        (b"HTTP/1.0 200 OK\r\nContent-Length: many\r\n\r\n{}", "closed the connection before"),
        (b'HTTP/1.0 200 OK\r\n\r\n{"result": [{"outcome": "allow"', "not JSON"),
    ],
)
def test_an_answer_that_is_broken_off_is_an_error(
    document: Callable[..., Any], runtime: Path, sent: bytes, message: str
) -> None:
    def answer(listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                connection, _ = listening.accept()
                with connection:
                    connection.recv(100_000)
                    connection.sendall(sent)

    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(runtime / "s"))
        listening.listen()
        listening.settimeout(1)
        talker = threading.Thread(target=answer, args=[listening])
        talker.start()
        with (
            RemoteEngine(Remote(f"unix://{runtime / 's'}"), BUNDLE, timeout=5) as engine,
            pytest.raises(EngineError, match=message),
        ):
            engine.decide([document()])
        talker.join()


def test_an_answer_that_never_ends_is_an_error_in_time(document: Callable[..., Any], runtime: Path) -> None:
    def trickle(listening: socket.socket) -> None:
        connection, _ = listening.accept()
        with connection, suppress(OSError):
            connection.recv(100_000)
            connection.sendall(b"HTTP/1.0 200 OK\r\n\r\n")
            while True:
                connection.sendall(b" ")
                time.sleep(0.01)

    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(runtime / "s"))
        listening.listen()
        talker = threading.Thread(target=trickle, args=[listening])
        talker.start()
        with (
            RemoteEngine(Remote(f"unix://{runtime / 's'}"), BUNDLE, timeout=0.5) as engine,
            pytest.raises(EngineError, match="within"),
        ):
            engine.decide([document()])
        talker.join()
