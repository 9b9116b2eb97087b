"""Bundles in a real registry, with TLS and a password: pushed, pulled, and pulled by OPA through its own configuration."""

from __future__ import annotations

import base64
import json
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from policyctl.bundles.archive import pack
from policyctl.bundles.build import SIGNATURES, Bundle, numbered
from policyctl.bundles.signature import sign
from tests.bundles.conftest import keys, own
from tests.conftest import Run
from tests.registry import PASSWORD, USER, Server, running

__all__ = ["keys", "own"]

pytestmark = pytest.mark.servers


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("registry"), guarded=True) as server:
        yield server


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, own: Bundle, keys: Path) -> Path:
    """Our bundle, number 4, signed."""
    files = numbered(own, 4)
    archive = tmp_path_factory.mktemp("signed") / "policy.tar.gz"
    archive.write_bytes(pack({**files, SIGNATURES: sign(files, str(keys / "p256.pem"))[0]}))
    return archive


@pytest.fixture
def allowed(guarded: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """The registry, and this run knows its authority and the password."""
    monkeypatch.setenv("POLICYCTL_REGISTRY_CA", str(guarded.ca))
    monkeypatch.setenv("POLICYCTL_REGISTRY_USER", USER)
    monkeypatch.setenv("POLICYCTL_REGISTRY_PASSWORD", PASSWORD)
    return guarded


@pytest.fixture
def place(allowed: Server, archive: Path, run: Run) -> str:
    """Where the signed bundle lies."""
    place = f"{allowed.host}/team/policy:4"
    assert run("bundle", "push", str(archive), place).code == 0
    return place


def test_what_was_pushed_is_pulled_to_the_byte(run: Run, place: str, archive: Path, tmp_path: Path) -> None:
    ran = run("bundle", "pull", place, str(tmp_path / "pulled.tar.gz"))

    assert ran.code == 0, ran.err
    assert (tmp_path / "pulled.tar.gz").read_bytes() == archive.read_bytes()
    assert "number 4, not verified: no key is configured" in ran.out


def test_the_same_bundle_has_the_same_digest_and_is_pulled_by_it(
    run: Run, place: str, allowed: Server, archive: Path, tmp_path: Path
) -> None:
    first, again = (run("bundle", "push", str(archive), f"{allowed.host}/team/policy:{tag}").out for tag in ("a", "b"))
    by_digest = first.partition(": revision")[0]

    assert first == again
    assert run("bundle", "pull", by_digest, str(tmp_path / "p.tar.gz")).code == 0
    assert (tmp_path / "p.tar.gz").read_bytes() == archive.read_bytes()


def test_under_a_key_only_what_it_signed_is_written(
    run: Run, place: str, allowed: Server, own: Bundle, keys: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "pulled.tar.gz"
    (tmp_path / "unsigned.tar.gz").write_bytes(own.archive)
    run("bundle", "push", str(tmp_path / "unsigned.tar.gz"), f"{allowed.host}/team/policy:unsigned")
    key = ["--bundle-key", str(keys / "p256.pub")]
    refused = [
        run("bundle", "pull", f"{allowed.host}/team/policy:unsigned", str(file), *key),
        run("bundle", "pull", place, str(file), "--bundle-key", str(keys / "other.pub")),
    ]
    monkeypatch.setenv("POLICYCTL_BUNDLE_SEQUENCE_MIN", "5")
    refused.append(run("bundle", "pull", place, str(file), *key))
    assert not file.exists()
    monkeypatch.setenv("POLICYCTL_BUNDLE_SEQUENCE_MIN", "4")
    taken = run("bundle", "pull", place, str(file), *key)

    assert [ran.code for ran in refused] == [4, 4, 4]
    assert taken.code == 0
    assert "signed by sha256:" in taken.out


def test_bytes_that_the_registry_changed_are_refused(run: Run, allowed: Server, own: Bundle, tmp_path: Path) -> None:
    bundle = tmp_path / "bundle.tar.gz"
    bundle.write_bytes(pack(numbered(own, 99)))
    run("bundle", "push", str(bundle), f"{allowed.host}/team/changed:1")
    told = json.loads(run("bundle", "inspect", str(bundle), "-o", "json").out)
    kept = allowed.blob(f"sha256:{told['digest']}")
    kept.write_bytes(kept.read_bytes()[:-1] + b"x")
    ran = run("bundle", "pull", f"{allowed.host}/team/changed:1", str(tmp_path / "pulled.tar.gz"))

    assert ran.code == 2
    assert "gave other bytes than sha256:" in ran.err
    assert not (tmp_path / "pulled.tar.gz").exists()


@pytest.mark.parametrize(
    ("variable", "value", "why"),
    [
        ("POLICYCTL_REGISTRY_PASSWORD", "wrong", "does not let us at team/policy (401)"),
        ("POLICYCTL_REGISTRY_PASSWORD", "", "does not let us at team/policy (401)"),
        ("POLICYCTL_REGISTRY_CA", "", "certificate verify failed"),
        ("POLICYCTL_REGISTRY_CA", "missing.pem", "no authorities can be read"),
    ],
)
def test_who_is_not_let_in_reads_a_sentence(
    run: Run,
    allowed: Server,
    archive: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    value: str,
    why: str,
) -> None:
    monkeypatch.setenv(variable, value)
    monkeypatch.setenv("HOME", str(tmp_path))
    for command in (
        ["push", str(archive), f"{allowed.host}/team/policy:4"],
        ["pull", f"{allowed.host}/team/policy:4", "p"],
    ):
        ran = run("bundle", *command)

        assert (ran.code, ran.out) == (2, "")
        assert why in ran.err
        assert PASSWORD not in ran.err


def test_what_docker_login_left_serves(
    run: Run, place: str, allowed: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    auth = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
    (tmp_path / "config.json").write_text(json.dumps({"auths": {allowed.host: {"auth": auth}}}))
    monkeypatch.delenv("POLICYCTL_REGISTRY_PASSWORD")
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))

    assert run("bundle", "pull", place, str(tmp_path / "p.tar.gz")).code == 0


def test_a_tag_that_is_not_there(run: Run, place: str, tmp_path: Path) -> None:
    ran = run("bundle", "pull", f"{place}-not", str(tmp_path / "p.tar.gz"))

    assert ran.code == 2
    assert "is not there" in ran.err


def test_a_registry_without_tls_on_this_machine(run: Run, archive: Path, tmp_path: Path) -> None:
    (tmp_path / "registry").mkdir()
    with running(tmp_path / "registry", guarded=False) as server:
        place = f"{server.host}/policy:1"
        by_tls = run("bundle", "push", str(archive), place)
        pushed = run("bundle", "push", str(archive), place, "--plain-http")
        pulled = run("bundle", "pull", place, str(tmp_path / "p.tar.gz"), "--plain-http")

    assert by_tls.code == 2
    assert (pushed.code, pulled.code) == (0, 0)
    assert (tmp_path / "p.tar.gz").read_bytes() == archive.read_bytes()


@pytest.mark.parametrize(("key", "loads"), [("p256", True), ("other", False)])
def test_opa_pulls_verifies_and_serves_the_same_artefact(
    place: str, allowed: Server, own: Bundle, keys: Path, tmp_path: Path, opa_path: str, key: str, loads: bool
) -> None:
    config = {
        "services": {
            "registry": {
                "type": "oci",
                "url": f"https://{allowed.host}",
                "tls": {"ca_cert": str(allowed.ca)},
                "credentials": {"bearer": {"scheme": "Basic", "token": f"{USER}:{PASSWORD}"}},
            }
        },
        "keys": {"signer": {"key": (keys / f"{key}.pub").read_text(), "algorithm": "ES256"}},
        "bundles": {"policyctl": {"service": "registry", "resource": place, "signing": {"keyid": "signer"}}},
        "persistence_directory": str(tmp_path / "opa"),
    }
    (tmp_path / "config.json").write_text(json.dumps(config))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [opa_path, "run", "--server", "--addr", f"127.0.0.1:{port}", "-c", str(tmp_path / "config.json")]
    with open(tmp_path / "log", "wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        revision = _revision(process, port, tmp_path / "log")
    finally:
        process.kill()
        process.wait()

    assert revision == (own.identity.revision if loads else "")


def _revision(process: subprocess.Popen[bytes], port: int, log: Path) -> str:
    """The revision that OPA answers by; empty once it says that it took none."""
    url = f"http://127.0.0.1:{port}/v1/data/policyctl/catalog/name?provenance=true"
    while True:
        assert process.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(url, timeout=10) as response:
                told = json.load(response)
            if told.get("result") == "policyctl":
                return str(told["provenance"]["bundles"]["policyctl"]["revision"])
        except OSError:
            pass
        if "verify JWT signature" in log.read_text():
            return ""
        time.sleep(0.1)
