"""What the real manifests of LLM servers, training jobs, agents and plain workloads say, written down from reading them."""

from __future__ import annotations


def test_a_vllm_deployment_takes_its_model_from_a_variable(real):
    facts = real("llm/vllm-deployment.yaml")["Deployment.apps/-/vllm-gemma-deployment"].facts

    (container,) = facts["containers"]
    assert container["image"] == {
        "reference": "vllm/vllm-openai:v0.11.0",
        "registry": "docker.io",
        "repository": "vllm/vllm-openai",
        "tag": "v0.11.0",
    }
    assert container["limits"] == {
        "cpu": 2000,
        "memory": 10 * 1024**3,
        "ephemeral_storage": 10 * 1024**3,
        "accelerators": 1,
    }
    assert container["probes"] == []
    assert facts["models"] == [
        {
            "path": ["spec", "template", "spec", "containers", 0, "args", 0],
            "uri": "google/gemma-3-1b-it",
            "scheme": "hf",
            "pinned": "none",
        }
    ]
    assert facts["pods"][0]["labels"] == {"app": "gemma-server"}
    assert (facts["ai_workload"], facts["serving"]) == (True, True)
    assert [v["source"] for v in container["env"]] == ["literal", "literal", "secret"]


def test_a_leader_and_its_workers_are_two_pods_with_the_same_switch(real):
    facts = real("llm/lws-sglang.yaml")["LeaderWorkerSet.leaderworkerset.x-k8s.io/-/sglang"].facts

    assert [c["name"] for c in facts["containers"]] == ["sglang-leader", "sglang-worker"]
    assert [c["probes"] for c in facts["containers"]] == [["readiness"], []]
    assert [entry["path"][-2:] for entry in facts["unsafe_loading"]] == [["command", 13], ["command", 13]]
    assert [m["uri"] for m in facts["models"]] == ["meta-llama/Meta-Llama-3.1-8B-Instruct"] * 2
    assert facts["pods"][0]["labels"] == {"role": "leader"}
    token = facts["containers"][0]["env"][0]
    assert (token["source"], token["secret_like"], token["value"]) == ("literal", True, "$HF_TOKEN")


def test_an_image_without_a_tag_has_none(real):
    facts = real("llm/tgi-gemma-7b.yaml")["Deployment.apps/-/tgi-gemma-deployment"].facts

    image = facts["containers"][0]["image"]
    assert image["registry"] == "us-docker.pkg.dev"
    assert "tag" not in image
    assert "digest" not in image
    assert "label ai.gke.io/model" in facts["ai_reasons"]
    assert facts["models"][0]["uri"] == "google/gemma-1.1-7b-it"


def test_a_model_server_in_a_shell_script_on_a_plain_image_is_found(real):
    facts = real("llm/vllm-prefill-deploy.yaml")["Deployment.apps/default/prefill"].facts

    assert facts["containers"][0]["image"]["repository"] == "library/ubuntu"
    assert facts["serving"] is True
    assert [(m["uri"], m["scheme"]) for m in facts["models"]] == [("/var/mdl/YOUR-MODEL-PATH", "file")]
    assert facts["containers"][0]["probes"] == ["liveness", "readiness", "startup"]


def test_a_client_of_a_model_server_is_ai_and_does_not_serve(real):
    facts = real("llm/triton-client.yaml")["Pod.v1/default/nv-triton-client"].facts

    assert (facts["ai_workload"], facts["serving"]) == (True, False)
    assert facts["containers"][0]["security_context"] == {"privileged": True}
    assert facts["pods"][0]["labels"] == {"app": "nv-triton-client"}


def test_a_model_and_an_image_given_by_parameters_are_not_known(real, hidden):
    subject = real("llm/quantize-gptq-job.yaml")["Job.batch/-/quantize"]

    assert subject.facts["models"][0]["pinned"] == "unknown"
    assert "image" not in subject.facts["containers"][0]
    assert [gap["code"] for gap in subject.gaps] == ["malformed", "unresolved"]
    assert {"serving", "models"} <= hidden(subject)


