"""A remote OPA, as its operator would run it: over HTTP, TLS with tokens and certificates, or a socket."""

from __future__ import annotations

import datetime
import functools
import ipaddress
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from policyctl.engines.binary import Binary
from policyctl.engines.isolation import decide_isolated
from policyctl.engines.open import open_engine
from policyctl.engines.remote import Remote, RemoteEngine
from policyctl.model.errors import EngineError, EvaluationError, UsageError

TOKEN = "let-me-in-please"
AUTHZ = f"""package system.authz

default allow := false

allow if input.identity == "{TOKEN}"
"""


@dataclass(frozen=True)
class Certificate:
    """A certificate and its key, as PEM files."""

    file: str
    key: str


def _issue(folder: Path, name: str, issuer: Any = None) -> tuple[Certificate, Any]:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer_name, issuer_key = issuer or (subject, key)
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer_name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(issuer_key, hashes.SHA256())
    )
    file, key_file = folder / f"{name}.pem", folder / f"{name}.key"
    file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return Certificate(str(file), str(key_file)), (subject, key)


Serve = Callable[..., str]


@pytest.fixture
def serve(opa: Binary, tmp_path: Path, runtime: Path) -> Iterator[Serve]:
    """Runs an OPA with options of its own; gives its address without a scheme: host and port, or a path."""
    processes: list[subprocess.Popen[bytes]] = []

    def start(*options: str, by_socket: bool = False) -> str:
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            address = str(runtime / "r") if by_socket else f"127.0.0.1:{probe.getsockname()[1]}"
        listen = f"unix://{address}" if by_socket else address
        line = [opa.path, "run", "--server", "--addr", listen, "--log-level", "error", "--skip-version-check", *options]
        processes.append(subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            with closing(socket.socket(socket.AF_UNIX if by_socket else socket.AF_INET)) as probe:
                host, _, port = address.partition(":")
                if probe.connect_ex(address if by_socket else (host, int(port))) == 0:
                    return address
            time.sleep(0.01)
        raise AssertionError("OPA did not start")

    yield start
    for process in processes:
        process.kill()
        process.wait()


def test_an_opa_with_the_bundle_decides(
    serve: Serve, opa: Binary, build: Callable[..., Any], document: Callable[..., Any]
) -> None:
    archive, bundle = build()
    with RemoteEngine(Remote(f"http://{serve('--bundle', str(archive))}"), bundle) as engine:
        answers = engine.decide([document(number, owner="ml" if number % 2 else "") for number in range(250)])
        identity = engine.identity()

    assert [answer["outcome"] for answer in answers] == ["deny", "allow"] * 125
    assert (identity.kind, identity.version, identity.sha256, identity.trust) == ("remote", opa.version, "", "asserted")


def test_the_identity_is_asked_for_when_nothing_was_yet(serve: Serve, opa: Binary, build: Callable[..., Any]) -> None:
    archive, bundle = build()
    with RemoteEngine(Remote(f"http://{serve('--bundle', str(archive))}"), bundle) as engine:
        assert engine.identity().version == opa.version


def test_an_opa_killed_in_the_middle_of_a_batch_is_an_error(
    serve: Serve, build: Callable[..., Any], document: Callable[..., Any]
) -> None:
    archive, bundle = build()
    address = serve("--bundle", str(archive))
    lines = subprocess.run(["ps", "-axwwo", "pid=,command="], capture_output=True, text=True, check=True).stdout
    (process,) = [int(line.split()[0]) for line in lines.splitlines() if f"--addr {address}" in line]
    with RemoteEngine(Remote(f"http://{address}"), bundle) as engine:
        engine.decide([])
        killer = threading.Timer(0.4, os.kill, [process, signal.SIGKILL])
        killer.start()
        with pytest.raises(EngineError, match="cannot be reached") as caught:
            engine.decide([document(number, controls=("T-005",), rounds=100_000) for number in range(300)])
        killer.join()

    assert caught.value.exit_code == 4
    assert "running at that address" in caught.value.hint


def test_an_opa_with_another_revision_is_not_believed(
    serve: Serve, build: Callable[..., Any], document: Callable[..., Any]
) -> None:
    old, _ = build("r1")
    _, new = build("r2")
    with (
        RemoteEngine(Remote(f"http://{serve('--bundle', str(old))}"), new) as engine,
        pytest.raises(EngineError, match=r"another revision than r2: it has .*r1$"),
    ):
        engine.decide([document()])


def test_an_opa_without_bundles_is_not_believed(serve: Serve, build: Callable[..., Any]) -> None:
    _, bundle = build()
    with (
        RemoteEngine(Remote(f"http://{serve()}"), bundle) as engine,
        pytest.raises(EngineError, match="no bundle that it names"),
    ):
        engine.decide([])


def test_errors_are_isolated_where_opa_pulled_the_bundle_from_a_server(
    serve: Serve, build: Callable[..., Any], document: Callable[..., Any], tmp_path: Path
) -> None:
    archive, bundle = build()

    class Files(SimpleHTTPRequestHandler):
        def log_message(self, *arguments: Any) -> None:
            """Say nothing."""

    files = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Files, directory=str(archive.parent)))
    threading.Thread(target=files.serve_forever, args=[0.02], daemon=True).start()
    options = [
        f"services.files.url=http://127.0.0.1:{files.server_address[1]}",
        "bundles.policyctl.service=files",
        f"bundles.policyctl.resource={archive.name}",
    ]
    address = serve(*(part for option in options for part in ("--set", option)))
    with RemoteEngine(Remote(f"http://{address}"), bundle) as engine:
        _await_bundle(engine)
        with pytest.raises(EvaluationError) as caught:
            engine.decide([document(1, deadline="tomorrow")])
        named = {"policyctl/controls/test/deadline/deadline.rego": "T-001"}
        decided = decide_isolated(engine, [document(1, deadline="tomorrow"), document(2)], named.get)
    files.shutdown()
    files.server_close()

    assert caught.value.files[0] == "policyctl/controls/test/deadline/deadline.rego"
    assert [list(one.answer["undetermined"]) for one in decided] == [["T-001"], []]


