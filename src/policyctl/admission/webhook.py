"""The ValidatingWebhookConfiguration: which requests an API server asks about, where, and what follows when there is no answer.

Namespaces that are labelled as carrying AI systems fail closed. Everywhere else it fails open, which an API server calls Ignore: an
outage of policyctl must not keep a whole cluster from working, and what came in meanwhile is without a decision on record.
Source: Kubernetes API reference, admissionregistration.k8s.io/v1; Kubernetes documentation, "Admission Webhook Good Practices".
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

NAME, KIND = "policyctl", "ValidatingWebhookConfiguration"
LABEL = ("policyctl.dev/ai-systems", "true")
"""A namespace's label that says that AI systems run in it."""
SYSTEM_NAMESPACES = ("kube-node-lease", "kube-public", "kube-system")
_DOMAIN = "admission.policyctl.dev"
_BY_NAME = "kubernetes.io/metadata.name"
NOT_AN_OBJECT = (
    "authentication.k8s.io",
    "authorization.k8s.io",
    "coordination.k8s.io",
    "discovery.k8s.io",
    "events.k8s.io",
    "metrics.k8s.io",
    "reports.x-k8s.io",
    "wgpolicyk8s.io",
)
"""API groups whose objects say something of others, or ask the API server something."""
NOT_LOOKED_AT = ("bindings", "componentstatuses", "endpoints", "events", "nodes", "secrets")
"""Of the core group. Secrets among them: no control looks at one, so their values had better stay where they are."""


def by_service(namespace: str, name: str, port: int) -> dict[str, Any]:
    """Where a webhook is reached inside the cluster."""
    return {"service": {"namespace": namespace, "name": name, "port": port, "path": "/v1/admit"}}


def configuration(client: Mapping[str, Any], ca: bytes, *, untouched: Sequence[str], seconds: int) -> dict[str, Any]:
    """The configuration as an object to apply. `client`: a URL or a service; `ca`: the PEM that its certificate comes from, if known;
    `untouched`: namespaces beside the system's own that are never asked about, policyctl's among them; `seconds` to wait.
    """
    reached = {**client, **({"caBundle": base64.b64encode(ca).decode()} if ca else {})}
    return {
        "apiVersion": "admissionregistration.k8s.io/v1",
        "kind": KIND,
        "metadata": {"name": NAME, "labels": {"app.kubernetes.io/name": NAME}},
        "webhooks": [
            _webhook(f"enforced.{_DOMAIN}", "Fail", "Namespaced", _where("In", untouched), reached, seconds),
            _webhook(f"elsewhere.{_DOMAIN}", "Ignore", "*", _where("NotIn", untouched), reached, seconds),
        ],
    }


def _where(operator: str, untouched: Sequence[str]) -> dict[str, Any]:
    key, value = LABEL
    names = sorted({*SYSTEM_NAMESPACES, *untouched})
    return {
        "matchExpressions": [
            {"key": key, "operator": operator, "values": [value]},
            {"key": _BY_NAME, "operator": "NotIn", "values": names},
        ]
    }


def _webhook(
    name: str, on_failure: str, scope: str, where: Mapping[str, Any], client: Mapping[str, Any], seconds: int
) -> dict[str, Any]:
    return {
        "name": name,
        "failurePolicy": on_failure,
        "sideEffects": "NoneOnDryRun",
        "admissionReviewVersions": ["v1"],
        "timeoutSeconds": seconds,
        "matchPolicy": "Equivalent",
        "namespaceSelector": where,
        "rules": [
            {
                "apiGroups": ["*"],
                "apiVersions": ["*"],
                "operations": ["CREATE", "UPDATE"],
                "resources": ["*", "pods/ephemeralcontainers"],
                "scope": scope,
            }
        ],
        "matchConditions": [
            {"name": "an-object-to-run", "expression": f"!(request.resource.group in {_listed(NOT_AN_OBJECT)})"},
            {
                "name": "looked-at",
                "expression": f"!(request.resource.group == '' && request.resource.resource in {_listed(NOT_LOOKED_AT)})",
            },
        ],
        "clientConfig": dict(client),
    }


def _listed(words: Sequence[str]) -> str:
    """As a list in CEL."""
    quoted = (f"'{word}'" for word in words)
    return f"[{', '.join(quoted)}]"
