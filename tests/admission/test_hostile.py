"""Bodies that are no reviews, objects that are none, and secrets: a clean error or an answer, and nothing told that nobody may know."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from policyctl.admission.judging import Judging
from policyctl.admission.review import Answer, parse
from policyctl.model.errors import InputError
from tests.admission.harm import denied, review
from tests.admission.requests import request, vllm
from tests.admission.serving import Serving

DEEP = b'{"a":' * 100_000
_REQUEST = json.loads(denied())["request"]
NO_REVIEWS = {
    "nothing": b"",
    "no JSON": b"apiVersion: admission.k8s.io/v1",
    "no UTF-8": b'{"kind":"\xff"}',
    "a list": b"[]",
    "null": b"null",
    "another kind": denied().replace(b'"AdmissionReview"', b'"SubjectAccessReview"'),
    "an older version": denied().replace(b"admission.k8s.io/v1", b"admission.k8s.io/v1beta1"),
    "no request": b'{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview"}',
    "no uid": review({key: value for key, value in _REQUEST.items() if key != "uid"}),
    "an empty uid": review(_REQUEST | {"uid": ""}),
    "a uid that is a number": review(_REQUEST | {"uid": 7}),
    "an unknown operation": review(_REQUEST | {"operation": "PATCH"}),
    "an object that is text": review(_REQUEST | {"object": "{}"}),
    "an object that is a list": review(_REQUEST | {"object": [vllm()]}),
    "a dry run in words": review(_REQUEST | {"dryRun": "true"}),
    "a user that is text": review(_REQUEST | {"userInfo": "admin"}),
    "nested without end": DEEP,
    "nested deep": b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
    "a key twice": denied().replace(b'"object":', b'"object":{},"object":'),
    "half a surrogate pair": denied().replace(b'"alex"', b'"\\ud800"'),
    "NaN": denied().replace(b'"dryRun": false', b'"dryRun": NaN'),
    "Infinity": denied().replace(b'"replicas": 1', b'"replicas": -Infinity'),
    "a number without end": denied().replace(b'"replicas": 1', b'"replicas": 1e999'),
    "two reviews": denied() + denied(),
}


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server of the baseline."""
    started = Serving(tmp_path_factory.mktemp("serving"))
    try:
        yield started.start()
    finally:
        started.close()
    assert "Traceback" not in started.log()
    assert "internal error" not in started.log()


@pytest.mark.parametrize("body", NO_REVIEWS.values(), ids=NO_REVIEWS)
def test_what_is_no_review_is_a_bad_request(serving: Serving, body: bytes) -> None:
    with pytest.raises(InputError):
        parse(body)
    answered = serving.post(body)

    assert answered.status == 400
    assert answered.body.startswith(b"policyctl: ")
    assert len(answered.body) < 1200


@pytest.mark.parametrize("type", ["text/plain", "application/yaml", "application/json-patch+json", ""])
def test_another_type_is_not_read(serving: Serving, type: str) -> None:
    assert serving.post(denied(), type=type).status == 415


def test_a_type_with_its_encoding_is_read(serving: Serving) -> None:
    assert serving.post(denied(), type="Application/JSON; charset=utf-8").status == 200


def test_a_body_over_the_limit_is_refused(serving: Serving) -> None:
    assert serving.post(denied() + b" " * 8 * 1024 * 1024).status == 413


def test_another_method_and_another_path_are_not_served(serving: Serving) -> None:
    for method, path, status in (("GET", "/v1/admit", 405), ("POST", "/v1/admit/", 404), ("POST", "/healthz", 404)):
        with closing(serving.connected()) as connection:
            connection.request(method, path)
            assert connection.getresponse().status == status


@pytest.mark.parametrize("timeout", ["", "0s", "-1s", "1h", "1e9s", "NaN", "9" * 400 + "s", "%ff", "2s&timeout=1s"])
def test_a_timeout_that_is_none_is_no_error(serving: Serving, timeout: str) -> None:
    assert serving.post(denied(), query=f"?timeout={timeout}").status in (200, 504)


def test_an_object_of_a_megabyte_and_a_half_is_decided_within_its_timeout(serving: Serving) -> None:
    value = vllm()
    (container,) = value["spec"]["template"]["spec"]["containers"]
    container["env"] += [{"name": f"VARIABLE_{n}", "value": "x" * 100} for n in range(11_000)]
    body = review(request(value))
    began = time.monotonic()
    answered = serving.post(body, query="?timeout=30s")

    assert len(body) > 1_500_000
    assert answered.status == 200
    assert not answered.response["allowed"]
    assert time.monotonic() - began < 30


def _given(judging: Judging, value: dict[str, Any], about: dict[str, Any]) -> Answer:
    (answer,) = judging.given([parse(review(request(about) | {"object": value}))])
    assert isinstance(answer, Answer)
    return answer


@pytest.mark.parametrize(
    "wrapped",
    [
        {"apiVersion": "v1", "kind": "List", "metadata": {"name": "all"}, "items": [vllm()]},
        vllm() | {"apiVersion": "v1", "kind": "ConfigMap"},
        vllm() | {"apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization"},
        vllm() | {"apiVersion": "apps/v9"},
        vllm() | {"kind": ["Deployment"]},
        {key: value for key, value in vllm().items() if key != "kind"},
    ],
    ids=["a list", "another kind", "not an object", "another version", "no text", "none"],
)
def test_an_object_of_another_kind_than_its_request_is_refused(judging: Judging, wrapped: dict[str, Any]) -> None:
    assert (_given(judging, wrapped, vllm()).code, _given(judging, vllm(), vllm()).code) == (422, 403)


SECRETS = (
    "planted-literal-3c1f",
    "planted-token-9d2a",
    "planted-argument-77e0",
    "planted-broken-04bb",
    "planted-key-5f5f",
)


def test_no_secret_is_told_anywhere(tmp_path: Path) -> None:
    literal, token, argument, broken, key = SECRETS
    value = vllm()
    value["metadata"]["annotations"] = {"example.com/api-token": token, "vault.example.com/password": token}
    (container,) = value["spec"]["template"]["spec"]["containers"]
    container["env"].append({"name": "DB_PASSWORD", "value": literal})
    container["args"].append(f"--api-key={argument}")
    wrong = dict(value, metadata=dict(value["metadata"], name=[broken]))
    serving = Serving(tmp_path)
    try:
        serving.start()
        told = [serving.post(review(request(one) | {"uid": "u"})).body for one in (value, wrong)]
        told += [serving.post(body).body for body in _broken(review(request(value)), broken, key)]
        told.append(serving.status("/metrics").body)
    finally:
        serving.close()
    told.append(serving.log().encode())

    assert {secret for secret in SECRETS if any(secret.encode() in one for one in told)} == set()


def _broken(body: bytes, secret: str, key: str) -> Iterator[bytes]:
    """Bodies that hold secrets and cannot be read."""
    yield body[:-10]
    yield body.replace(b'"operation": "CREATE"', json.dumps({"operation": secret})[1:-1].encode())
    yield body.replace(b'"uid": "u-1"', json.dumps({"uid": [secret]})[1:-1].encode())
    yield body.replace(b'"dryRun": false', json.dumps({"dryRun": secret})[1:-1].encode())
    yield body.replace(b'"userInfo"', f'"userInfo": {{}}, "password={key}": 1, "password={key}": 1, "x"'.encode())
    yield body.replace(b'"args": [', f'"args": [NaN, "{secret}", '.encode())
