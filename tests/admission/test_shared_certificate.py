"""A certificate that makes and renews itself, kept in a real cluster."""

from __future__ import annotations

import asyncio
import base64
import json
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from policyctl.admission.cluster import certificate as module
from policyctl.admission.cluster.api import Api, ApiError
from policyctl.admission.cluster.certificate import Kept, SharedCertificate
from policyctl.admission.issuing import DAYS, serves, utc_now
from tests.admission.requests import config_map, vllm
from tests.admission.serving import Serving
from tests.kube.server import Kube, running

pytestmark = pytest.mark.servers

HOSTS = ("127.0.0.1",)


@pytest.fixture(scope="module")
def kube() -> Iterator[Kube]:
    """An API server with a namespace for policyctl, and one for AI systems."""
    with running() as server:
        for name, labels in (("policyctl", {}), ("ml", {"policyctl.dev/ai-systems": "true"})):
            metadata = {"name": name, "labels": labels}
            server.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": metadata})
        yield server


@pytest.fixture(autouse=True)
def afresh(kube: Kube) -> Iterator[None]:
    """No Secret and no webhook configuration before a test."""
    yield
    kube.kubectl("-n", "policyctl", "delete", "secret", "tls", "--ignore-not-found")
    kube.kubectl("delete", "validatingwebhookconfiguration", "policyctl", "--ignore-not-found")


@pytest.fixture
def api(kube: Kube) -> Iterator[Api]:
    """The API server as the administrator asks it."""
    with closing(Api(str(kube.kubeconfig))) as made:
        yield made


def certificate(api: Api, folder: Path, clock: Callable[[], datetime] = utc_now) -> SharedCertificate:
    folder.mkdir(exist_ok=True)
    return SharedCertificate(api, Kept("policyctl", "tls", HOSTS, folder), clock)


def configured(kube: Kube, url: str) -> None:
    """Applies a webhook configuration that names no CA yet."""
    line = [sys.executable, "-m", "policyctl", "admission", "webhook", "--url", url]
    kube.kubectl("apply", "-f", "-", stdin=subprocess.run(line, check=True, capture_output=True, text=True).stdout)


def bundles(kube: Kube) -> list[bytes]:
    """The CAs that the webhook configuration believes."""
    found = kube.kubectl("get", "validatingwebhookconfiguration", "policyctl", "-o", "json").stdout
    return [base64.b64decode(w["clientConfig"].get("caBundle", "")) for w in json.loads(found)["webhooks"]]


def secret(kube: Kube) -> dict[str, bytes]:
    found = json.loads(kube.kubectl("-n", "policyctl", "get", "secret", "tls", "-o", "json").stdout)
    return {name: base64.b64decode(content) for name, content in found["data"].items()}


def test_the_first_makes_it_and_the_next_takes_the_same(api: Api, tmp_path: Path) -> None:
    first = certificate(api, tmp_path / "a").first()
    second = certificate(api, tmp_path / "b").first()

    assert [file.read_bytes() for file in first] == [file.read_bytes() for file in second]
    assert serves(first[0].read_bytes(), HOSTS, utc_now())
    assert [oct(file.stat().st_mode & 0o777) for file in first] == ["0o600", "0o600"]


def test_the_webhook_configuration_believes_its_ca(kube: Kube, api: Api, tmp_path: Path) -> None:
    configured(kube, "https://127.0.0.1:8443")
    certificate(api, tmp_path / "a").first()

    assert bundles(kube) == [secret(kube)["ca.crt"]] * 4


def test_it_is_renewed_in_time_and_both_cas_are_believed_meanwhile(kube: Kube, api: Api, tmp_path: Path) -> None:
    configured(kube, "https://127.0.0.1:8443")
    before = certificate(api, tmp_path / "a").first()[0].read_bytes()
    earlier = secret(kube)["ca.crt"]
    later = utc_now() + timedelta(days=DAYS * 2 / 3 + 1)
    after = certificate(api, tmp_path / "b", lambda: later).first()[0].read_bytes()

    assert before != after
    assert secret(kube)["ca.crt"].endswith(earlier)
    assert bundles(kube) == [secret(kube)["ca.crt"]] * 4
    assert ssl.create_default_context(cadata=bundles(kube)[0].decode()).cert_store_stats()["x509_ca"] == 2


def test_a_server_that_runs_takes_the_renewed_one(
    kube: Kube, api: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_LOOK", 0.05)
    monkeypatch.setattr(module, "_HEARD", 0.05)
    configured(kube, "https://127.0.0.1:8443")
    now = [utc_now()]
    own = certificate(api, tmp_path / "a", lambda: now[0])
    chain, key = own.first()
    before = chain.read_bytes(), key.read_bytes()
    now[0] += timedelta(days=DAYS * 2 / 3 + 1)
    asyncio.run(renewing(own, lambda: chain.read_bytes() != before[0]))

    assert key.read_bytes() != before[1]
    ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(chain, key)
    assert bundles(kube) == [secret(kube)["ca.crt"]] * 4


async def renewing(own: SharedCertificate, until: Callable[[], bool]) -> None:
    """Has it look after itself until something holds."""
    task = asyncio.create_task(own.renew())
    async with asyncio.timeout(30):
        while not until():
            await asyncio.sleep(0.05)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def test_of_two_that_make_it_at_once_one_is_taken(api: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow, fast = certificate(api, tmp_path / "a"), certificate(api, tmp_path / "b")
    first_look = slow._secret
    raced = []

    def secret_then_overtaken() -> object:
        found = first_look()
        if not raced:
            raced.append(fast.first())
        return found

    monkeypatch.setattr(slow, "_secret", secret_then_overtaken)
    mine = slow.first()

    assert [file.read_bytes() for file in mine] == [file.read_bytes() for file in raced[0]]


def test_a_secret_that_may_not_be_read_is_an_error(kube: Kube, tmp_path: Path) -> None:
    nobody = tmp_path / "nobody"
    nobody.write_text(kube.kubeconfig.read_text())
    kube.kubectl("--kubeconfig", str(nobody), "config", "set-credentials", "admin", "--token", "wrong")
    with closing(Api(str(nobody))) as api, pytest.raises(ApiError, match="Unauthorized"):
        certificate(api, tmp_path / "a").first()


def test_a_server_with_its_own_certificate_is_called_by_the_api_server(kube: Kube, tmp_path: Path) -> None:
    options = ("--cluster", str(kube.kubeconfig), "--own-certificate", "policyctl/tls", "--host", "127.0.0.1")
    server = Serving(tmp_path, *options)
    configured(kube, server.url)
    server.start()
    try:
        deadline = time.monotonic() + 30
        while "denied the request" not in (said := kube.apply(vllm(), check=False).stderr):
            assert time.monotonic() < deadline, said
        assert kube.apply(config_map()).returncode == 0
    finally:
        server.close()
