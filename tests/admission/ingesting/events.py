"""Events as an OPA with the bundle sends them."""

from __future__ import annotations

from typing import Any

from policyctl.admission.ingesting.objections import Ours

REVISION = "ab" * 32
OURS = Ours("policyctl", {REVISION})


def event(id: str = "8f3c0b3e-0000-4000-8000-000000000001", /, **changed: Any) -> dict[str, Any]:
    """A decision that denies."""
    return {
        "decision_id": id,
        "labels": {"id": "26f96cc6", "version": "1.19.1"},
        "bundles": {"policy": {"revision": REVISION}},
        "path": "system/main",
        "input": review(),
        "result": answered("deny"),
        "masked": ["/input"],
        "requested_by": "10.0.0.1:4711",
        "timestamp": "2026-11-22T10:01:33.399436275Z",
        **changed,
    }


def review(**changed: Any) -> dict[str, Any]:
    request = {
        "uid": "u-1",
        "kind": {"group": "", "version": "v1", "kind": "Pod"},
        "resource": {"group": "", "version": "v1", "resource": "pods"},
        "operation": "CREATE",
        "name": "p",
        "namespace": "ml",
        "userInfo": {"username": "alice"},
        "facts": {"id": "Pod.v1/ml/p"},
        **changed,
    }
    return {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": request}


def answered(outcome: str, /, **changed: Any) -> dict[str, Any]:
    """The result of a review that was judged."""
    finding = {
        "id": "7c239822e06a",
        "code": "no_digest",
        "resource": "Pod.v1/ml/p",
        "message": "no digest",
        "path": ["spec"],
    }
    decision = {
        "judged": True,
        "profile": "baseline",
        "outcome": outcome,
        "answered": "",
        "expected": ["SUP-003"],
        "evaluated": ["SUP-003"],
        "resources": {"SUP-003": 1},
        "findings": {"SUP-003": [finding]} if outcome != "allow" else {},
        "undetermined": {},
        "subject": {"id": "Pod.v1/ml/p"},
        **changed,
    }
    response = {"uid": "u-1", "allowed": outcome != "deny"}
    return {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "response": response, "decision": decision}


def with_decision(**changed: Any) -> dict[str, Any]:
    return event(result=answered("allow", **changed))


def with_response(outcome: str, **changed: Any) -> dict[str, Any]:
    result = answered(outcome)
    return event(result={**result, "response": {**result["response"], **changed}})
