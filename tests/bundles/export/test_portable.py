"""The facts that our Rego makes of an object are those of the collector: on every workload of the corpus, and on each
of them with any one field of its pod changed into something else.

Where the collector says that it could not read a pod or container, so does the Rego; what it reads, it reads the same.
"""

from __future__ import annotations

import copy
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from policyctl.bundles.export.gatekeeper.workloads import KINDS
from policyctl.bundles.portable import PREPARING
from policyctl.gathering import gather, subjects
from policyctl.model.document import Collected
from tests.bundles.export.judged import judged
from tests.conftest import ROOT

REGO = ROOT / "rego"
QUERY = (
    "[told | some one in input.objects; told := "
    '{"facts": data.policyctl.portable.document.facts, "unreadable": data.policyctl.portable.unreadable} '
    'with input as {"review": {"object": one}}]'
)
OTHERS: tuple[Any, ...] = (None, "", "text", 0, 7, True, False, [], {}, [7], [{}], {"a": 7})
QUANTITIES = "1 0 0.1 .5 5. 1.5Gi 0.1Gi 100m 1n 999u 2e3 2E3 2E-3 -1 1.2.3 Gi '' 1gi +4 1e-30 0x1".split()
HUGE = "1E 8Ei 1e400 9223372036854775808".split()
"""Capped at 63 bits; more thousandths of a cpu than that are told with the precision that OPA has."""

IMAGES = (
    "nginx",
    "nginx:1.25",
    "Nginx",
    "localhost/a",
    "host:5000/a/b:1",
    "REG/a",
    "a//b",
    "<image>",
    "a@sha256:" + "0" * 64,
    "a:1@sha256:" + "0" * 64,
    "a@sha256:" + "0" * 63,
    "a@sha256:" + "A" * 64,
    "a@md5:" + "0" * 32,
    "a@sha512:" + "0" * 128,
    "a:",
    "a:-1",
    "[::1]:5000/a",
    "a.b/c__d/e",
    "a___b",
    "x/" + "a" * 255,
    "x/" + "a" * 600,
    "$(IMAGE)",
    "a b",
)
_CONTAINER = (
    "id",
    "path",
    "pod",
    "role",
    "name",
    "image_source",
    "limits",
    "requests",
    "security_context",
    "host_ports",
)
_POD = ("path", "host_network", "host_pid", "host_ipc", "security_context", "volumes")


def workloads() -> list[Any]:
    """The objects of the corpus that a Constraint is asked about."""
    facts = [one.document["facts"] for one in judged("baseline") if one.document["kind"] == "kubernetes_object"]
    return [one["object"] for one in facts if (one["group"], one["kind"]) in KINDS]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in entries:
        yield from places(below, (*path, key))


def with_value(root: Any, path: tuple[Any, ...], value: Any) -> Any:
    changed = copy.deepcopy(root)
    node = changed
    for part in path[:-1]:
        node = node[part]
    node[path[-1]] = value
    return changed


def changed_once() -> Iterator[Any]:
    """Every kind's objects with one field below `spec` (or `template`) made something else; each shape of a place once."""
    seen: set[tuple[Any, ...]] = set()
    for root in [*workloads(), FULL]:
        for path in places({key: root[key] for key in ("spec", "template") if key in root}):
            shape = (root["kind"], *("*" if isinstance(part, int) else part for part in path))
            if path and shape not in seen:
                seen.add(shape)
                yield from (with_value(root, path, other) for other in OTHERS)


FULL: Any = {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {"name": "full", "namespace": "ml"},
    "spec": {
        "hostNetwork": False,
        "hostPID": True,
        "hostIPC": False,
        "automountServiceAccountToken": False,
        "serviceAccountName": "own",
        "securityContext": {
            "runAsNonRoot": True,
            "runAsUser": 1000,
            "runAsGroup": 1000,
            "fsGroup": 1000,
            "sysctls": [{"name": "kernel.shm_rmid_forced", "value": "1"}],
            "seccompProfile": {"type": "RuntimeDefault"},
            "appArmorProfile": {"type": "Localhost"},
            "seLinuxOptions": {"type": "container_t", "user": "u", "role": "r"},
            "windowsOptions": {"hostProcess": False},
        },
        "volumes": [
            {"name": "a", "hostPath": {"path": "/etc"}},
            {"name": "b", "projected": {"sources": [{"serviceAccountToken": {"path": "t"}}]}},
            {"name": "c"},
        ],
        "initContainers": [{"name": "i", "image": "busybox:1"}],
        "ephemeralContainers": [{"name": "e", "image": "busybox:1"}],
        "containers": [
            {
                "name": "c",
                "image": "reg.example.org/a/b:1",
                "command": ["sh"],
                "args": ["-c"],
                "env": [{"name": "A", "value": "1"}, {"name": "B", "valueFrom": {"fieldRef": {"fieldPath": "x"}}}],
                "envFrom": [{"configMapRef": {"name": "m"}}],
                "ports": [{"containerPort": 80, "hostPort": 80}],
                "resources": {
                    "limits": {"cpu": "1", "memory": "1Gi", "nvidia.com/gpu": 1, "example.com/x": "y"},
                    "requests": {"cpu": "100m", "memory": "1Mi", "ephemeral-storage": "1Gi"},
                },
                "securityContext": {
                    "privileged": False,
                    "allowPrivilegeEscalation": False,
                    "readOnlyRootFilesystem": True,
                    "procMount": "Default",
                    "capabilities": {"add": ["NET_BIND_SERVICE"], "drop": ["ALL"]},
                },
                "livenessProbe": {"httpGet": {"path": "/"}},
            }
        ],
    },
}


