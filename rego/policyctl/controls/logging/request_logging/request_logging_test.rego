package policyctl.controls.logging.request_logging_test

import data.policyctl.controls.logging.request_logging as control
import data.policyctl.testing.kubernetes as make

test_a_log_of_both_sides_passes if {
	every logs in [[log("all")], [log("request"), log("response")]] {
		control.resources == {"Deployment/ml/scorer"} with input as of("InferenceService", logs)
		control.findings == set() with input as of("InferenceService", logs)
		control.undetermined == set() with input as of("InferenceService", logs)
	}
}

test_an_object_that_can_log_and_does_not_fails if {
	every kind in ["InferenceService", "SeldonDeployment"] {
		codes == {"no_request_log"} with input as of(kind, [])
	}
}

test_a_log_of_one_side_fails if {
	control.findings == {{
		"code": "partly_logged",
		"resource": "Deployment/ml/scorer",
		"message": "only this is logged: request",
		"path": ["spec"],
	}} with input as of("InferenceService", [log("request")])
	codes == {"partly_logged"} with input as of("Deployment", [log("response")])
}

test_an_ordinary_workload_without_a_log_is_undetermined if {
	codes == set() with input as of("Deployment", [])
	count(control.undetermined) == 1 with input as of("Deployment", [])
}

test_logs_that_cannot_be_read_do_not_pass if {
	every broken in [null, "all", {}, [null], ["all"], [{}], [log(null)], [log(["all"])]] {
		codes == set() with input as of("InferenceService", broken)
		count(control.undetermined) == 1 with input as of("InferenceService", broken)
	}
	count(control.undetermined) == 1 with input as make.object_of({"inference": null}, {})
	count(control.undetermined) == 1 with input as {"facts": object.remove(make.object_of({}, {}).facts, {"inference"})}
}

test_a_mode_that_is_not_known_is_not_both if {
	codes == {"partly_logged"} with input as of("InferenceService", [log("")])
}

test_templates_and_graphs_are_not_looked_at if {
	every kind in ["ServingRuntime", "ClusterServingRuntime", "LLMInferenceServiceConfig", "InferenceGraph"] {
		control.resources == set() with input as of(kind, [])
		control.undetermined == set() with input as of(kind, [])
	}
}

test_what_serves_nothing_is_not_looked_at if {
	control.resources == set() with input as make.object_of({"serving": false}, {})
	control.resources == set() with input as make.object_of({"ai_workload": false}, {})
	control.undetermined == set() with input as make.object_of({"serving": false}, {})
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "no_request_log",
		"resource": "Deployment/ml/scorer",
		"message": "requests and responses are not logged",
		"path": ["spec"],
	}} with input as of("InferenceService", [])
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {{
		"resource": "Deployment/ml/scorer",
		"path": [],
		"reason": "how requests are logged could not be read",
	}} with input as of("InferenceService", {})
	control.undetermined == set() with input as of("InferenceService", [])
	control.undetermined == {{
		"resource": "Deployment/ml/scorer",
		"path": [],
		"reason": "whether requests are logged does not show in this object",
	}} with input as of("Deployment", [])
}

codes := {finding.code | some finding in control.findings}

log(mode) := {"path": ["spec", "predictor", "logger"], "source": "kserve", "mode": mode}

of(kind, logs) := make.object_of({"kind": kind, "inference": {"request_logging": logs}}, {})