def _await_bundle(engine: RemoteEngine) -> None:
    deadline = time.monotonic() + 10
    while True:
        try:
            engine.decide([])
            return
        except EngineError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def test_a_token_goes_over_tls_to_an_authority_that_was_named(
    serve: Serve, build: Callable[..., Any], document: Callable[..., Any], tmp_path: Path
) -> None:
    archive, bundle = build()
    authority, issuer = _issue(tmp_path, "authority")
    server, _ = _issue(tmp_path, "server", issuer)
    stranger, _ = _issue(tmp_path, "stranger")
    address = serve(
        *("--tls-cert-file", server.file, "--tls-private-key-file", server.key),
        *("--authentication", "token", "--authorization", "basic"),
        *("--bundle", str(archive), str(_as_bundle(tmp_path))),
    )
    url = f"https://{address}"

    with RemoteEngine(Remote(url, TOKEN, authority.file), bundle) as engine:
        assert engine.decide([document()])[0]["outcome"] == "allow"
    with (
        RemoteEngine(Remote(url, "wrong", authority.file), bundle) as engine,
        pytest.raises(EngineError, match="answered 401") as caught,
    ):
        engine.decide([document()])
    assert "token" in caught.value.hint
    for remote in (Remote(url, TOKEN), Remote(url, TOKEN, stranger.file)):
        with RemoteEngine(remote, bundle) as engine, pytest.raises(EngineError, match="does not prove who it is"):
            engine.decide([document()])


def _as_bundle(folder: Path) -> Path:
    rules = folder / "rules"
    rules.mkdir()
    (rules / ".manifest").write_text('{"revision":"a1","roots":["system/authz"],"rego_version":1}')
    (rules / "authz.rego").write_text(AUTHZ)
    return rules


