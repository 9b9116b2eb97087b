"""Pods are found in kinds that are known, in kinds that are not, and missed by a gap where they should be."""

from __future__ import annotations

import json

import pytest


def subject_of(subjects, kind, version, spec):
    text = json.dumps({"apiVersion": version, "kind": kind, "metadata": {"name": "a"}, "spec": spec})
    (found,) = subjects(text).values()
    return found


POD = {"containers": [{"name": "c", "image": "app:1"}]}
TEMPLATE = {"metadata": {"labels": {"of": "template"}}, "spec": POD}


@pytest.mark.parametrize(
    ("kind", "version", "spec", "path"),
    [
        ("Pod", "v1", POD, ["spec"]),
        ("ReplicaSet", "apps/v1", {"template": TEMPLATE}, ["spec", "template", "spec"]),
        (
            "CronJob",
            "batch/v1",
            {"jobTemplate": {"spec": {"template": TEMPLATE}}},
            ["spec", "jobTemplate", "spec", "template", "spec"],
        ),
        ("Service", "serving.knative.dev/v1", {"template": TEMPLATE}, ["spec", "template", "spec"]),
        ("Rollout", "argoproj.io/v1alpha1", {"template": TEMPLATE}, ["spec", "template", "spec"]),
        (
            "SeldonDeployment",
            "machinelearning.seldon.io/v1",
            {"predictors": [{"componentSpecs": [TEMPLATE], "graph": {"name": "c"}}]},
            ["spec", "predictors", 0, "componentSpecs", 0, "spec"],
        ),
        ("Server", "mlops.seldon.io/v1alpha1", {"podSpec": POD}, ["spec", "podSpec"]),
        (
            "JobSet",
            "jobset.x-k8s.io/v1alpha2",
            {"replicatedJobs": [{"template": {"spec": {"template": TEMPLATE}}}]},
            None,
        ),
        (
            "Oven",
            "bakery.example/v1",
            {"deep": [{"er": {"podTemplate": TEMPLATE}}]},
            ["spec", "deep", 0, "er", "podTemplate", "spec"],
        ),
    ],
)
def test_a_pod_is_found_where_its_kind_has_it(subjects, kind, version, spec, path):
    subject = subject_of(subjects, kind, version, spec)

    assert subject.gaps == ()
    assert [c["image"]["reference"] for c in subject.facts["containers"]] == ["app:1"]
    if path:
        assert subject.facts["pods"][0]["path"] == path
    if path and path[-1] == "spec" and len(path) > 1:
        assert subject.facts["pods"][0]["labels"] == {"of": "template"}


@pytest.mark.parametrize(
    ("kind", "version"),
    [
        ("Pod", "v1"),
        ("Deployment", "apps/v1"),
        ("Job", "batch/v1"),
        ("CronJob", "batch/v1"),
        ("Service", "serving.knative.dev/v1"),
        ("RayCluster", "ray.io/v1"),
        ("RayService", "ray.io/v1"),
        ("PyTorchJob", "kubeflow.org/v1"),
        ("Notebook", "kubeflow.org/v1"),
        ("LeaderWorkerSet", "leaderworkerset.x-k8s.io/v1"),
        ("InferenceService", "serving.kserve.io/v1beta1"),
        ("ServingRuntime", "serving.kserve.io/v1alpha1"),
        ("SeldonDeployment", "machinelearning.seldon.io/v1"),
        ("Experiment", "kubeflow.org/v1beta1"),
    ],
)
@pytest.mark.parametrize("spec", [None, {}, 3, [], "x", {"template": 3}, {"template": {"spec": {"containers": None}}}])
def test_a_kind_that_must_have_a_pod_and_has_none_is_a_gap(subjects, hidden, kind, version, spec):
    subject = subject_of(subjects, kind, version, spec)

    assert {"pods", "containers", "ai_workload", "serving"} <= hidden(subject)


@pytest.mark.parametrize("containers", [None, {}, 3, "c", [None], ["c"], [[{"name": "c"}]], []])
def test_containers_of_the_wrong_shape_are_a_gap(subjects, hidden, containers):
    subject = subject_of(subjects, "Deployment", "apps/v1", {"template": {"spec": {"containers": containers}}})

    assert {"pods", "containers"} <= hidden(subject)


@pytest.mark.parametrize("containers", [{}, 3, [None], [["c"]]])
def test_containers_of_the_wrong_shape_are_a_gap_in_a_kind_that_nobody_knows(subjects, hidden, containers):
    assert "containers" in hidden(subject_of(subjects, "Oven", "bakery.example/v1", {"containers": containers}))


def test_names_of_containers_in_a_kind_that_nobody_knows_are_not_pods(subjects):
    subject = subject_of(subjects, "Filter", "logs.example/v1", {"containers": ["main", "sidecar"]})

    assert (subject.facts["pods"], subject.gaps) == ([], ())


def test_one_bad_container_among_good_ones_hides_what_it_may_hold(subjects, hidden):
    subject = subject_of(subjects, "Pod", "v1", {"containers": [POD["containers"][0], "x"]})

    assert len(subject.facts["containers"]) == 1
    assert "containers" in hidden(subject)


