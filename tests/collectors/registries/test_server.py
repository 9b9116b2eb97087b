"""One server over HTTP: what it may answer, and what is never done for it."""

from __future__ import annotations

import base64
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from policyctl.collectors.registries.access import Access
from policyctl.collectors.registries.server import Missing, Refused, Server, SourceError
from policyctl.model.errors import InputError, UsageError

BASE = "https://mlflow.example.com/tracking"


def server(
    answer: Callable[[httpx.Request], httpx.Response], slept: list[float] | None = None, **access: object
) -> Server:
    told: dict[str, object] = {"url": BASE, **access}
    return Server(
        Access(**told), transport=httpx.MockTransport(answer), sleep=(slept if slept is not None else []).append
    )


def answers(*responses: httpx.Response) -> tuple[Callable[[httpx.Request], httpx.Response], list[httpx.Request]]:
    """The responses one after the other, the last one for ever; and the requests that came."""
    came: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        came.append(request)
        given = responses[min(len(came), len(responses)) - 1]
        return httpx.Response(given.status_code, headers=given.headers, content=given.content)

    return answer, came


OK = httpx.Response(200, json={"run": 1})


def test_an_answer_has_the_digest_of_its_bytes_and_its_time() -> None:
    answer, came = answers(httpx.Response(200, content=b'{"a": 1}'))

    got = server(answer).get("runs/get", {"run_id": "a b"})

    assert got.value == {"a": 1}
    assert (
        got.stamp.sha256 == "f9d86028c6e0d64e225186f96acb69338b2c59764df79162107f5c4bb34d1310"
    )  # printf '{"a": 1}' | sha256sum
    assert got.stamp.time.endswith("Z")
    assert str(came[0].url) == f"{BASE}/runs/get?run_id=a+b"


@pytest.mark.parametrize(
    ("status", "kind"), [(401, Refused), (403, Refused), (404, Missing), (400, SourceError), (418, SourceError)]
)
def test_what_the_server_says_no_to_is_not_asked_again(status: int, kind: type[SourceError]) -> None:
    answer, came = answers(httpx.Response(status))

    with pytest.raises(kind) as caught:
        server(answer).get("runs/get")

    assert len(came) == 1
    assert caught.value.hint


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again(status: int) -> None:
    answer, came = answers(httpx.Response(status), httpx.Response(status), OK)
    slept: list[float] = []

    assert server(answer, slept).get("runs/get").value == {"run": 1}
    assert len(came) == 3
    assert slept == [0.25, 0.5]


def test_the_server_says_how_long_to_wait() -> None:
    answer, _ = answers(httpx.Response(429, headers={"Retry-After": "7"}), OK)
    slept: list[float] = []

    server(answer, slept).get("runs/get")

    assert slept == [7]


@pytest.mark.parametrize("header", ["61", "Fri, 31 Dec 2100 23:59:59 GMT"])
def test_a_server_that_wishes_for_more_patience_than_there_is_is_an_error_at_once(header: str) -> None:
    answer, came = answers(httpx.Response(429, headers={"Retry-After": header}), OK)
    slept: list[float] = []

    with pytest.raises(SourceError):
        server(answer, slept).get("runs/get")
    assert (len(came), slept) == (1, [])


def test_patience_is_for_the_whole_run_and_ends() -> None:
    answer, came = answers(httpx.Response(503, headers={"Retry-After": "0"}))
    slept: list[float] = []
    asked = server(answer, slept, wait=2)

    for _ in range(2):
        with pytest.raises(SourceError):
            asked.get("runs/get")

    assert len(came) == 10  # nine tries until two seconds are spent, and one for the second question


def test_a_redirect_within_the_server_is_followed() -> None:
    answer, came = answers(httpx.Response(307, headers={"Location": "/tracking/v2/runs/get"}), OK)

    assert server(answer, token="t").get("runs/get").value == {"run": 1}
    assert came[1].headers["Authorization"] == "Bearer t"


