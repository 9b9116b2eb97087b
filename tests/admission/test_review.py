"""AdmissionReview v1 as it is read and as it is answered."""

from __future__ import annotations

import json

import pytest

from policyctl.admission.review import Answer, parse, rendered
from policyctl.model.errors import InputError
from tests.admission.requests import request, vllm


def review(**changes: object) -> bytes:
    made = {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": request(vllm()), **changes}
    return json.dumps(made).encode()


def test_a_request_is_read() -> None:
    read = parse(review())

    assert (read.uid, read.operation, read.namespace, read.name) == ("u-1", "CREATE", "ml", "vllm-gemma-deployment")
    assert read.about == "deployments.apps"
    assert read.object == vllm()


def test_a_subresource_is_part_of_what_it_is_about() -> None:
    assert parse(review(request=request(vllm(), sub="scale"))).about == "deployments.apps/scale"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "empty"),
        (b"\xff", "UTF-8"),
        (b"[]", "the whole"),
        (b'{"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview"}', "request"),
        (review(apiVersion="admission.k8s.io/v1beta1"), "apiVersion"),
        (review(kind="Review"), "kind"),
        (review(request={**request(vllm()), "uid": ""}), "request.uid"),
        (review(request={**request(vllm()), "operation": "PATCH"}), "request.operation"),
        (review(request={**request(vllm()), "object": "text"}), "request.object"),
        (review(request={**request(vllm()), "dryRun": "true"}), "request.dryRun"),
        (b'{"kind": "AdmissionReview", "kind": "AdmissionReview"}', "kind"),
    ],
)
def test_what_is_no_review_is_named(body: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        parse(body)

    assert caught.value.hint


def test_a_refusal_quotes_no_value_of_the_review() -> None:
    with pytest.raises(InputError) as caught:
        parse(review(request={**request(vllm()), "operation": "hunter2"}))

    assert "hunter2" not in str(caught.value)


def test_an_answer_carries_the_uid_code_message_warnings_and_annotations() -> None:
    answer = Answer(False, 403, "no", ("one", "two"), {"decision-id": "d"})

    assert json.loads(rendered("u-1", answer)) == {
        "apiVersion": "admission.k8s.io/v1",
        "kind": "AdmissionReview",
        "response": {
            "uid": "u-1",
            "allowed": False,
            "status": {"code": 403, "reason": "Forbidden", "message": "no"},
            "warnings": ["one", "two"],
            "auditAnnotations": {"decision-id": "d"},
        },
    }


def test_an_allow_has_no_status() -> None:
    assert json.loads(rendered("u", Answer(True)))["response"] == {"uid": "u", "allowed": True}


def test_a_long_message_and_long_warnings_are_cut_to_what_an_api_server_passes_on() -> None:
    response = json.loads(rendered("u", Answer(False, 403, "m" * 9_000, ("w" * 300,) * 40)))["response"]

    assert len(response["status"]["message"]) == 4_000
    assert all(len(warning) <= 256 for warning in response["warnings"])
    assert sum(len(warning.encode()) for warning in response["warnings"]) <= 4_096
    told = len(response["warnings"]) - 1
    assert response["warnings"][-1] == f"and {40 - told} more warnings"