def test_an_image_written_in_parts_is_read_and_unknown_resources_are_a_gap(real, hidden):
    subject = real("llm/vllm-runtime-crd.yaml")["VLLMRuntime.production-stack.vllm.ai/-/vllmruntime-sample"]

    assert [c["image"]["reference"] for c in subject.facts["containers"]] == [
        "docker.io/lmcache/vllm-openai:2025-05-27-v1",
        "docker.io/lmcache/lmstack-sidecar:latest",
    ]
    assert "containers" in hidden(subject)
    assert subject.facts["models"][0]["uri"] == "meta-llama/Llama-3.1-8B-Instruct"


def test_a_binding_gives_the_default_account_a_role_without_wildcards(real):
    facts = real("llm/vllm-inferencepool.yaml")["Deployment.apps/default/vllm-llama3-1b-instruct-epp"].facts

    assert facts["relations"] == {
        "role_bindings": [
            {
                "name": "pod-read-binding",
                "kind": "ClusterRoleBinding",
                "pod": 0,
                "service_account": "default",
                "role": "pod-read",
                "role_kind": "ClusterRole",
                "certain": True,
                "wildcards": [],
            }
        ]
    }


def test_the_replicas_of_a_training_job_are_pods_and_a_placeholder_is_no_image(real, hidden):
    subject = real("kubeflow/pytorchjob-nccl.yaml")["PyTorchJob.kubeflow.org/-/pytorch-dist-mnist-nccl"]

    assert [pod["path"][2] for pod in subject.facts["pods"]] == ["Master", "Worker"]
    assert [c["limits"] for c in subject.facts["containers"]] == [{"accelerators": 1}, {"accelerators": 1}]
    assert {"ai_workload", "serving"} <= hidden(subject)


def test_the_worker_of_an_mpi_job_has_the_limits_of_its_template(real):
    facts = real("kubeflow/mpijob-tensorflow.yaml")["MPIJob.kubeflow.org/-/tensorflow-mnist"].facts

    assert [c["limits"] for c in facts["containers"]] == [
        {"cpu": 1000, "memory": 2 * 1024**3},
        {"cpu": 2000, "memory": 4 * 1024**3},
    ]
    assert facts["pods"][1]["controller_labels"]["training.kubeflow.org/replica-type"] == "worker"


def test_a_workflow_inside_an_experiment_has_pods_under_its_account(real):
    facts = real("kubeflow/katib-argo-workflow.yaml")["Experiment.kubeflow.org/argo/katib-argo-workflow"].facts

    assert [(c["name"], c["image"]["repository"]) for c in facts["containers"]] == [
        ("main", "library/python"),
        ("model-training", "kubeflow/katib/pytorch-mnist-cpu"),
    ]
    assert {pod["service_account"] for pod in facts["pods"]} == {"argo"}
    assert facts["pods"][1]["labels"] == {"katib.kubeflow.org/model-training": "true"}


def test_a_generated_name_ends_where_the_server_continues(real):
    facts = real("plain/kueue-job-llm.yaml")["Job.batch/-/llm-*"].facts

    assert (facts["name"], facts["generated_name"]) == ("llm-*", True)
    assert facts["containers"][0]["requests"] == {"cpu": 10, "memory": 100 * 1024**2}


def test_a_pipeline_has_one_pod_a_template_and_a_claim_that_it_makes_hides_nothing(real):
    subject = real("kubeflow/pipeline-bulldozers-workflow.yaml")["Workflow.argoproj.io/-/blue-book-for-bulldozers-*"]

    assert [c["image"]["reference"] for c in subject.facts["containers"]] == [
        "hubdocker76/bulldozers:v6",
        "hubdocker76/bulldozers-preprocess:v1",
        "hubdocker76/bulldozers-test:v2",
        "hubdocker76/bulldozers-train:v2",
    ]
    assert subject.facts["ai_reasons"] == ["label pipelines.kubeflow.org/kfp_sdk_version"]
    assert subject.gaps == ()


