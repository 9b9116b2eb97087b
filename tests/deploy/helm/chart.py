"""The chart, as Helm renders it with one set of values or another."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from typing import Any

import yaml

from tests.conftest import ROOT
from tests.kube.programs import helm

CHART = ROOT / "deploy" / "helm" / "policyctl"
IMAGE = "registry.example.org/policyctl@sha256:" + "0" * 64
OPA_IMAGE = "openpolicyagent/opa@sha256:" + "1" * 64
_POSTGRES = {"secret": "policyctl-postgres", "passwordKey": "password", "caKey": "ca.crt"}

Values = Mapping[str, Any]
PLAIN: Values = {"image": IMAGE}
SIDECAR: Values = {
    **PLAIN,
    "opa": {"sidecar": {"enabled": True, "image": OPA_IMAGE}},
    "trustedConfig": {"policyctl.yaml": "profile: baseline\n"},
}
SEVERAL: Values = {**PLAIN, "replicas": 3, "ledger": {"postgres": _POSTGRES}, "profile": "eu-ai-act-high-risk"}
EVERYTHING: Values = {
    **SIDECAR,
    "ledger": {"postgres": _POSTGRES},
    "autoscaling": {"enabled": True},
    "system": "credit-scoring",
    "webhook": {
        "controllers": ["system:kube-controller-manager"],
        "except": ["build", "apps"],
        "namespaceProfiles": ["nist-ai-rmf", "iso-42001"],
        "timeoutSeconds": 9,
    },
    "imagePullSecrets": ["registry"],
    "nodeSelector": {"kubernetes.io/os": "linux"},
    "tolerations": [{"key": "dedicated", "operator": "Equal", "value": "control", "effect": "NoSchedule"}],
    "serviceMonitor": {"enabled": True, "labels": {"release": "prometheus"}},
    "grafanaDashboard": {"enabled": True},
}
SETS: Mapping[str, Values] = {"plain": PLAIN, "sidecar": SIDECAR, "several": SEVERAL, "everything": EVERYTHING}


def run(*words: str, values: Values | None = None) -> subprocess.CompletedProcess[str]:
    """Runs Helm, with these values where there are any."""
    line = [helm(), *words, *(["--values", "-"] if values is not None else [])]
    return subprocess.run(line, input=yaml.safe_dump(dict(values or {})), capture_output=True, text=True, check=False)


def text(values: Values, namespace: str = "policyctl") -> str:
    """All manifests."""
    ran = run("template", "policyctl", str(CHART), "--namespace", namespace, values=values)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def objects(values: Values, namespace: str = "policyctl") -> list[dict[str, Any]]:
    """All objects."""
    return [value for value in yaml.safe_load_all(text(values, namespace)) if value]


def one(kind: str, values: Values, namespace: str = "policyctl") -> dict[str, Any]:
    """The only object of a kind."""
    (found,) = (value for value in objects(values, namespace) if value["kind"] == kind)
    return found


def refused(values: Values) -> str:
    """Why Helm renders nothing."""
    ran = run("template", "policyctl", str(CHART), "--namespace", "policyctl", values=values)
    assert ran.returncode != 0
    assert ran.stdout == ""
    return ran.stderr
