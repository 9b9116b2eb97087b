"""What is asked again of an API server that is busy."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml

from policyctl.admission.cluster.api import Api, ApiError


class Busy(ThreadingHTTPServer):
    """An API server that is busy as often as it is told."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.times, self.asked = 0, 0


class Handler(BaseHTTPRequestHandler):
    server: Busy

    def do_GET(self) -> None:
        self.server.asked += 1
        busy = self.server.asked <= self.server.times
        body = b'{"message": "storage is (re)initializing"}' if busy else b'{"kind": "APIGroupList"}'
        self.send_response(429 if busy else 200)
        if busy:
            self.send_header("Retry-After", "0")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def busy() -> Iterator[Busy]:
    server = Busy()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def api(busy: Busy, tmp_path: Path) -> Iterator[Api]:
    """A client of it."""
    config = {
        "clusters": [{"name": "test", "cluster": {"server": f"http://127.0.0.1:{busy.server_port}"}}],
        "users": [{"name": "admin", "user": {}}],
        "contexts": [{"name": "test", "context": {"cluster": "test", "user": "admin"}}],
        "current-context": "test",
    }
    (tmp_path / "kubeconfig").write_text(yaml.safe_dump(config))
    made = Api(str(tmp_path / "kubeconfig"))
    yield made
    made.close()


def test_it_is_asked_again(busy: Busy, api: Api) -> None:
    busy.times = 3

    assert api.get("/apis", {}) == {"kind": "APIGroupList"}
    assert busy.asked == 4


def test_one_that_stays_busy_is_given_up(busy: Busy, api: Api) -> None:
    busy.times = 100

    with pytest.raises(ApiError, match="storage is") as raised:
        api.get("/apis", {})
    assert raised.value.status == 429
    assert busy.asked == 6