def test_a_notebook_is_ai(real):
    facts = real("kubeflow/notebook-v1.yaml")["Notebook.kubeflow.org/-/notebook-sample-v1"].facts

    assert facts["ai_workload"] is True
    assert facts["containers"][0]["image"]["tag"] == "latest"


def test_a_cron_workflow_that_prints_is_not_ai(real):
    facts = real("kubeflow/argo-cronworkflow.yaml")["CronWorkflow.argoproj.io/-/hello-world"].facts

    assert (facts["ai_workload"], facts["ai_reasons"]) == (False, [])
    assert facts["containers"][0]["id"] == "spec.workflowSpec.templates[0]/main"


def test_an_agent_brings_its_own_image(real):
    facts = real("agents/kagent-crewai.yaml")["SandboxAgent.kagent.dev/kagent/research-crew-agent"].facts

    (container,) = facts["containers"]
    assert container["image"] == {
        "reference": "localhost:5001/research-crew:latest",
        "registry": "localhost:5001",
        "repository": "research-crew",
        "tag": "latest",
    }
    assert container["arguments"] == ["python", "samples/crewai/research-crew/src/research_crew/main.py"]
    assert {(v["name"], v["source"]) for v in container["env"]} == {
        ("OPENAI_API_KEY", "secret"),
        ("SERPER_API_KEY", "secret"),
    }


def test_the_model_of_a_provider_is_floating_by_its_name(real):
    found = real("agents/kagent-modelconfig-tls.yaml")

    model = found["ModelConfig.kagent.dev/kagent/litellm-internal"].facts["models"]
    assert model == [{"path": ["spec", "model"], "uri": "gpt-4", "scheme": "openai", "pinned": "floating"}]


def test_a_privileged_daemon_set_shows_what_it_takes(real):
    facts = real("plain/daemonset-privileged.yaml")["DaemonSet.apps/-/newrelic-agent"].facts

    pod = facts["pods"][0]
    assert (pod["host_network"], pod["host_pid"], pod["host_ipc"]) == (True, True, True)
    assert [(v["source"], v.get("host_path")) for v in pod["volumes"]] == [
        ("secret", None),
        ("hostPath", "/dev"),
        ("hostPath", "/var/run/docker.sock"),
        ("hostPath", "/sys"),
        ("hostPath", "/var/log"),
    ]
    assert facts["containers"][0]["requests"] == {"cpu": 150}
    assert facts["ai_workload"] is False


def test_a_list_is_its_objects_and_a_hole_in_it_is_an_error(inputs):
    from pathlib import Path

    text = (Path(__file__).parents[2] / "data/kubernetes/plain/docker-socket-list.yaml").read_text(encoding="utf-8")
    decided, broken = inputs(text)

    assert [subject.facts["kind"] for subject in decided.subjects] == [
        "Namespace",
        "ServiceAccount",
        "ClusterRole",
        "ClusterRoleBinding",
        "Deployment",
        "Service",
        "Deployment",
        "DaemonSet",
    ]
    assert broken.status == "error"
    assert "items[8] is null" in broken.message


def test_an_agent_of_a_list_is_bound_to_its_role(real):
    facts = real("plain/docker-socket-list.yaml")["Deployment.apps/weave/weave-scope-cluster-agent"].facts

    assert facts["relations"]["service_accounts"] == [{"name": "weave-scope", "pod": 0}]
    assert facts["relations"]["role_bindings"][0]["role"] == "weave-scope"


def test_containers_that_are_a_mapping_are_a_gap_over_everything_made_of_pods(real, hidden):
    subject = real("plain/malformed-securitycontext.yaml")["Pod.v1/-/security-context-demo"]

    assert subject.facts["containers"] == []
    assert subject.gaps[0]["reason"] == "spec.containers is a mapping, not a list"
    assert {"pods", "containers", "models", "ai_workload", "serving", "relations"} <= hidden(subject)


def test_a_cron_job_without_a_spec_is_a_gap(real, hidden):
    subject = real("plain/cronjob-unknown.yaml")["CronJob.batch/-/hello"]

    assert subject.gaps[0]["reason"] == "spec is missing: there is no pod to look at"
    assert {"containers", "object"} <= hidden(subject)
