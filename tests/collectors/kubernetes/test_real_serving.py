"""What the real manifests of KServe, Seldon and Ray Serve say, written down from reading them."""

from __future__ import annotations


def test_a_kserve_predictor_with_a_framework_field_has_a_container_that_its_runtime_completes(real):
    facts = real("kserve/isvc-autoscale-gpu.yaml")["InferenceService.serving.kserve.io/-/flowers-sample-gpu"].facts

    (container,) = facts["containers"]
    assert container["path"] == ["spec", "predictor", "tensorflow"]
    assert container["image_source"] == "runtime"
    assert "image" not in container
    assert container["limits"] == {"accelerators": 1}
    assert facts["serving"] is True
    assert facts["models"] == [
        {
            "path": ["spec", "predictor", "tensorflow", "storageUri"],
            "uri": "gs://kfserving-examples/models/tensorflow/flowers",
            "scheme": "gs",
            "pinned": "none",
        }
    ]


def test_a_kserve_logger_is_a_request_log(real):
    facts = real("kserve/isvc-logger.yaml")["InferenceService.serving.kserve.io/-/sklearn-iris"].facts

    assert facts["inference"]["request_logging"] == [
        {
            "path": ["spec", "predictor", "logger"],
            "source": "kserve",
            "mode": "all",
            "sink": "http://message-dumper.default/",
        }
    ]


def test_the_version_of_a_framework_in_a_path_is_not_one_of_the_model(real):
    facts = real("kserve/isvc-logger.yaml")["InferenceService.serving.kserve.io/-/sklearn-iris"].facts

    assert facts["models"][0]["uri"] == "gs://kfserving-examples/models/sklearn/1.0/model"
    assert facts["models"][0]["pinned"] == "none"


def test_a_custom_explainer_is_a_pod_of_its_own(real):
    facts = real("kserve/isvc-aif-bias.yaml")["InferenceService.serving.kserve.io/-/german-credit"].facts

    assert [pod["path"] for pod in facts["pods"]] == [["spec", "predictor"], ["spec", "explainer"]]
    assert [(c["name"], c["pod"], c["image"]["tag"]) for c in facts["containers"]] == [
        ("kserve-container", 0, "predictor"),
        ("explainer", 1, "latest"),
    ]
    assert facts["containers"][1]["limits"] == {"cpu": 2000, "memory": 2 * 1024**3}
    assert facts["inference"]["explainers"] == [{"path": ["spec", "explainer"]}]
    assert facts["inference"]["request_logging"][0]["mode"] == "all"


def test_an_alibi_explainer_names_its_type_and_a_model_of_its_own(real):
    facts = real("kserve/isvc-alibi-income.yaml")["InferenceService.serving.kserve.io/-/income"].facts

    assert facts["inference"]["explainers"] == [{"path": ["spec", "explainer"], "type": "AnchorTabular"}]
    assert [model["path"] for model in facts["models"]] == [
        ["spec", "predictor", "sklearn", "storageUri"],
        ["spec", "explainer", "alibi", "storageUri"],
    ]
    assert facts["containers"][0]["requests"] == {"cpu": 100, "memory": 1024**3}


def test_an_ensemble_of_three_documents_is_three_subjects_and_its_graph_serves_without_pods(real):
    found = real("kserve/inferencegraph-ensemble.yaml")

    assert list(found) == [
        "InferenceService.serving.kserve.io/-/sklearn-iris",
        "InferenceService.serving.kserve.io/-/xgboost-iris",
        "InferenceGraph.serving.kserve.io/-/ensemble-model",
    ]
    graph = found["InferenceGraph.serving.kserve.io/-/ensemble-model"].facts
    assert (graph["pods"], graph["serving"], graph["objects_in_run"]) == ([], True, 3)


def test_a_serving_runtime_runs_ai_and_serves_only_when_a_service_uses_it(real):
    facts = real("kserve/clusterservingruntime-huggingface.yaml")[
        "ClusterServingRuntime.serving.kserve.io/-/kserve-huggingfaceserver"
    ].facts

    assert (facts["ai_workload"], facts["serving"]) == (True, False)
    (container,) = facts["containers"]
    assert container["image"]["repository"] == "library/huggingfaceserver"
    assert container["security_context"] == {
        "privileged": False,
        "allow_privilege_escalation": False,
        "run_as_non_root": True,
        "capabilities_drop": ["ALL"],
    }
    assert facts["pods"][0]["volumes"][0]["source"] == "emptyDir"


def test_the_workers_of_a_multi_node_runtime_are_a_second_pod(real):
    facts = real("kserve/clusterservingruntime-hf-multinode.yaml")[
        "ClusterServingRuntime.serving.kserve.io/-/kserve-huggingfaceserver-multinode"
    ].facts

    assert [container["id"] for container in facts["containers"]] == [
        "spec/kserve-container",
        "spec.workerSpec/worker-container",
    ]
    assert facts["containers"][0]["probes"] == ["liveness", "readiness", "startup"]
    assert facts["containers"][1]["probes"] == ["liveness", "startup"]


