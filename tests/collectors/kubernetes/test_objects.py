from __future__ import annotations

import json

import pytest

from policyctl.collectors.kubernetes import KubernetesCollector

POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: c, image: x}]}\n"


def recognised(content, text, path="manifest.yaml") -> bool:
    return KubernetesCollector().recognises(content(text, path))


def test_documents_without_a_type_are_not_ours(content):
    assert not recognised(content, "services: {web: {image: nginx}}")
    assert not recognised(content, "replicaCount: 1\nimage: {repository: nginx}")
    assert not recognised(content, "apiVersion: v2\nname: chart\nversion: 1.0.0")
    assert not recognised(content, "- 1\n- 2")
    assert not recognised(content, "kind: bug")


def test_a_compose_file_is_not_ours(content):
    from pathlib import Path

    text = (Path(__file__).parents[2] / "data/kubernetes/compose/nim-llm.yaml").read_text(encoding="utf-8")
    assert not recognised(content, text)


def test_one_object_among_other_documents_is_enough(content):
    assert recognised(content, f"a: 1\n---\n{POD}")


@pytest.mark.parametrize("line", ["apiVersion: v1\n", "kind: Pod\n"])
def test_an_object_that_lost_half_of_its_type_is_an_error_not_a_stranger(content, inputs, line):
    text = POD.replace(line, "")

    assert recognised(content, text)
    (found,) = inputs(text)
    assert found.status == "error"
    assert line.partition(":")[0] in found.message


def test_a_bad_document_among_good_ones_does_not_lose_them(inputs):
    decided, broken = inputs(f"{POD}---\nkind: Service\nspec: {{}}\n---\n{POD.replace('name: a', 'name: b')}")

    assert [subject.subject["id"] for subject in decided.subjects] == ["Pod.v1/-/a", "Pod.v1/-/b"]
    assert (broken.status, broken.path) == ("error", "0.yaml")
    assert "document 2" in broken.message


@pytest.mark.parametrize("document", ["just text", "- 1", "3"])
def test_a_document_beside_objects_that_is_no_mapping_is_an_error(inputs, document):
    decided, broken = inputs(f"{POD}---\n{document}\n")

    assert len(decided.subjects) == 1
    assert broken.status == "error"


@pytest.mark.parametrize("metadata", ["{}", "null", "[]", "{name: null}", "{name: 3}", "{name: ''}", "{name: [a]}"])
def test_an_object_without_a_name_is_an_error(inputs, metadata):
    (found,) = inputs(POD.replace("{name: a}", metadata))

    assert found.status == "error"
    assert "metadata" in found.message


def test_lists_in_lists_are_flattened_with_the_place_of_each(subjects, content):
    inner = {
        "apiVersion": "v1",
        "kind": "List",
        "items": [{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "s"}}],
    }
    text = json.dumps({"apiVersion": "v1", "kind": "List", "items": [inner]})

    asked = []
    made = content(text)
    placed = type(made)(
        made.path, made.sha256, "json", text, made.values, lambda doc, path: asked.append((doc, path)) or 7
    )
    (found,) = KubernetesCollector().collect([placed])
    (subject,) = found.subjects
    location = subject.locate(subject.subject["id"], ("spec", "ports"))

    assert subject.subject["id"] == "Service.v1/-/s"
    assert asked[-1] == (0, ("items", 0, "items", 0, "spec", "ports"))
    assert (location.file, location.line) == ("manifest.yaml", 7)


def test_a_typed_list_gives_its_items_their_type(subjects):
    text = json.dumps(
        {"apiVersion": "apps/v1", "kind": "DeploymentList", "items": [{"metadata": {"name": "d"}, "spec": {}}]}
    )

    assert list(subjects(text)) == ["Deployment.apps/-/d"]


def test_an_item_of_a_plain_list_needs_a_type_of_its_own(inputs):
    (found,) = inputs(json.dumps({"apiVersion": "v1", "kind": "List", "items": [{"metadata": {"name": "d"}}]}))

    assert found.status == "error"


@pytest.mark.parametrize(
    ("items", "status"), [([], "skipped"), (None, "skipped"), ({}, "error"), ("x", "error"), ([None], "error")]
)
def test_a_list_that_holds_no_object_is_named(inputs, items, status):
    (found,) = inputs(json.dumps({"apiVersion": "v1", "kind": "List", "items": items}))

    assert found.status == status
    assert found.message


def test_lists_nested_without_end_are_refused(inputs):
    value: dict = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "s"}}
    for _ in range(20):
        value = {"apiVersion": "v1", "kind": "List", "items": [value]}

    (found,) = inputs(json.dumps(value))
    assert found.status == "error"


def test_a_kind_that_ends_in_list_and_has_no_items_is_an_object(subjects):
    assert list(subjects("apiVersion: x.io/v1\nkind: AllowList\nmetadata: {name: a}\nspec: {}")) == [
        "AllowList.x.io/-/a"
    ]


