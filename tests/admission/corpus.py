"""Every real Kubernetes object that the repository has, as it is put into a real API server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from policyctl.admission.cluster.kinds import WATCHED
from policyctl.collectors.kubernetes.objects import Item, items
from policyctl.collectors.reading import read
from policyctl.model.errors import InputError
from tests.conftest import DATA, EXAMPLES
from tests.kube.server import Kube

NAMESPACE = "corpus"
NOT_ASKED = {"Secret", "Namespace"}
"""The first is never sent; the second would be judged without the namespace that the test gives it."""


def corpus() -> Iterator[Item]:
    """The objects of all manifests, Lists taken apart."""
    for folder in (DATA / "kubernetes", EXAMPLES / "kubernetes"):
        for path in sorted(folder.rglob("*.yaml")):
            try:
                content = read(str(path))
            except InputError:
                continue
            yield from (item for item in items(content) if isinstance(item, Item))


def prepared(item: Item) -> dict[str, Any]:
    """The object in the test's namespace, where its kind has namespaces."""
    value: dict[str, Any] = json.loads(json.dumps(item.value))
    value.setdefault("apiVersion", item.api_version)
    value.setdefault("kind", item.kind)
    value["metadata"].pop("namespace", None)
    if not is_global(item):
        value["metadata"]["namespace"] = NAMESPACE
    return value


def is_global(item: Item) -> bool:
    """Whether its kind has no namespaces."""
    return item.kind.startswith("Cluster")


def extensions(found: list[Item]) -> Iterator[dict[str, Any]]:
    """A definition of each kind that an API server does not have, which takes whatever is written."""
    kinds: dict[tuple[str, str], list[Item]] = {}
    for item in found:
        if "." in item.group and item.group != "rbac.authorization.k8s.io":
            kinds.setdefault((item.group, item.kind), []).append(item)
    schema = {"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": True}}
    for (group, kind), of_kind in sorted(kinds.items()):
        versions = sorted({item.api_version.partition("/")[2] for item in of_kind})
        plural = f"{kind.lower()}s"
        yield {
            "apiVersion": "apiextensions.k8s.io/v1",
            "kind": "CustomResourceDefinition",
            "metadata": {
                "name": f"{plural}.{group}",
                "annotations": {"api-approved.kubernetes.io": "unapproved, for a test"},
            },
            "spec": {
                "group": group,
                "names": {"plural": plural, "kind": kind},
                "scope": "Cluster" if is_global(of_kind[0]) else "Namespaced",
                "versions": [
                    {"name": version, "served": True, "storage": version == versions[0], "schema": schema}
                    for version in versions
                ],
            },
        }


def verdict(answer: dict[str, Any], value: dict[str, Any]) -> dict[str, Any]:
    """The answer; without what holds the name, where the server makes one."""
    if value["metadata"].get("name"):
        return answer
    nameless = json.loads(json.dumps(answer))
    for entries in (*nameless["findings"].values(), *nameless["undetermined"].values()):
        for entry in entries:
            entry.pop("resource")
            entry.pop("id", None)
        entries.sort(key=json.dumps)
    return dict(nameless)


def one_of_each_kind_that_others_are_related_to(kube: Kube) -> None:
    """A kind without objects is known to have none in a cluster, and not known in files."""
    named = {"metadata": {"name": "one", "namespace": "plain"}}
    role = {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "one"}
    specs: dict[str, dict[str, Any]] = {
        "NetworkPolicy": {"spec": {"podSelector": {}, "policyTypes": ["Ingress"]}},
        "PodDisruptionBudget": {"spec": {"minAvailable": 1, "selector": {"matchLabels": {"app": "none"}}}},
        "Service": {"spec": {"ports": [{"port": 80}], "selector": {"app": "none"}}},
        "RoleBinding": {"roleRef": role, "subjects": [{"kind": "User", "name": "nobody"}]},
    }
    kinds = [one for one in WATCHED if not one.optional and not one.kind.startswith("Cluster")]
    kube.apply(
        *({"apiVersion": one.api_version, "kind": one.kind, **named, **specs.get(one.kind, {})} for one in kinds)
    )