def test_switches_in_a_variable_that_carries_arguments_count(real):
    facts = real("kserve/llmisvc-agentic-tools.yaml")["LLMInferenceService.serving.kserve.io/-/nemotron-ultra-pd"].facts

    assert [(entry["option"], entry["container"], entry["risk"]) for entry in facts["unsafe_loading"]] == [
        ("--trust-remote-code", 0, "remote_code"),
        ("--trust-remote-code", 1, "remote_code"),
    ]
    assert [pod["path"] for pod in facts["pods"]] == [["spec", "template"], ["spec", "prefill", "template"]]
    assert facts["containers"][0]["limits"] == {"cpu": 48000, "memory": 600 * 1024**3, "accelerators": 8}
    token = facts["containers"][0]["env"][0]
    assert (token["name"], token["source"], token["secret_like"]) == ("HF_TOKEN", "secret", True)
    assert {log["mode"] for log in facts["inference"]["request_logging"]} == {"request", "response"}


def test_adapters_are_models_too(real):
    facts = real("kserve/llmisvc-lora-hf-cpu.yaml")[
        "LLMInferenceService.serving.kserve.io/kserve-ci-e2e-test/lora-multi-hf-test"
    ].facts

    assert facts["namespace"] == "kserve-ci-e2e-test"
    assert [(model["uri"], model["pinned"]) for model in facts["models"]] == [
        ("hf://facebook/opt-125m", "none"),
        ("hf://edbeeching/opt-125m-lora", "none"),
        ("hf://edbeeching/opt-125m-lora", "none"),
    ]


def test_trained_models_have_no_pods_of_their_own(real):
    found = real("kserve/trainedmodels-multidoc.yaml")

    assert list(found) == [
        "TrainedModel.serving.kserve.io/-/model1-sklearn",
        "TrainedModel.serving.kserve.io/-/model2-sklearn",
    ]
    assert all(subject.facts["pods"] == [] and subject.gaps == () for subject in found.values())


def test_the_predictors_of_a_seldon_deployment_split_traffic(real):
    found = real("seldon/v1-seldondeployment-abtest.yaml")
    facts = found["SeldonDeployment.machinelearning.seldon.io/ns-production/iris"].facts

    assert facts["inference"]["rollouts"] == [
        {"path": ["spec", "predictors", 0, "traffic"], "source": "seldon", "percent": 100},
        {"path": ["spec", "predictors", 1, "traffic"], "source": "seldon", "percent": 0},
    ]
    assert [model["pinned"] for model in facts["models"]] == ["version", "none"]
    assert facts["models"][0]["revision"] == "v1.18.2"
    assert facts["inference"]["request_logging"] == []


def test_a_prepackaged_seldon_server_is_a_container_that_the_operator_makes(real):
    facts = real("seldon/v1-seldondeployment-iris.yaml")["SeldonDeployment.machinelearning.seldon.io/-/sklearn"].facts

    assert [(c["name"], c["image_source"], c["limits"]) for c in facts["containers"]] == [
        ("classifier", "runtime", {}),
        ("seldon-container-engine", "runtime", {}),
    ]
    assert facts["containers"][1]["env"][0]["value"] == "DEBUG"


def test_a_seldon_drift_detector_is_a_monitor(real):
    facts = real("seldon/v2-model-drift.yaml")["Model.mlops.seldon.io/-/cifar10-drift"].facts

    assert facts["inference"]["monitors"] == [
        {"path": ["spec", "requirements", 1], "source": "detector", "name": "alibi-detect"}
    ]


def test_a_model_without_a_uri_is_a_model_without_a_version(real):
    facts = real("seldon/v2-model-error-no-uri.yaml")["Model.mlops.seldon.io/-/bad-uri"].facts

    assert facts["models"] == [{"path": ["spec", "storageUri"], "uri": "", "scheme": "", "pinned": "none"}]


def test_a_ray_service_names_its_model_in_the_text_of_its_configuration(real):
    facts = real("ray/rayservice-falcon.yaml")["RayService.ray.io/-/rayllm"].facts

    assert facts["models"] == [
        {"path": ["spec", "serveConfigV2"], "uri": "tiiuae/falcon-40b-instruct", "scheme": "hf", "pinned": "none"}
    ]
    assert [c["id"] for c in facts["containers"]] == [
        "spec.rayClusterConfig.headGroupSpec.template.spec/ray-head",
        "spec.rayClusterConfig.workerGroupSpecs[0].template.spec/llm",
    ]
    assert facts["containers"][1]["limits"] == {"cpu": 22000, "memory": 40 * 1024**3, "accelerators": 2}
    assert facts["pods"][1]["controller_labels"]["ray.io/group"] == "gpu-group"


def test_decimal_gigabytes_are_not_binary_ones_and_tpus_are_accelerators(real):
    facts = real("ray/rayservice-stable-diffusion-tpu.yaml")["RayService.ray.io/-/stable-diffusion-tpu"].facts

    assert facts["containers"][0]["limits"] == {"cpu": 2000, "memory": 8_000_000_000}
    assert facts["containers"][1]["limits"]["accelerators"] == 4
    assert facts["containers"][1]["limits"]["memory"] == 200_000_000_000


def test_a_ray_cluster_and_its_scripts_are_two_subjects(real):
    found = real("ray/raycluster-autoscaler.yaml")

    assert list(found) == ["RayCluster.ray.io/-/raycluster-autoscaler", "ConfigMap.v1/-/ray-example"]
    assert found["ConfigMap.v1/-/ray-example"].masked == ()
    assert found["RayCluster.ray.io/-/raycluster-autoscaler"].facts["serving"] is False