def test_init_and_ephemeral_containers_have_their_roles(of_pod):
    subject = of_pod(initContainers=[{"name": "i", "image": "a"}], ephemeralContainers=[{"name": "e", "image": "b"}])

    assert [(c["name"], c["role"]) for c in subject.facts["containers"]] == [
        ("i", "init"),
        ("main", "container"),
        ("e", "ephemeral"),
    ]


@pytest.mark.parametrize(
    "spec",
    [
        {"image": "app:1", "replicas": 2},
        {"server": {"image": "app:1", "env": []}},
        {"steps": [{"name": "s", "image": "app:1", "script": "echo"}]},
        {"image": {"repository": "app", "tag": 1}},
    ],
)
def test_a_single_image_in_a_kind_that_nobody_knows_is_a_container(subjects, spec):
    subject = subject_of(subjects, "Oven", "bakery.example/v1", spec)

    assert [c["image"]["reference"] for c in subject.facts["containers"]] == ["app:1"]


def test_the_address_of_a_picture_is_no_container(subjects):
    subject = subject_of(subjects, "Link", "console.example/v1", {"image": "https://example.com/logo.png"})

    assert (subject.facts["containers"], subject.gaps) == ([], ())


def workflow(**changes):
    return {
        "entrypoint": "t",
        "templates": [{"name": "t", "container": {"image": "app:1", "args": ["--x"]}, **changes}],
    }


@pytest.mark.parametrize(
    ("template", "names"),
    [
        ({}, ["main"]),
        (
            {"sidecars": [{"name": "s", "image": "b"}], "initContainers": [{"name": "i", "image": "c"}]},
            ["i", "s", "main"],
        ),
        ({"container": None, "script": {"image": "app:1", "source": "print()"}}, ["main"]),
        ({"container": None, "containerSet": {"containers": [{"name": "x", "image": "app:1"}]}}, ["x"]),
    ],
)
def test_the_containers_of_an_argo_template(subjects, template, names):
    subject = subject_of(subjects, "Workflow", "argoproj.io/v1alpha1", workflow(**template))

    assert [c["name"] for c in subject.facts["containers"]] == names
    assert subject.gaps == ()


def test_a_template_takes_from_its_workflow_what_it_does_not_say(subjects):
    spec = {
        **workflow(),
        "serviceAccountName": "runner",
        "automountServiceAccountToken": False,
        "securityContext": {"runAsNonRoot": True},
        "volumes": [{"name": "d", "hostPath": {"path": "/d"}}],
        "podMetadata": {"labels": {"team": "a"}},
    }
    (pod,) = subject_of(subjects, "Workflow", "argoproj.io/v1alpha1", spec).facts["pods"]

    assert (pod["service_account"], pod["automount_token"]) == ("runner", False)
    assert pod["security_context"] == {"run_as_non_root": True}
    assert pod["volumes"][0]["host_path"] == "/d"
    assert pod["labels"] == {"team": "a"}


@pytest.mark.parametrize(
    "template",
    [
        {"podSpecPatch": '{"containers": [{"name": "main", "securityContext": {"privileged": true}}]}'},
        {"resource": {"action": "create", "manifest": "kind: Job"}},
        {"resource": {"action": "create", "manifest": "kind: '{{inputs.parameters.kind}}'"}},
        {"resource": {"action": "create", "manifest": "kind: ConfigMap\n---\nkind: Pod"}},
        {"resource": {"action": "apply"}},
    ],
)
def test_what_changes_or_makes_pods_later_is_a_gap(subjects, hidden, template):
    assert "containers" in hidden(subject_of(subjects, "Workflow", "argoproj.io/v1alpha1", workflow(**template)))


def test_an_inference_service_may_have_a_container_instead_of_a_framework(subjects):
    spec = {"predictor": {"serviceAccountName": "sa", **POD}, "transformer": POD}
    facts = subject_of(subjects, "InferenceService", "serving.kserve.io/v1beta1", spec).facts

    assert [c["id"] for c in facts["containers"]] == ["spec.predictor/c", "spec.transformer/c"]
    assert facts["pods"][0]["service_account"] == "sa"


def test_the_fields_of_a_model_are_those_of_its_container(subjects):
    spec = {
        "predictor": {
            "model": {"modelFormat": {"name": "sklearn"}, "storageUri": "s3://b/m", "args": ["--trust-remote-code"]}
        }
    }
    facts = subject_of(subjects, "InferenceService", "serving.kserve.io/v1beta1", spec).facts

    assert facts["containers"][0]["arguments"] == ["--trust-remote-code"]
    assert facts["unsafe_loading"][0]["path"] == ["spec", "predictor", "model", "args", 0]


def test_a_ray_job_on_a_cluster_of_others_has_its_pods_there(subjects):
    subject = subject_of(
        subjects, "RayJob", "ray.io/v1", {"clusterSelector": {"ray.io/cluster": "c"}, "entrypoint": "x"}
    )

    assert (subject.facts["pods"], subject.gaps) == ([], ())
