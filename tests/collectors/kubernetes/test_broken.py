"""A manifest that is broken anywhere says so: no field that facts are made of can lose its value without a gap."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter

from policyctl.collectors.kubernetes import KubernetesCollector
from policyctl.model.content import Content
from policyctl.model.document import Collected
from policyctl.model.facts.kubernetes import KubernetesFacts

DATA = Path(__file__).parents[2] / "data" / "kubernetes"
WRONG: tuple[Any, ...] = (7, "text", True, [7], {"x": 7}, [[]], [None])

WORKLOAD = yaml.safe_load("""
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: ml, labels: {app: web}, annotations: {a: b}}
spec:
  revisionHistoryLimit: 3
  template:
    metadata: {labels: {app: web}}
    spec:
      serviceAccountName: sa
      automountServiceAccountToken: true
      hostNetwork: true
      hostPID: true
      hostIPC: true
      securityContext: {runAsNonRoot: false, seccompProfile: {type: Unconfined}, sysctls: [{name: kernel.x, value: "1"}]}
      volumes: [{name: v, hostPath: {path: /}}]
      initContainers: [{name: i, image: "app:1"}]
      containers:
      - name: c
        image: vllm/vllm-openai:latest
        command: [vllm, serve, org/m]
        args: [--trust-remote-code]
        env: [{name: A, value: x}, {name: B, valueFrom: {secretKeyRef: {name: s, key: k}}}]
        envFrom: [{secretRef: {name: s}}]
        ports: [{containerPort: 80, hostPort: 80}]
        resources: {limits: {cpu: "1", memory: 1Gi, nvidia.com/gpu: "1"}, requests: {cpu: "1"}}
        livenessProbe: {httpGet: {path: /}}
        securityContext:
          privileged: true
          allowPrivilegeEscalation: true
          readOnlyRootFilesystem: false
          runAsUser: 0
          capabilities: {add: [ALL], drop: [NET_RAW]}
          seLinuxOptions: {type: spc_t}
          windowsOptions: {hostProcess: true}
          procMount: Unmasked
""")

# Where a value of another type changes no fact: nothing below these paths is read, or any type of it is.
UNREAD = (
    ("spec", "template", "spec", "securityContext", "sysctls", 0, "value"),
    ("spec", "template", "spec", "containers", 0, "env", 1, "valueFrom", "secretKeyRef"),
    ("spec", "template", "spec", "containers", 0, "envFrom", 0, "secretRef"),
    ("spec", "template", "spec", "containers", 0, "ports", 0, "containerPort"),
    ("spec", "template", "spec", "containers", 0, "livenessProbe", "httpGet"),
)


def paths(node: Any, above: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if above:
        yield above
    entries = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, below in entries:
        yield from paths(below, (*above, key))


def at(node: Any, path: tuple[str | int, ...] | list[str | int]) -> Any:
    for part in path:
        node = node[part]
    return node


def collected(value: Any) -> list[Collected] | None:
    """The subjects of a value; None when it is refused."""
    (found,) = KubernetesCollector().collect([Content("f.yaml", "0" * 64, "yaml", "", (value,))])
    return list(found.subjects) if found.status == "decided" else None


@pytest.mark.parametrize("path", [path for path in paths(WORKLOAD) if path[0] not in {"apiVersion", "kind"}], ids=str)
def test_a_value_of_another_type_is_a_gap_wherever_it_stands(path):
    now = at(WORKLOAD, path)
    for wrong in WRONG:
        if any(path[: len(unread)] == unread for unread in UNREAD) or _is_another_legal_value(path, now, wrong):
            continue
        broken = copy.deepcopy(WORKLOAD)
        at(broken, path[:-1])[path[-1]] = copy.deepcopy(wrong)

        subjects = collected(broken)
        assert subjects is None or subjects[0].gaps, wrong


def _is_another_legal_value(path: tuple[str | int, ...], now: Any, wrong: Any) -> bool:
    """The same type; a mapping with other keys, whose known ones are absent; a number as quantity; a command in one text."""
    if isinstance(now, dict) and path[-1] not in {"labels", "annotations"}:
        return isinstance(wrong, dict)
    if path[-2:-1] in {("limits",), ("requests",)}:
        return wrong == 7
    if path[-1] in {"command", "args"}:
        return wrong == "text"
    return type(wrong) is type(now) and not isinstance(now, (dict, list))


# Templates that Helm has not rendered, and an example that is wrong on purpose: no YAML, so nothing for this collector.
NO_YAML = {
    "helm-unrendered/triton-deployment-template.yaml",
    "helm-unrendered/vllm-deployment-template.yaml",
    "kubeflow/scheduledworkflow-invalid.yaml",
}
REAL = sorted({str(path.relative_to(DATA)) for path in DATA.rglob("*.yaml")} - NO_YAML)


@pytest.mark.parametrize("name", REAL)
def test_every_real_file_gives_plain_facts_whose_paths_exist(name):
    values = tuple(v for v in yaml.safe_load_all((DATA / name).read_text(encoding="utf-8")) if v is not None)
    content = Content(name, "0" * 64, "yaml", "", values)
    collector = KubernetesCollector()
    if not collector.recognises(content):
        assert name.startswith("compose/")
        return

    for found in collector.collect([content]):
        assert found.status == "decided" or found.message
        for subject in found.subjects:
            facts = subject.facts
            json.dumps(facts, allow_nan=False)
            TypeAdapter(KubernetesFacts).validate_python(facts, strict=True)
            assert set(facts) <= set(KubernetesFacts.__annotations__)
            for key in ("pods", "containers", "models", "unsafe_loading", "literal_secrets"):
                assert all(at(facts["object"], each["path"]) is not None for each in facts[key])
            for gap in subject.gaps:
                assert all(path[0] == "facts" and path[1] in KubernetesFacts.__annotations__ for path in gap["paths"])
