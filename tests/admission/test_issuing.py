"""The certificate that the server makes for itself."""

from __future__ import annotations

import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from policyctl.admission.issuing import DAYS, Issued, issue, serves, utc_now, valid

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
HOSTS = ("policyctl.policyctl.svc", "127.0.0.1")


def handshake(issued: Issued, host: str, folder: Path) -> str:
    """The TLS version that a client speaks who believes this CA and asks for this host. Raises SSLError as it would."""
    for name, content in (("chain", issued.chain), ("key", issued.key)):
        (folder / name).write_bytes(content)
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(folder / "chain", folder / "key")
    client = ssl.create_default_context(cadata=issued.ca.decode())
    here, there = socket.socketpair()
    with here, there:
        answering = threading.Thread(target=_answer, args=(server, there))
        answering.start()
        try:
            with client.wrap_socket(here, server_hostname=host) as spoken:
                return str(spoken.version())
        finally:
            here.close()
            answering.join()


def _answer(context: ssl.SSLContext, connection: socket.socket) -> None:
    try:
        context.wrap_socket(connection, server_side=True).close()
    except OSError:
        connection.close()


@pytest.mark.parametrize("host", HOSTS)
def test_a_client_that_believes_its_ca_is_answered_at_each_host(host: str, tmp_path: Path) -> None:
    assert handshake(issue(HOSTS, utc_now()), host, tmp_path) == "TLSv1.3"


def test_at_another_host_it_is_not_believed(tmp_path: Path) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(issue(HOSTS, utc_now()), "elsewhere.svc", tmp_path)


def test_one_ca_does_not_vouch_for_another_ones_certificate(tmp_path: Path) -> None:
    first, second = issue(HOSTS, utc_now()), issue(HOSTS, utc_now())
    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(Issued(first.ca, second.chain, second.key), HOSTS[0], tmp_path)


def test_the_key_of_the_ca_is_kept_nowhere() -> None:
    made = issue(HOSTS, NOW)
    (ca,) = x509.load_pem_x509_certificates(made.ca)

    assert b"PRIVATE KEY" not in made.ca + made.chain
    assert made.key.count(b"BEGIN PRIVATE KEY") == 1
    assert ca.public_key() != x509.load_pem_x509_certificates(made.chain)[0].public_key()


@pytest.mark.parametrize(
    ("after", "still"),
    [
        (timedelta(0), True),
        (timedelta(days=DAYS * 2 / 3, minutes=-30), True),
        (timedelta(days=DAYS * 2 / 3, minutes=30), False),
        (timedelta(days=DAYS + 1), False),
        (timedelta(hours=-1), False),
    ],
)
def test_it_serves_for_two_thirds_of_its_time(after: timedelta, still: bool) -> None:
    assert serves(issue(HOSTS, NOW).chain, HOSTS, NOW + after) is still


def test_it_does_not_serve_other_hosts_nor_does_what_is_none() -> None:
    chain = issue(HOSTS, NOW).chain

    assert not serves(chain, (*HOSTS, "more.svc"), NOW)
    assert not serves(chain, HOSTS[:1], NOW)
    assert not serves(b"", HOSTS, NOW)
    assert not serves(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", HOSTS, NOW)


def test_of_a_bundle_what_is_valid_is_kept() -> None:
    old, new = issue(HOSTS, NOW - timedelta(days=DAYS + 1)).ca, issue(HOSTS, NOW).ca

    assert valid(new + old, NOW) == [new]
    assert valid(b"no bundle", NOW) == []