@pytest.mark.parametrize(
    "location",
    [
        "https://evil.example.com/runs/get",
        "http://mlflow.example.com/x",
        "https://mlflow.example.com:8443/x",
        "//169.254.169.254/x",
    ],
)
def test_a_redirect_to_another_server_is_refused(location: str) -> None:
    answer, came = answers(httpx.Response(302, headers={"Location": location}), OK)

    with pytest.raises(SourceError, match="nobody configured"):
        server(answer, token="t").get("runs/get")
    assert len(came) == 1


def test_redirects_end() -> None:
    answer, came = answers(httpx.Response(307, headers={"Location": "/tracking/again"}))

    with pytest.raises(SourceError, match="again and again"):
        server(answer).get("runs/get")
    assert len(came) == 3


@pytest.mark.parametrize("content", [b"", b"<html>", b'{"a": 1', b'{"a": 1}{"b": 2}', b"\xff\xfe\x00"])
def test_what_is_no_json_is_an_error(content: bytes) -> None:
    answer, _ = answers(httpx.Response(200, content=content))

    with pytest.raises(InputError) as caught:
        server(answer).get("runs/get")
    assert "https://mlflow.example.com/tracking/runs/get" in caught.value.message


def test_more_than_is_taken_in_is_an_error() -> None:
    answer, _ = answers(httpx.Response(200, content=b"x" * 1025))

    assert len(server(answer).content("file", longest=1025)) == 1025
    with pytest.raises(SourceError, match="more than"):
        server(answer).content("file", longest=1024)


@pytest.mark.parametrize(
    "url", ["", "mlflow.example.com", "ftp://mlflow.example.com", "file:///srv", "databricks", "https://"]
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(UsageError):
        Access(url)


@pytest.mark.parametrize("credentials", [{"token": "t"}, {"user": "ada", "password": "p"}])
def test_credentials_go_out_over_tls_or_on_this_machine_alone(credentials: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="plain text"):
        Access("http://mlflow.example.com", **credentials)

    Access("http://127.0.0.1:5000", **credentials)
    Access("http://localhost:5000", **credentials)


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(UsageError) as caught:
        Access("https://ada:correct-horse@mlflow.example.com")
    assert "correct-horse" not in caught.value.message + caught.value.hint


def test_credentials_are_not_shown() -> None:
    assert "correct-horse" not in repr(Access(BASE, token="correct-horse", password="correct-horse"))


def test_netrc_is_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".netrc").write_text("machine mlflow.example.com login ada password correct-horse\n")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    answer, came = answers(OK)

    server(answer).get("runs/get")
    server(answer, url="http://mlflow.example.com").get("runs/get")

    assert came[0].headers["Authorization"] == "Basic " + base64.b64encode(b"ada:correct-horse").decode()
    assert "Authorization" not in came[1].headers


@pytest.mark.parametrize("name", ["ca_file", "client_certificate"])
def test_a_certificate_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    file = tmp_path / "ca.pem"
    file.write_text("no certificate")

    with pytest.raises(UsageError, match=r"ca\.pem"):
        Server(Access(BASE, **{name: str(file)}))


@contextmanager
def speaking(*pieces: bytes) -> Iterator[str]:
    """A server that says this to everybody, whatever is asked, and hangs up."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.recv(65536)
            for piece in pieces:
                self.request.sendall(piece)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_address[1]}"
        listening.shutdown()


def test_half_an_answer_is_an_error() -> None:
    with (
        speaking(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", b'{"run": ') as url,
        Server(Access(url, wait=0)) as asked,
        pytest.raises(SourceError, match="broke off"),
    ):
        asked.get("runs/get")


def test_a_server_that_hangs_up_is_an_error() -> None:
    with speaking() as url, Server(Access(url, wait=0)) as asked, pytest.raises(SourceError, match="cannot be reached"):
        asked.get("runs/get")


def test_a_server_that_is_not_there_is_an_error() -> None:
    with Server(Access("http://127.0.0.1:1", wait=0)) as asked, pytest.raises(SourceError, match="cannot be reached"):
        asked.get("runs/get")


def test_a_server_that_says_nothing_is_an_error() -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with Server(Access(url, timeout=0.2, wait=0)) as asked, pytest.raises(SourceError, match="no answer in time"):
            asked.get("runs/get")
