"""Who may speak with the server, by which certificate, and what becomes of clients that are slow."""

from __future__ import annotations

import http.client
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import pytest
from cryptography import x509

from tests.admission.harm import PATIENCE, asking, denied, until
from tests.admission.serving import Serving, answer_of

HEAD = b"POST /v1/admit?timeout=2s HTTP/1.1\r\nHost: policyctl\r\nContent-Type: application/json\r\n"


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server that asks for no certificate."""
    with _started(Serving(tmp_path_factory.mktemp("serving"))) as started:
        yield started


@contextmanager
def _started(serving: Serving) -> Iterator[Serving]:
    try:
        yield serving.start()
    finally:
        serving.close()
    assert "Traceback" not in serving.log()


def _serial(serving: Serving, certificate: str = "") -> int:
    """The number of the certificate that a new connection is shown."""
    with closing(serving.connected(certificate)) as connection:
        assert isinstance(connection.sock, ssl.SSLSocket)
        shown = connection.sock.getpeercert(binary_form=True)
    assert shown
    return x509.load_der_x509_certificate(shown).serial_number


def _shows(serving: Serving, serial: int) -> bool:
    return _serial(serving) == serial


def test_a_certificate_renewed_on_disk_is_served_and_no_request_fails(tmp_path: Path) -> None:
    with _started(Serving(tmp_path)) as serving, closing(serving.connected()) as standing:
        with asking(serving, 2) as answers:
            for _ in range(2):
                until(partial(_shows, serving, serving.authority.issue("server")), "the earlier one goes on to serve")
        standing.request("POST", "/v1/admit", denied(), {"Content-Type": "application/json"})
        answers.append(answer_of(standing))

    assert {answer.status for answer in answers} == {200}


@pytest.mark.parametrize("written", ["a key", "a certificate", "half a certificate", "nothing"])
def test_a_certificate_that_is_not_written_yet_leaves_the_earlier_one(tmp_path: Path, written: str) -> None:
    with _started(Serving(tmp_path)) as serving:
        before, later = _serial(serving), serving.authority.issue("later")
        chain, key = ((tmp_path / f"later.{suffix}").read_bytes() for suffix in ("crt", "key"))
        if written == "nothing":
            (tmp_path / "server.crt").unlink()
        if written in ("a key", "half a certificate"):
            (tmp_path / "server.key").write_bytes(key)
        if written in ("a certificate", "half a certificate"):
            (tmp_path / "server.crt").write_bytes(chain[: len(chain) // 2] if "half" in written else chain)
        until(lambda: "the earlier certificate goes on to serve" in serving.log(), "nobody looks at the files")

        assert _serial(serving) == before
        assert serving.post(denied()).status == 200
        (tmp_path / "server.crt").write_bytes(chain)
        (tmp_path / "server.key").write_bytes(key)
        until(partial(_shows, serving, later), serving.log())


@pytest.fixture(scope="module")
def choosy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server that answers the clients of its CA only."""
    folder = tmp_path_factory.mktemp("choosy")
    made = Serving(folder, "--client-ca", str(folder / "ca.crt"))
    made.authority.issue("client")
    with _started(made) as started:
        yield started


def test_a_client_of_the_ca_is_answered_before_and_after_a_renewal(choosy: Serving) -> None:
    assert choosy.post(denied(), certificate="client").status == 200
    later = choosy.authority.issue("server")
    until(lambda: _serial(choosy, "client") == later, "the earlier one goes on to serve")
    assert choosy.post(denied(), certificate="client").status == 200
    with pytest.raises((ssl.SSLError, ConnectionError, http.client.RemoteDisconnected)):
        choosy.post(denied())


def test_a_client_without_a_certificate_is_refused_in_the_handshake(choosy: Serving) -> None:
    context = ssl.create_default_context(cafile=str(choosy.authority.file))
    context.maximum_version = ssl.TLSVersion.TLSv1_2  # whose handshake is not over before the server has its say
    with (
        socket.create_connection(("127.0.0.1", choosy.port), PATIENCE) as plain,
        pytest.raises((ssl.SSLError, ConnectionError)),
    ):
        context.wrap_socket(plain, server_hostname="127.0.0.1")


def test_a_client_of_another_ca_is_refused(choosy: Serving, serving: Serving) -> None:
    serving.authority.issue("stranger")
    for suffix in ("crt", "key"):
        (choosy.folder / f"stranger.{suffix}").write_bytes((serving.folder / f"stranger.{suffix}").read_bytes())
    with pytest.raises((ssl.SSLError, ConnectionError, http.client.RemoteDisconnected)):
        choosy.post(denied(), certificate="stranger")


