"""The decision log API: who is heard, what is refused, and that what is answered 200 is on record once."""

from __future__ import annotations

import gzip
import json
import signal
import sqlite3
import ssl
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from policyctl.bundles.build import Bundle
from tests.admission.ingesting.events import REVISION, event
from tests.admission.ingesting.serving import Ingesting
from tests.bundles.alone import opa_alone, review
from tests.bundles.conftest import own
from tests.bundles.export.test_portable import FULL

__all__ = ["own"]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Ingesting]:
    started = Ingesting(tmp_path, "--revision", REVISION).start()
    yield started
    started.close()


def test_a_batch_is_on_record_when_it_is_answered_and_once(server: Ingesting) -> None:
    batch = [event("a"), event("b"), event("a")]
    first = server.post(batch)

    assert (first.status_code, first.json()) == (200, {"recorded": 2, "duplicates": 1, "refused": []})
    assert [one["decision_id"] for one in server.bodies()] == ["a", "b"]
    assert server.post(batch, path="/logs/part").json() == {"recorded": 0, "duplicates": 3, "refused": []}

    server.end(signal.SIGKILL)
    server.start()
    assert server.post([*batch, event("c")]).json() == {"recorded": 1, "duplicates": 3, "refused": []}
    assert len(server.bodies()) == 3


def test_the_good_events_of_a_batch_are_kept_and_the_others_named(server: Ingesting) -> None:
    answer = server.post([7, event("a"), {"path": "system/main"}])

    assert (answer.status_code, answer.json()["recorded"]) == (200, 1)
    assert answer.json()["refused"] == ["an event is no JSON object", "an event has no decision_id"]
    assert "is refused: an event has no decision_id" in server.log()


def test_an_event_that_cannot_be_read_does_not_keep_the_others_from_being_recorded(server: Ingesting) -> None:
    deep = '{"decision_id": "deep", "input": ' + '{"a": ' * 300 + "1" + "}" * 300 + "}"
    texts = [
        json.dumps(event("a")),
        deep,
        '{"decision_id": "twice", "decision_id": "b"}',
        json.dumps(event("c")),
        "1e999",
    ]
    answer = server.post(None, packed=gzip.compress(f" [ {' , '.join(texts)} ] ".encode()))

    assert (answer.status_code, answer.json()["recorded"]) == (200, 2)
    assert [one[:7] for one in answer.json()["refused"]] == ["event 1", "event 2", "event 4"]
    for text in ("[", "[1", "[1,", "[1 2]", "[1]x", "1e999", "[1e999,]", "[" * 9999, "{1e999}"):
        assert server.post(None, packed=gzip.compress(text.encode())).status_code == 400, text[:9]


@pytest.mark.parametrize("token", ["", "wrong", "a-token-of-some-lengt", "a-token-of-some-length2"])
def test_who_does_not_show_the_token_is_not_heard(server: Ingesting, token: str) -> None:
    assert server.post([event()], token=token).status_code == 401
    assert server.bodies() == []


def test_what_is_no_batch_is_refused(server: Ingesting) -> None:
    bomb = gzip.compress(bytes(512 * 1024 * 1024), 9)
    whole = gzip.compress(b"[]")

    assert len(bomb) < 1024 * 1024
    for packed in (
        bomb,
        b"",
        b"text",
        whole[:-4],
        whole + b"x",
        whole + whole,
        gzip.compress(b"{}"),
        gzip.compress(b"\xff"),
    ):
        assert server.post(None, packed=packed).status_code == 400, packed[:20]
    assert server.post(None, packed=gzip.compress(b"[" * 100_000)).status_code == 400
    assert server.post(None, packed=bytes(9 * 1024 * 1024)).status_code == 413
    assert server.http.get("/logs").status_code == 405
    assert server.http.get("/other").status_code == 404
    assert server.post([event()]).status_code == 200


def test_a_ledger_that_cannot_be_written_is_an_error_and_the_batch_can_be_sent_again(server: Ingesting) -> None:
    with sqlite3.connect(server.ledger, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        assert server.http.get("/readyz").status_code == 503
        assert server.post([event("a")]).status_code == 503
        other.execute("ROLLBACK")

    assert server.post([event("a")]).json()["recorded"] == 1


def test_a_client_certificate_serves_in_place_of_a_token(tmp_path: Path) -> None:
    server = Ingesting(tmp_path, "--client-ca", str(tmp_path / "ca.crt"))
    shown = ssl.create_default_context(cafile=str(server.authority.file))
    shown.load_cert_chain(tmp_path / "client.crt", tmp_path / "client.key")
    without, server.http = server.http, httpx.Client(base_url=server.url, verify=shown)
    try:
        server.start()
        assert server.post([event()]).status_code == 200
        with pytest.raises(httpx.TransportError):
            without.get("/readyz")
    finally:
        without.close()
        server.close()


@pytest.mark.servers
def test_an_opa_sends_its_log_through_a_lock_and_a_kill(opa_path: str, own: Bundle, tmp_path: Path) -> None:
    server = Ingesting(tmp_path).start()
    try:
        with opa_alone(opa_path, own, tmp_path, "--config-file", str(server.opa_config(tmp_path))) as url:

            def ask(first: int, last: int) -> None:
                for number in range(first, last):
                    named = {**FULL, "metadata": {**FULL["metadata"], "name": f"pod-{number}"}}
                    assert httpx.post(f"{url}/", json=review(named)).status_code == 200

            ask(0, 40)
            with sqlite3.connect(server.ledger, isolation_level=None) as other:
                other.execute("BEGIN IMMEDIATE")
                ask(40, 80)
                wait_for(lambda: "a batch is not taken" in server.log())
                other.execute("ROLLBACK")
            ask(80, 160)
            wait_for(lambda: len(server.bodies()) > 80)
            server.end(signal.SIGKILL)
            ask(160, 200)
            server.start()
            wait_for(lambda: len(server.bodies()) >= 200)
    finally:
        server.close()

    found = server.bodies()
    assert sorted(one["subject"]["id"] for one in found) == sorted(f"Pod.v1/ml/pod-{number}" for number in range(200))
    assert {(one["outcome"], one["bundle"]["revision"]) for one in found} == {("deny", own.identity.revision)}


def wait_for(true: Callable[[], object]) -> None:
    for _ in range(600):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError("not within a minute")
