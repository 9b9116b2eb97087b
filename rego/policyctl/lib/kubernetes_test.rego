package policyctl.lib.kubernetes_test

import data.policyctl.lib.kubernetes
import data.policyctl.testing.kubernetes as make

test_an_object_with_pods_is_a_workload if {
	kubernetes.workloads == {"Deployment/ml/scorer"} with input as of({"pods": [make.pod({})]})
	kubernetes.workloads == {"Deployment/ml/scorer"} with input as of({"containers": [make.container({})]})
}

test_an_object_without_pods_is_no_workload if {
	kubernetes.workloads == set() with input as of({})
	kubernetes.unreadable == set() with input as of({})
}

test_pods_that_cannot_be_read_leave_a_workload if {
	every broken in [null, "", "pods", {}, 1] {
		kubernetes.workloads == {"Deployment/ml/scorer"} with input as of({"pods": broken})
		"the pods could not be read" in reasons with input as of({"pods": broken})
	}
}

test_absent_lists_leave_a_workload if {
	document := {"facts": object.remove(make.object_of({}, {}).facts, {"pods", "containers"})}
	kubernetes.workloads == {"Deployment/ml/scorer"} with input as document
	reasons == {"the pods could not be read", "the containers could not be read"} with input as document
}

test_containers_that_cannot_be_read_are_said if {
	"the containers could not be read" in reasons with input as of({"containers": "scorer", "pods": [make.pod({})]})
	"a container could not be read" in reasons with input as of({"containers": [null], "pods": [make.pod({})]})
	"a pod could not be read" in reasons with input as of({"containers": [make.container({})], "pods": [[make.pod({})]]})
}

test_a_pod_without_containers_is_said if {
	reasons == {"a pod names no container"} with input as of({"pods": [make.pod({})]})
}

test_a_container_without_its_pod_is_said if {
	kubernetes.unreadable == set() with input as of({"containers": [make.container({})], "pods": [make.pod({})]})
	reasons == {"a container stands in no pod that is known"} with input as of({"containers": [make.container({"pod": 1})], "pods": [make.pod({})]})
}

test_the_pod_of_a_container_is_found_by_index if {
	document := of({"containers": [make.container({"pod": 1})], "pods": [make.pod({}), make.pod({"host_pid": true})]})
	kubernetes.pod_of(make.container({"pod": 1})).host_pid == true with input as document
	kubernetes.pod_of(make.container({"pod": 0})).host_pid == false with input as document
	kubernetes.pod_of(make.container({"pod": "1"})) == {} with input as document
}

test_only_a_plain_no_says_that_it_is_no_ai_workload if {
	kubernetes.ai == false with input as of({"ai_workload": false})
	every value in [true, null, "false", 0] {
		kubernetes.ai == true with input as of({"ai_workload": value})
	}
}

test_only_a_plain_no_says_that_it_serves_nothing if {
	kubernetes.serving == false with input as of({"serving": false})
	every value in [true, null, "false", 0] {
		kubernetes.serving == true with input as of({"serving": value})
	}
}

test_only_known_roles_are_left_out if {
	roles := [make.container({"role": role}) | some role in ["container", "init", "ephemeral", null]]
	[c.role | some c in kubernetes.running] == ["container", null] with input as of({"containers": roles})
	[c.role | some c in kubernetes.reserving] == ["container", "init", null] with input as of({"containers": roles})
}

test_a_path_that_is_none_leaves_what_is_below if {
	kubernetes.at({"path": ["spec", 0]}, ["image"]) == ["spec", 0, "image"]
	kubernetes.at({"path": "spec"}, ["image"]) == ["image"]
	kubernetes.at({}, ["image"]) == ["image"]
}

test_everything_has_a_name_for_messages if {
	kubernetes.name({"name": "scorer"}) == "scorer"
	every nameless in [{"name": ""}, {"name": 1}, {}] {
		kubernetes.name(nameless) == "without a name"
	}
}

test_only_numbers_above_zero_are_positive if {
	kubernetes.positive(1)
	every value in [0, -1, "1", null, true, [], {}] {
		not kubernetes.positive(value)
	}
}

reasons := {entry.reason | some entry in kubernetes.unreadable}

of(facts) := make.object_of(facts, {})

test_what_serves_answers_and_templates_do_not if {
	kubernetes.answers with input as make.object_of({}, {})
	kubernetes.answers with input as make.object_of({"serving": null}, {})
	not kubernetes.answers with input as make.object_of({"serving": false}, {})
	not kubernetes.answers with input as make.object_of({"ai_workload": false}, {})
	every kind in ["ServingRuntime", "ClusterServingRuntime", "LLMInferenceServiceConfig", "InferenceGraph"] {
		not kubernetes.answers with input as make.object_of({"kind": kind}, {})
		not kubernetes.runs_model with input as make.object_of({"kind": kind, "ai_reasons": ["model a/b"]}, {})
	}
}

test_what_serves_trains_or_names_a_model_runs_one if {
	kubernetes.runs_model with input as make.object_of({}, {})
	kubernetes.runs_model with input as idle({"kind": "PyTorchJob"})
	kubernetes.runs_model with input as idle({"ai_reasons": ["image vllm", "model a/b"]})
	not kubernetes.runs_model with input as idle({})
	not kubernetes.runs_model with input as idle({"ai_workload": false, "kind": "PyTorchJob", "ai_reasons": ["model a/b"]})
}

test_what_is_ai_for_reasons_that_are_not_told_may_run_a_model if {
	every broken in [null, "x", {}, [], [""], [7], ["image vllm", null]] {
		kubernetes.runs_model with input as idle({"ai_reasons": broken})
	}
	kubernetes.runs_model with input as {"facts": object.remove(idle({}).facts, {"ai_reasons"})}
}

idle(facts) := make.object_of(object.union({"serving": false}, facts), {})