def test_a_client_certificate_lets_in(
    serve: Serve, build: Callable[..., Any], document: Callable[..., Any], tmp_path: Path
) -> None:
    archive, bundle = build()
    authority, issuer = _issue(tmp_path, "authority")
    server, _ = _issue(tmp_path, "server", issuer)
    client, _ = _issue(tmp_path, "client", issuer)
    address = serve(
        *("--tls-cert-file", server.file, "--tls-private-key-file", server.key),
        *("--tls-ca-cert-file", authority.file, "--authentication", "tls"),
        *("--bundle", str(archive)),
    )
    known = Remote(f"https://{address}", ca_file=authority.file, certificate=client.file, key=client.key)
    unknown = Remote(f"https://{address}", ca_file=authority.file)

    with RemoteEngine(known, bundle) as engine:
        assert engine.decide([document()])[0]["outcome"] == "allow"
    with RemoteEngine(unknown, bundle) as engine, pytest.raises(EngineError):
        engine.decide([document()])


def test_a_token_goes_over_a_socket(
    serve: Serve, build: Callable[..., Any], document: Callable[..., Any], tmp_path: Path
) -> None:
    archive, bundle = build()
    path = serve(
        *("--authentication", "token", "--authorization", "basic", "--bundle", str(archive)),
        str(_as_bundle(tmp_path)),
        by_socket=True,
    )
    with open_engine(archive, bundle, print, remote=Remote(f"unix://{path}", TOKEN)) as engine:
        assert engine.decide([document()])[0]["outcome"] == "allow"
        assert engine.identity().trust == "asserted"


def test_a_path_before_the_api_is_kept(serve: Serve, build: Callable[..., Any], document: Callable[..., Any]) -> None:
    """OPA knows nothing under that path: the question arrived there."""
    archive, bundle = build()
    with (
        RemoteEngine(Remote(f"http://{serve('--bundle', str(archive))}/behind/a/gateway"), bundle) as engine,
        pytest.raises(EngineError, match="answered 404"),
    ):
        engine.decide([document()])


def test_credentials_and_authorities_that_nobody_named_are_not_used(
    serve: Serve, build: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """requests would otherwise let ~/.netrc replace the token, and REQUESTS_CA_BUNDLE the authority."""
    archive, bundle = build()
    authority, issuer = _issue(tmp_path, "authority")
    server, _ = _issue(tmp_path, "server", issuer)
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login somebody password secret\n")
    (tmp_path / "netrc").chmod(0o600)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "none.pem"))
    address = serve(
        *("--tls-cert-file", server.file, "--tls-private-key-file", server.key),
        *("--authentication", "token", "--authorization", "basic"),
        *("--bundle", str(archive), str(_as_bundle(tmp_path))),
    )
    with RemoteEngine(Remote(f"https://{address}", TOKEN, authority.file), bundle) as engine:
        assert engine.decide([]) == []


@pytest.mark.parametrize(
    ("remote", "message"),
    [
        (Remote("http://opa.example:8181", "t"), "a token is not sent .* unencrypted"),
        (Remote("http://127.0.0.1:8181", "t"), "a token is not sent .* unencrypted"),
        (Remote("https://user:pass@opa.example"), "holds credentials"),
        (Remote("https://opa.example", "two\nlines"), "characters that no token has"),
        (Remote("opa.example:8181"), "is not the URL of an OPA"),
        (Remote("ftp://opa.example"), "is not the URL of an OPA"),
        (Remote("https://"), "is not the URL of an OPA"),
        (Remote("https://opa.example:0"), "is not the URL of an OPA"),
        (Remote("https://opa.example:http"), "is not the URL of an OPA"),
        (Remote("https://opa.example?x=1"), "is not the URL of an OPA"),
        (Remote("https://[::1"), "is not the URL of an OPA"),
        (Remote("unix://"), "is not the URL of an OPA"),
        (Remote("unix://relative/path"), "is not the URL of an OPA"),
        (Remote("https://opa.example", ca_file="/nowhere/ca.pem"), "no certificate or key /nowhere/ca.pem"),
        (Remote("http://opa.example", ca_file="/nowhere/ca.pem"), "no use for certificates"),
    ],
)
def test_what_cannot_be_used_is_said_before_asking(build: Callable[..., Any], remote: Remote, message: str) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        RemoteEngine(remote, build()[1])

    assert caught.value.exit_code == 2


def test_a_token_is_in_no_representation() -> None:
    assert "secret" not in repr(Remote("https://opa.example", "secret"))