@pytest.mark.parametrize(
    "text", ["resources: [a.yaml]", "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: []"]
)
def test_a_kustomization_is_skipped_with_the_command_that_makes_objects(content, text):
    made = content(text, "deploy/kustomization.yaml")

    assert KubernetesCollector().recognises(made)
    (found,) = KubernetesCollector().collect([made])
    assert found.status == "skipped"
    assert "kustomize build deploy" in found.hint


@pytest.mark.parametrize("path", ["deploy/kustomization.yaml", "deploy/all.yaml"])
@pytest.mark.parametrize("first", [True, False])
def test_a_kustomization_hides_no_other_document_of_its_file(content, path, first):
    kustomization = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: []"
    pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {}"
    documents = [kustomization, pod] if first else [pod, kustomization]

    decided, skipped = KubernetesCollector().collect([content("\n---\n".join(documents), path)])

    assert [one.subject["id"] for one in decided.subjects] == ["Pod.v1/-/a"]
    assert skipped.status == "skipped"
    assert skipped.message.startswith(f"document {1 if first else 2}")
    assert "kustomize build deploy" in skipped.hint


def test_a_kustomization_without_a_type_hides_no_other_document_of_its_file(content):
    text = "resources: [a.yaml]\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {}"

    assert [one.status for one in KubernetesCollector().collect([content(text, "kustomization.yaml")])] == [
        "decided",
        "skipped",
    ]


def test_a_list_of_objects_is_no_kustomization_whatever_type_it_claims(content):
    text = (
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: List\n"
        "items: [{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {}}]"
    )

    (found,) = KubernetesCollector().collect([content(text)])

    assert [one.subject["id"] for one in found.subjects] == ["Pod.v1/-/a"]


@pytest.mark.parametrize(
    "text",
    [
        "apiVersion: kind.x-k8s.io/v1alpha4\nkind: Cluster\nnodes: []",
        "apiVersion: v1\nkind: Config\nclusters: []",
        "apiVersion: admission.k8s.io/v1\nkind: AdmissionReview\nrequest: {}",
    ],
)
def test_what_no_cluster_stores_is_skipped_with_the_reason(inputs, text):
    (found,) = inputs(text)

    assert found.status == "skipped"
    assert found.message


def test_a_definition_of_a_kind_is_an_object_without_pods(subjects):
    text = """
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: apps.example.com}
spec:
  versions:
  - schema: {openAPIV3Schema: {properties: {containers: {type: array, items: {properties: {image: {type: string}}}}}}}
"""
    subject = subjects(text)["CustomResourceDefinition.apiextensions.k8s.io/-/apps.example.com"]

    assert (subject.facts["pods"], subject.gaps) == ([], ())


def test_a_pattern_of_a_policy_is_no_pod(subjects):
    text = """
apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: {name: p}
spec: {rules: [{validate: {pattern: {spec: {containers: [{image: "!*:latest"}]}}}}]}
"""
    assert subjects(text)["ClusterPolicy.kyverno.io/-/p"].facts["containers"] == []


@pytest.mark.parametrize(
    ("labels", "annotations", "system"),
    [
        ({"policyctl.dev/system": "credit"}, {}, "credit"),
        ({}, {"policyctl.dev/system": "credit"}, "credit"),
        ({"ai-system": "x", "ai.system/id": "y"}, {"policyctl.dev/system": "credit"}, "credit"),
        ({"ai-system": "x", "ai.system/id": "y"}, {}, "y"),
        ({"ai-system": "x"}, {}, "x"),
        ({"app.kubernetes.io/part-of": "shop"}, {}, None),
        ({"policyctl.dev/system": ""}, {}, None),
    ],
)
def test_the_system_that_an_object_names(subjects, labels, annotations, system):
    metadata = json.dumps({"name": "a", "labels": labels, "annotations": annotations})

    assert subjects(POD.replace("{name: a}", metadata))["Pod.v1/-/a"].system_id == system


def test_a_label_that_is_no_text_is_a_gap(subjects, hidden):
    subject = subjects(POD.replace("{name: a}", "{name: a, labels: {version: 1.20, app: a}}"))["Pod.v1/-/a"]

    assert subject.facts["labels"] == {"app": "a"}
    assert "labels" in hidden(subject)


def test_aliases_that_grow_without_end_are_refused(content):
    made = content("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {}\n")
    wide: list = ["x"]
    for _ in range(9):
        wide = [wide] * 9
    (found,) = KubernetesCollector().collect(
        [type(made)("f", made.sha256, "yaml", "", ({**made.values[0], "data": wide},))]
    )

    assert found.status == "error"
    assert "too large" in found.message


def test_nesting_without_end_is_refused(content):
    made = content("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n")
    deep: list = []
    for _ in range(5000):
        deep = [deep]
    (found,) = KubernetesCollector().collect(
        [type(made)("f", made.sha256, "yaml", "", ({**made.values[0], "data": deep},))]
    )

    assert found.status == "error"
    assert "too deep" in found.message
