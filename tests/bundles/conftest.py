"""Bundles made of our content once, keys of every kind, and what the real OPA says of an archive."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from policyctl import library, opening
from policyctl.bundles.build import Bundle

KEYS = {
    "rsa": lambda: rsa.generate_private_key(65537, 2048),
    "p256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "p384": lambda: ec.generate_private_key(ec.SECP384R1()),
    "p521": lambda: ec.generate_private_key(ec.SECP521R1()),
    "other": lambda: ec.generate_private_key(ec.SECP256R1()),
}

OpaSays = Callable[[Path, Path, str], str]


@pytest.fixture(scope="session")
def own() -> Bundle:
    """The bundle of our content."""
    return library.load((library.own_root(),), opening.opa_path).bundle


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with <name>.pem and <name>.pub of each of KEYS."""
    folder = tmp_path_factory.mktemp("keys")
    for name, make in KEYS.items():
        key = make()
        (folder / f"{name}.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        (folder / f"{name}.pub").write_bytes(public)
    return folder


@pytest.fixture(params=["pinned", "newest"])
def opa(request: pytest.FixtureRequest, opa_path: str, newest_opa_path: str) -> str:
    """The pinned OPA, then the newest of the tested range."""
    return opa_path if request.param == "pinned" else newest_opa_path


@pytest.fixture
def opa_says(opa: str, tmp_path: Path) -> OpaSays:
    """What OPA says when it loads an archive with a key and an algorithm: nothing where it accepts the signature."""

    def says(archive: Path, key: Path, algorithm: str) -> str:
        built = str(tmp_path / "built.tar.gz")
        command = [
            opa,
            "build",
            "-b",
            str(archive),
            "--verification-key",
            str(key),
            "--signing-alg",
            algorithm,
            "-o",
            built,
        ]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        return "" if ran.returncode == 0 else ran.stdout + ran.stderr

    return says
