from __future__ import annotations

import json

import pytest


def inference(subjects, kind, version, spec, metadata=None):
    text = json.dumps(
        {"apiVersion": version, "kind": kind, "metadata": {"name": "a", **(metadata or {})}, "spec": spec}
    )
    (found,) = subjects(text).values()
    return found.facts["inference"]


POD = {"containers": [{"name": "c", "image": "app:1"}]}
KSERVE = ("InferenceService", "serving.kserve.io/v1beta1")
SELDON = ("SeldonDeployment", "machinelearning.seldon.io/v1")


@pytest.mark.parametrize("percent", [0, 10, 100])
def test_the_canary_of_kserve(subjects, percent):
    found = inference(subjects, *KSERVE, {"predictor": {**POD, "canaryTrafficPercent": percent}})

    assert found["rollouts"] == [
        {"path": ["spec", "predictor", "canaryTrafficPercent"], "source": "kserve", "percent": percent}
    ]


@pytest.mark.parametrize("logger", [None, {}])
def test_an_empty_logger_logs_nothing(subjects, logger):
    assert inference(subjects, *KSERVE, {"predictor": {**POD, "logger": logger}})["request_logging"] == []


@pytest.mark.parametrize("logger", ["all", ["all"], {"mode": 3}])
def test_a_malformed_logger_is_a_gap(subjects, hidden, logger):
    text = {
        "apiVersion": KSERVE[1],
        "kind": KSERVE[0],
        "metadata": {"name": "a"},
        "spec": {"predictor": {**POD, "logger": logger}},
    }
    (subject,) = subjects(json.dumps(text)).values()

    assert "inference" in hidden(subject)


def test_a_logger_anywhere_in_a_seldon_graph_counts(subjects):
    graph = {"name": "a", "children": [{"name": "b", "logger": {"mode": "request", "url": "http://l"}}]}
    found = inference(subjects, *SELDON, {"predictors": [{"graph": graph, "componentSpecs": [{"spec": POD}]}]})

    assert found["request_logging"] == [
        {
            "path": ["spec", "predictors", 0, "graph", "children", 0, "logger"],
            "source": "seldon",
            "mode": "request",
            "sink": "http://l",
        }
    ]


def test_a_seldon_orchestrator_may_log_to_kafka(subjects):
    predictor = {
        "graph": {"name": "a"},
        "componentSpecs": [{"spec": POD}],
        "svcOrchSpec": {"env": [{"name": "LOGGER_KAFKA_TOPIC", "value": "requests"}]},
    }
    found = inference(subjects, *SELDON, {"predictors": [predictor]})

    assert [(log["source"], log["sink"]) for log in found["request_logging"]] == [("kafka", "requests")]


def test_a_seldon_shadow_and_explainer(subjects):
    predictors = [
        {"graph": {"name": "a"}, "componentSpecs": [{"spec": POD}], "explainer": {"type": "AnchorTabular"}},
        {"graph": {"name": "a"}, "componentSpecs": [{"spec": POD}], "shadow": True},
    ]
    found = inference(subjects, *SELDON, {"predictors": predictors})

    assert found["explainers"] == [{"path": ["spec", "predictors", 0, "explainer"], "type": "AnchorTabular"}]
    assert [rollout["source"] for rollout in found["rollouts"]] == ["seldon", "shadow"]


def test_one_predictor_splits_nothing(subjects):
    predictor = {"graph": {"name": "a"}, "componentSpecs": [{"spec": POD}], "traffic": 100}

    assert inference(subjects, *SELDON, {"predictors": [predictor]})["rollouts"] == []


def test_knative_traffic_between_revisions(subjects):
    traffic = [{"revisionName": "a", "percent": 90}, {"latestRevision": True, "percent": 10}]
    found = inference(subjects, "Service", "serving.knative.dev/v1", {"template": {"spec": POD}, "traffic": traffic})

    assert [rollout["percent"] for rollout in found["rollouts"]] == [90, 10]


@pytest.mark.parametrize("strategy", ["canary", "blueGreen"])
def test_an_argo_rollout(subjects, strategy):
    spec = {"template": {"spec": POD}, "strategy": {strategy: {"steps": []}}}
    found = inference(subjects, "Rollout", "argoproj.io/v1alpha1", spec)

    assert found["rollouts"] == [{"path": ["spec", "strategy", strategy], "source": "argo_rollout"}]


def test_a_splitter_of_an_inference_graph(subjects):
    nodes = {
        "root": {
            "routerType": "Splitter",
            "steps": [{"serviceName": "a", "weight": 80}, {"serviceName": "b", "weight": 20}],
        }
    }
    found = inference(subjects, "InferenceGraph", "serving.kserve.io/v1alpha1", {"nodes": nodes})

    assert [rollout["percent"] for rollout in found["rollouts"]] == [80, 20]


@pytest.mark.parametrize(("history", "known"), [(0, {"revision_history": 0}), (5, {"revision_history": 5}), (None, {})])
def test_how_far_back_one_can_go(subjects, history, known):
    spec = {"template": {"spec": POD}, "revisionHistoryLimit": history}
    found = inference(subjects, "Deployment", "apps/v1", spec)

    assert {key: value for key, value in found.items() if key == "revision_history"} == known


@pytest.mark.parametrize(("value", "count"), [("true", 1), ("false", 0)])
def test_a_scrape_annotation_of_the_template_is_a_monitor(subjects, value, count):
    template = {"metadata": {"annotations": {"prometheus.io/scrape": value}}, "spec": POD}
    found = inference(subjects, "Deployment", "apps/v1", {"template": template})

    assert len(found["monitors"]) == count


def test_a_server_that_logs_its_requests(subjects):
    pod = {
        "containers": [
            {"name": "c", "image": "vllm/vllm-openai:v1", "args": ["--enable-log-requests", "--disable-log-stats"]}
        ]
    }
    found = inference(subjects, "Deployment", "apps/v1", {"template": {"spec": pod}})

    assert [(log["source"], log["mode"]) for log in found["request_logging"]] == [("server", "request")]