def by_collector(objects: list[Any], folder: Path) -> list[Collected]:
    """What the collector makes of each object, alone."""
    for number, one in enumerate(objects):
        (folder / f"{number:05}.json").write_text(json.dumps(one))
    collected = subjects(gather([str(folder)], "kubernetes_object"))
    by_file = {Path(one.subject["path"]).stem: one for one in collected}
    return [by_file[f"{number:05}"] for number in range(len(objects))]


def by_rego(objects: list[Any], opa: str) -> list[Any]:
    rules = [option for path in PREPARING for option in ("--data", str(REGO / path))]
    command = [opa, "eval", *rules, "--stdin-input", QUERY]
    ran = subprocess.run(command, input=json.dumps({"objects": objects}), capture_output=True, text=True, check=True)
    told: list[Any] = json.loads(ran.stdout)["result"][0]["expressions"][0]["value"]
    return told


def carried_over(facts: Any) -> Any:
    """The part of the collector's facts that the Rego makes too."""
    return {
        "id": facts["id"],
        "kind": facts["kind"],
        "pods": [{key: pod[key] for key in _POD} for pod in facts["pods"]],
        "containers": [
            {key: one[key] for key in _CONTAINER}
            | (
                {"image": {k: v for k, v in one["image"].items() if k in ("reference", "digest")}}
                if "image" in one
                else {}
            )
            for one in facts["containers"]
        ],
    }


def unread(collected: Collected) -> list[str]:
    """Why the collector could not read the pods or containers."""
    hidden = {"pods", "containers"}
    return [gap["reason"] for gap in collected.gaps if hidden & {path[1] for path in gap["paths"]}]


def differences(objects: list[Any], folder: Path, opa: str) -> list[Any]:
    wrong = []
    for one, theirs, ours in zip(objects, by_collector(objects, folder), by_rego(objects, opa), strict=True):
        if unread(theirs) and not ours["unreadable"]:
            wrong.append(("not told", unread(theirs), one))
        if not ours["unreadable"] and ours["facts"] != carried_over(theirs.facts):
            wrong.append(("different", ours["facts"], carried_over(theirs.facts)))
    return wrong


@pytest.fixture(params=["pinned", "newest"])
def opa(request: pytest.FixtureRequest, opa_path: str, newest_opa_path: str) -> str:
    return opa_path if request.param == "pinned" else newest_opa_path


def test_every_workload_of_the_corpus_gives_the_same_facts(tmp_path: Path, opa: str) -> None:
    objects = [*workloads(), FULL]

    assert len(objects) > 30
    assert differences(objects, tmp_path, opa) == []
    assert sum(bool(one["unreadable"]) for one in by_rego(objects, opa)) == 2


@pytest.mark.servers
def test_any_one_field_changed_gives_the_same_facts_or_is_told(tmp_path: Path, opa_path: str) -> None:
    objects = list(changed_once())

    assert len(objects) > 1000
    assert differences(objects, tmp_path, opa_path) == []


def test_quantities_and_images_are_read_the_same(tmp_path: Path, opa_path: str) -> None:
    container = ("spec", "containers", 0)
    objects = [with_value(FULL, (*container, "image"), image) for image in IMAGES]
    for quantity in [*QUANTITIES, *HUGE]:
        for resource in ("memory", "ephemeral-storage", "nvidia.com/gpu", *(("cpu",) if quantity not in HUGE else ())):
            objects.append(with_value(FULL, (*container, "resources", "limits", resource), quantity))

    assert differences(objects, tmp_path, opa_path) == []