def test_kubelets_ask_for_the_status_without_a_certificate_and_for_nothing_else(choosy: Serving) -> None:
    assert choosy.status("/readyz").status == 200
    assert choosy.status("/v1/admit").status == 404


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1:DeprecationWarning")
@pytest.mark.parametrize("version", ["TLSv1", "TLSv1_1", "TLSv1_2", "TLSv1_3"])
def test_tls_1_2_and_later_is_spoken(serving: Serving, version: str) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(serving.authority.file)
    context.set_ciphers("ALL:@SECLEVEL=0")  # else the client itself would not speak the older ones
    context.minimum_version = context.maximum_version = ssl.TLSVersion[version]
    with socket.create_connection(("127.0.0.1", serving.port), PATIENCE) as plain:
        if version in ("TLSv1_2", "TLSv1_3"):
            with context.wrap_socket(plain, server_hostname="127.0.0.1") as spoken:
                assert spoken.version() == version.replace("_", ".")
        else:
            with pytest.raises(ssl.SSLError, match=r"alert protocol version|EOF occurred"):
                context.wrap_socket(plain, server_hostname="127.0.0.1")


def _refused(serving: Serving, *options: str) -> str:
    """What the server says that does not start."""
    line = [sys.executable, "-m", "policyctl", "admission", "serve", "--ledger", str(serving.ledger), *options]
    ran = subprocess.run(line, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "Traceback" not in ran.stderr
    assert "fix:" in ran.stderr
    return ran.stderr


def _pair(serving: Serving, chain: str = "server.crt", key: str = "server.key") -> Sequence[str]:
    return "--cert", str(serving.folder / chain), "--key", str(serving.folder / key)


def test_a_key_of_another_certificate_is_no_start(serving: Serving) -> None:
    serving.authority.issue("other")
    assert "do not serve as certificate and key" in _refused(serving, *_pair(serving, key="other.key"))


@pytest.mark.parametrize(
    "pair", [("absent.crt", "server.key"), ("server.crt", "absent.key"), ("serve.log", "server.key")]
)
def test_a_file_that_is_none_is_no_start(serving: Serving, pair: tuple[str, str]) -> None:
    assert "do not serve as certificate and key" in _refused(serving, *_pair(serving, *pair))


@pytest.mark.parametrize("name", ["absent.crt", "serve.log"])
def test_a_ca_of_clients_that_is_none_is_no_start(serving: Serving, name: str) -> None:
    assert "does not serve as a CA" in _refused(serving, *_pair(serving), "--client-ca", str(serving.folder / name))


@pytest.mark.parametrize("option", ["--listen", "--status-listen"])
def test_an_address_that_is_taken_is_no_start(serving: Serving, option: str) -> None:
    taken = f"127.0.0.1:{serving.port}"
    free = ["--listen", "127.0.0.1:0"] if option != "--listen" else []
    assert f"cannot listen at {taken}" in _refused(serving, *_pair(serving), option, taken, *free)


@pytest.mark.parametrize("host", ["no-such-host.invalid", "203.0.113.1"])
def test_an_address_of_somebody_else_is_no_start(serving: Serving, host: str) -> None:
    assert f"cannot listen at {host}:9" in _refused(serving, *_pair(serving), "--listen", f"{host}:9")


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(HEAD + b"Content-Length: 4000\r\n\r\n" + denied()[:1000], id="half a body"),
        pytest.param(HEAD + b"Content-Length: 4000\r\n", id="half a head"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_a_client_that_stops_in_the_middle_is_not_waited_for(serving: Serving, said: bytes) -> None:
    with closing(serving.connected()) as slow:
        slow.sock.settimeout(PATIENCE)
        slow.sock.sendall(said)
        assert serving.post(denied()).status == 200
        answered = b"".join(iter(lambda: slow.sock.recv(4096), b""))

    assert answered[:12] in (b"", b"HTTP/1.1 504", b"HTTP/1.1 408")


def test_a_body_that_comes_in_drops_is_not_waited_for(serving: Serving) -> None:
    with closing(serving.connected()) as slow:
        slow.sock.sendall(HEAD + b"Content-Length: 4000\r\n\r\n")
        assert _hung_up(slow.sock, (b" " for _ in range(600)), pause=0.1)


def test_a_head_without_end_is_not_kept(serving: Serving) -> None:
    with closing(serving.connected()) as endless:
        endless.sock.sendall(HEAD)
        assert _hung_up(endless.sock, (b"X-%d: %s\r\n" % (number, b"x" * 60_000) for number in range(500)))


def test_an_answer_is_heard_by_a_client_that_still_sends(serving: Serving) -> None:
    assert serving.post(b" " * 9 * 1024 * 1024).status == 413


def test_a_connection_goes_on_to_serve_one_request_after_the_other(serving: Serving) -> None:
    with closing(serving.connected()) as connection:
        for _ in range(3):
            connection.request("POST", "/v1/admit", denied(), {"Content-Type": "application/json"})
            answered = connection.getresponse()
            assert (answered.status, bool(answered.read())) == (200, True)
            time.sleep(4)  # together longer than a head may take


def _hung_up(sock: socket.socket, pieces: Iterable[bytes], pause: float = 0) -> bool:
    """Whether the server ends the connection while it is sent these."""
    sock.settimeout(PATIENCE)
    try:
        for piece in pieces:
            sock.sendall(piece)
            time.sleep(pause)
    except (ssl.SSLError, ConnectionError):
        return True
    return False
