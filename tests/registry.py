"""A real registry of OCI artefacts of our own, in a temporary folder, on loopback: with TLS and a password, or without either."""

from __future__ import annotations

import json
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

USER, PASSWORD = "ci", "correct-horse"
_HTPASSWD = "$2b$04$LC/LTfEUEQmP9zZJsCGit.MY4xRJZexz.CkyFRf/t3yR1wXy2XhOi"  # bcrypt of PASSWORD


@dataclass(frozen=True)
class Server:
    """`ca` is the file of its authority, `storage` the folder in which it keeps what is pushed."""

    host: str
    ca: Path
    storage: Path

    def blob(self, digest: str) -> Path:
        """The file in which it keeps a blob."""
        hex = digest.removeprefix("sha256:")
        return self.storage / "docker/registry/v2/blobs/sha256" / hex[:2] / hex / "data"


@contextmanager
def running(folder: Path, *, guarded: bool) -> Iterator[Server]:
    """One registry; guarded: it speaks TLS and asks for USER and PASSWORD."""
    program = shutil.which("docker-registry")
    if program is None:
        raise FileNotFoundError("no docker-registry: run make servers")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    certificate, key = _certificate(folder)
    config: dict[str, object] = {
        "version": 0.1,
        "log": {"level": "error", "accesslog": {"disabled": True}},
        "storage": {"filesystem": {"rootdirectory": str(folder / "storage")}},
        "http": {"addr": f"127.0.0.1:{port}", "secret": "of these tests"},
    }
    if guarded:
        (folder / "htpasswd").write_text(f"{USER}:{_HTPASSWD}\n")
        config["auth"] = {"htpasswd": {"realm": "tests", "path": str(folder / "htpasswd")}}
        config["http"] |= {"tls": {"certificate": str(certificate), "key": str(key)}}
    (folder / "config.yml").write_text(json.dumps(config))
    with open(folder / "log", "wb") as log:
        process = subprocess.Popen([program, "serve", str(folder / "config.yml")], stdout=log, stderr=log)
    try:
        _wait(process, port, certificate if guarded else None)
        yield Server(f"127.0.0.1:{port}", certificate, folder / "storage")
    finally:
        process.kill()
        process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, certificate: Path | None) -> None:
    while True:
        assert process.poll() is None, "the registry ended"
        try:
            with socket.create_connection(("127.0.0.1", port)) as opened:
                if certificate:
                    ssl.create_default_context(cafile=certificate).wrap_socket(
                        opened, server_hostname="127.0.0.1"
                    ).close()
                return
        except OSError:
            time.sleep(0.05)


def _certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that is its own authority, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "tests")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, private = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(Encoding.PEM))
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return certificate, private
