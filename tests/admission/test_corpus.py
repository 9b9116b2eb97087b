"""Every real object that we have, applied to a real API server: the verdict is that of `policyctl check` on the same object."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from policyctl import pipeline, settings
from policyctl.collectors.kubernetes.objects import Item, items
from policyctl.collectors.reading import read
from policyctl.context import current
from policyctl.model.errors import InputError
from policyctl.opening import open_run
from tests.admission.serving import Serving
from tests.admission.test_kube import decisions, installed
from tests.conftest import DATA, EXAMPLES
from tests.kube.server import Kube, running

pytestmark = pytest.mark.servers

NAMESPACE = "corpus"
NOT_ASKED = {"Secret", "Namespace"}
"""The first is never sent; the second would be judged without the namespace that the test gives it."""
REFUSED_BEFORE = [
    "cronjob-passed.yaml CronJob",
    "cronjob-unknown.yaml CronJob",
    "malformed-securitycontext.yaml Pod",
]
"""By the API server itself: two of a version that it no longer has, and one whose containers are no list."""


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


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Kube, Serving]]:
    """An API server that knows every kind of the corpus, and asks."""
    with running() as kube:
        metadata = {"name": NAMESPACE, "labels": {"policyctl.dev/ai-systems": "true"}}
        kube.apply(*extensions(list(corpus())))
        kube.kubectl("wait", "--for=condition=Established", "crd", "--all", "--timeout=60s")
        for name in (metadata, {"name": "plain"}):
            kube.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": name})
        serving = Serving(tmp_path_factory.mktemp("serving")).start()
        installed(kube, serving)
        yield kube, serving
        serving.close()


def test_the_verdict_at_admission_is_that_of_check_on_the_same_object(
    asked: tuple[Kube, Serving], tmp_path: Path
) -> None:
    kube, serving = asked
    unequal, without = [], []
    with open_run(settings.load({}, environment={}, cwd=tmp_path), ["kubernetes_object"]) as run:
        for item in corpus():
            if item.kind in NOT_ASKED:
                continue
            value, place = prepared(item), f"{Path(item.content.path).name} {item.kind}"
            admitted = admission(kube, serving, value)
            if admitted is None:
                without.append(place)
                continue
            file = tmp_path / "object.yaml"
            file.write_text(yaml.safe_dump(value))
            (checked,) = pipeline.check([str(file)], run, pipeline.Options(record=False), current()).decisions
            if verdict(admitted, value) != verdict(dict(checked.answer), value):
                unequal.append(place)

    assert unequal == []
    assert without == REFUSED_BEFORE


def admission(kube: Kube, serving: Serving, value: dict[str, Any]) -> dict[str, Any] | None:
    """The answer on record about an object that somebody creates; None where the API server itself refuses it first. It is gone then."""
    before = len(decisions(serving))
    ran = kube.kubectl("create", "-f", "-", "-o", "name", stdin=yaml.safe_dump(value), check=False)
    made = decisions(serving)[before:]
    if ran.returncode == 0:
        scope = [] if "namespace" not in value["metadata"] else ["-n", NAMESPACE]
        kube.kubectl(*scope, "delete", "--wait=false", ran.stdout.strip())
    if not made:
        assert "denied the request" not in ran.stderr
        return None
    assert (made[-1]["outcome"] == "deny") == (ran.returncode != 0), ran.stderr
    answer: dict[str, Any] = made[-1]["answer"]
    return answer


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
