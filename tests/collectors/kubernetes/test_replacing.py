"""How new versions take the place of earlier ones. Expected values are worked out from the documentation of each kind."""

from __future__ import annotations

import json

import pytest

POD = {"containers": [{"name": "c", "image": "app:1"}]}
TEMPLATE = {"template": {"spec": POD}}


@pytest.fixture
def replacements(subjects):
    """The replacements of one object of this kind and spec."""

    def read(kind, version, spec, annotations=None):
        metadata = {"name": "a", "annotations": annotations or {}}
        text = json.dumps({"apiVersion": version, "kind": kind, "metadata": metadata, "spec": spec})
        (found,) = subjects(text).values()
        return found.facts["inference"]["replacements"]

    return read


def rolling(**amounts):
    return {"strategy": {"type": "RollingUpdate", "rollingUpdate": amounts}}


def test_a_deployment_that_says_nothing_rolls_and_keeps_earlier_versions(replacements):
    assert replacements("Deployment", "apps/v1", TEMPLATE) == [
        {"path": ["spec"], "strategy": "RollingUpdate", "old_kept": True, "way_back": True}
    ]


def test_recreating_keeps_nothing_of_the_earlier_version(replacements):
    found = replacements("Deployment", "apps/v1", {**TEMPLATE, "replicas": 3, "strategy": {"type": "Recreate"}})

    assert found == [{"path": ["spec", "strategy"], "strategy": "Recreate", "old_kept": False, "way_back": True}]


@pytest.mark.parametrize(("limit", "way_back"), [(0, False), (1, True), (None, True)])
@pytest.mark.parametrize("kind", ["Deployment", "StatefulSet"])
def test_without_earlier_revisions_there_is_no_way_back(replacements, kind, limit, way_back):
    (found,) = replacements(kind, "apps/v1", {**TEMPLATE, "revisionHistoryLimit": limit})

    assert found["way_back"] is way_back


@pytest.mark.parametrize(
    ("replicas", "amounts", "kept"),
    [
        (1, {}, True),
        (1, {"maxSurge": 0}, False),
        (1, {"maxSurge": 0, "maxUnavailable": 1}, False),
        (2, {"maxSurge": 0, "maxUnavailable": 1}, True),
        (1, {"maxSurge": 1, "maxUnavailable": 0}, True),
        (1, {"maxSurge": 1, "maxUnavailable": 1}, False),
        (3, {"maxUnavailable": 3}, False),
        (3, {"maxUnavailable": "99%"}, True),
        (3, {"maxUnavailable": "100%"}, False),
        (4, {"maxSurge": "0%", "maxUnavailable": "25%"}, True),
        (1, {"maxSurge": "0%", "maxUnavailable": "25%"}, False),
        (None, {}, True),
        (None, {"maxSurge": 1, "maxUnavailable": 0}, True),
        (None, {"maxSurge": 0}, None),
        (None, {"maxUnavailable": 1}, None),
        (None, {"maxUnavailable": "100%"}, False),
        (0, {"maxUnavailable": 1}, None),
    ],
)
def test_a_rolling_update_keeps_what_may_not_be_missing(replacements, replicas, amounts, kept):
    (found,) = replacements("Deployment", "apps/v1", {**TEMPLATE, "replicas": replicas, **rolling(**amounts)})

    assert found.get("old_kept") is kept


@pytest.mark.parametrize(("replicas", "kept"), [(1, False), (2, True), (None, None)])
def test_before_apps_one_pod_could_be_missing_by_default(replacements, replicas, kept):
    (found,) = replacements("Deployment", "extensions/v1beta1", {**TEMPLATE, "replicas": replicas})

    assert found.get("old_kept") is kept


def test_a_strategy_that_nobody_knows_tells_nothing(replacements):
    (found,) = replacements("Deployment", "apps/v1", {**TEMPLATE, "strategy": {"type": "Carefully"}})

    assert found == {"path": ["spec", "strategy"], "strategy": "Carefully", "way_back": True}


@pytest.mark.parametrize(
    "strategy",
    [
        "Recreate",
        {"type": ["Recreate"]},
        {"rollingUpdate": "25%"},
        {"rollingUpdate": {"maxSurge": "1"}},
        {"rollingUpdate": {"maxUnavailable": -1}},
        {"rollingUpdate": {"maxUnavailable": True}},
    ],
)
def test_a_malformed_strategy_is_a_gap(subjects, hidden, strategy):
    spec = {**TEMPLATE, "strategy": strategy}
    text = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "a"}, "spec": spec}
    (subject,) = subjects(json.dumps(text)).values()

    assert "inference" in hidden(subject)


@pytest.mark.parametrize(
    ("replicas", "strategy", "kept"),
    [
        (1, {}, False),
        (2, {}, True),
        (None, {}, None),
        (1, {"type": "OnDelete"}, True),
        (3, {"rollingUpdate": {"maxUnavailable": 3}}, False),
        (3, {"rollingUpdate": {"maxUnavailable": "67%"}}, False),
        (3, {"rollingUpdate": {"maxUnavailable": "66%"}}, True),
        (1, {"rollingUpdate": {"partition": 1}}, True),
        (1, {"rollingUpdate": {"partition": 0}}, False),
        (3, {"type": "Carefully"}, None),
    ],
)
def test_a_stateful_set_takes_one_pod_down_before_it_makes_the_new_one(replacements, replicas, strategy, kept):
    (found,) = replacements("StatefulSet", "apps/v1", {**TEMPLATE, "replicas": replicas, "updateStrategy": strategy})

    assert found.get("old_kept") is kept


@pytest.mark.parametrize(("limit", "way_back"), [(0, False), (None, True)])
@pytest.mark.parametrize("strategy", ["canary", "blueGreen"])
def test_an_argo_rollout_keeps_both(replacements, strategy, limit, way_back):
    spec = {**TEMPLATE, "strategy": {strategy: {}}, "revisionHistoryLimit": limit}

    assert replacements("Rollout", "argoproj.io/v1alpha1", spec) == [
        {"path": ["spec", "strategy", strategy], "strategy": strategy, "old_kept": True, "way_back": way_back}
    ]


@pytest.mark.parametrize(
    ("replicas", "amounts", "kept"),
    [
        (1, {"maxSurge": 0}, False),
        (2, {"maxSurge": 0}, True),
        (None, {"maxSurge": 0}, None),
        (3, {"maxUnavailable": "100%"}, False),
    ],
)
def test_an_argo_canary_rolls_like_a_deployment(replacements, replicas, amounts, kept):
    spec = {**TEMPLATE, "replicas": replicas, "strategy": {"canary": amounts}}
    (found,) = replacements("Rollout", "argoproj.io/v1alpha1", spec)

    assert found.get("old_kept") is kept


def test_knative_keeps_revisions(replacements):
    assert replacements("Service", "serving.knative.dev/v1", TEMPLATE) == [
        {"path": ["spec"], "strategy": "revisions", "old_kept": True, "way_back": True}
    ]


ISVC = ("InferenceService", "serving.kserve.io/v1beta1")


@pytest.mark.parametrize("mode", ["Serverless", "Knative"])
def test_kserve_on_knative_keeps_revisions_of_each_component(replacements, mode):
    found = replacements(*ISVC, {"predictor": POD, "explainer": POD}, {"serving.kserve.io/deploymentMode": mode})

    assert found == [
        {"path": ["spec", name], "strategy": "revisions", "old_kept": True, "way_back": True}
        for name in ("predictor", "explainer")
    ]


@pytest.mark.parametrize("annotations", [{}, {"serving.kserve.io/deploymentMode": "RawDeployment"}, {"a": "Knative"}])
def test_what_kserve_keeps_otherwise_the_object_does_not_tell(replacements, annotations):
    canary = {**POD, "canaryTrafficPercent": 10}

    assert replacements(*ISVC, {"predictor": canary}, annotations) == [{"path": ["spec", "predictor"]}]


@pytest.mark.parametrize(
    ("strategy", "kept"),
    [({"type": "Recreate"}, False), ({"rollingUpdate": {"maxUnavailable": 0, "maxSurge": 1}}, True)],
)
def test_a_strategy_in_kserve_tells_how_pods_are_replaced_and_no_way_back(replacements, strategy, kept):
    (found,) = replacements(*ISVC, {"predictor": {**POD, "deploymentStrategy": strategy}})

    assert (found["old_kept"], "way_back" in found) == (kept, False)


def test_versions_beside_each_other_in_seldon_can_take_over_for_each_other(replacements):
    one = {"graph": {"name": "a"}, "componentSpecs": [{"spec": POD}], "traffic": 90}
    other = {"graph": {"name": "a"}, "componentSpecs": [{"spec": POD}], "shadow": True}
    seldon = ("SeldonDeployment", "machinelearning.seldon.io/v1")

    assert replacements(*seldon, {"predictors": [one]}) == []
    assert [
        (found["strategy"], found["way_back"]) for found in replacements(*seldon, {"predictors": [one, other]})
    ] == [
        ("seldon", True),
        ("shadow", True),
    ]


@pytest.mark.parametrize(
    ("kind", "version"),
    [("Pod", "v1"), ("DaemonSet", "apps/v1"), ("RayService", "ray.io/v1"), ("Model", "mlops.seldon.io/v1alpha1")],
)
def test_other_kinds_do_not_tell(replacements, kind, version):
    assert replacements(kind, version, POD if kind == "Pod" else TEMPLATE) == []
