package policyctl.controls.logging.inference_capture_test

import data.policyctl.controls.logging.inference_capture as control
import data.policyctl.testing.terraform

test_an_endpoint_that_records_every_request_both_ways_passes if {
	every modes in [["InputAndOutput"], ["Input", "Output"], ["Output", "Input"]] {
		found := decided(capture({"capture_options": [{"capture_mode": mode} | some mode in modes]}))
		found.resources == {"aws_sagemaker_endpoint_configuration.a"}
		found.findings == set()
		found.undetermined == set()
	}
}

test_an_endpoint_without_capture_fails if {
	codes(endpoint({})) == {"no_capture"}
	codes(endpoint({"data_capture_config": []})) == {"no_capture"}
	codes(endpoint({"data_capture_config": null})) == {"no_capture"}
	codes(endpoint({"data_capture_config": {"enable_capture": true}})) == {"no_capture"}
}

test_capture_that_is_off_or_not_switched_on_fails if {
	every off in [false, null, "true", [true], 1] {
		codes(capture({"enable_capture": off})) == {"no_capture"}
	}
}

test_capture_that_only_the_provider_may_set_is_not_there if {
	codes(object.union(endpoint({}), {"computed": ["data_capture_config"]})) == {"no_capture"}
}

test_a_sample_below_the_minimum_fails if {
	codes(capture({"initial_sampling_percentage": 89})) == {"sampling_too_low"}
	codes(capture({"initial_sampling_percentage": 90})) == set()
	codes(capture({"initial_sampling_percentage": 91})) == set()
	codes(capture({"initial_sampling_percentage": "91"})) == {"sampling_too_low"}
	codes(capture({"initial_sampling_percentage": null})) == {"sampling_too_low"}
}

test_the_minimum_is_that_of_the_system_s_class if {
	codes_in(capture({"initial_sampling_percentage": 10}), {"classes": [{"id": "transparency"}]}) == set()
	codes_in(capture({"initial_sampling_percentage": 9}), {"classes": [{"id": "transparency"}]}) == {"sampling_too_low"}
	codes_in(capture({"initial_sampling_percentage": 10}), {"classes": [{"id": "high_risk"}]}) == {"sampling_too_low"}
}

test_requests_without_responses_fail if {
	codes(capture({"capture_options": [{"capture_mode": "Input"}]})) == {"one_sided"}
	codes(capture({"capture_options": [{"capture_mode": "Output"}]})) == {"one_sided"}
	codes(capture({"capture_options": [{"capture_mode": ["Input", "Output"]}]})) == {"one_sided"}
	codes(capture({"capture_options": []})) == {"one_sided"}
	codes(capture({"capture_options": null})) == {"one_sided"}
}

test_what_is_known_only_after_apply_is_undetermined if {
	every path in [
		"data_capture_config",
		"data_capture_config.0.enable_capture",
		"data_capture_config.0.initial_sampling_percentage",
		"data_capture_config.0.capture_options",
		"data_capture_config.0.capture_options.0.capture_mode",
	] {
		hidden := object.union(capture({"capture_options": [{}]}), {"unknown": [path]})
		count(decided(hidden).undetermined) > 0
	}
	every state in ["unknown", "masked"] {
		found := decided(object.union(endpoint({}), {state: ["data_capture_config"]}))
		found.findings == set()
		count(found.undetermined) == 3
	}
}

test_an_unknown_setting_does_not_hide_a_known_defect if {
	hidden := object.union(
		capture({"initial_sampling_percentage": 1, "capture_options": [{"capture_mode": "Input"}]}),
		{"unknown": ["data_capture_config.0.enable_capture"]},
	)
	codes(hidden) == {"sampling_too_low", "one_sided"}
}

test_a_label_of_a_class_without_the_duty_relieves if {
	labelled("minimal").findings == set()
	labelled("minimal").undetermined == set()
	labelled("minimal").resources == {"aws_sagemaker_endpoint_configuration.a"}
}

test_a_label_of_a_class_with_the_duty_and_no_label_do_not if {
	count(labelled("High").findings) == 1
	count(labelled("").findings) == 1
	count(labelled(7).findings) == 1
}

test_a_class_that_nobody_knows_leaves_an_endpoint_without_capture_undetermined if {
	labelled("unclassified").findings == set()
	{u.path | some u in labelled("unclassified").undetermined} == {["values", "tags"]}
	decided(object.union(capture({}), {"values": {"tags": {"risk": "unclassified"}}})).undetermined == set()
}

test_a_class_known_only_after_apply_leaves_an_endpoint_without_capture_undetermined if {
	found := decided(object.union(endpoint({}), {"unknown": ["tags"]}))
	found.findings == set()
	count(found.undetermined) == 1
}

test_of_two_classes_the_one_with_the_duty_counts if {
	codes(endpoint({"tags": {"risk": "high"}, "tags_all": {"risk": "minimal"}})) == {"no_capture"}
}

test_a_label_cannot_lower_the_class_of_a_system_that_is_known_to_be_high_risk if {
	codes_in(endpoint({"tags": {"risk": "minimal"}}), {"classes": [{"id": "high_risk"}]}) == {"no_capture"}
	codes_in(endpoint({"tags": {"risk": "minimal"}}), {"classes": [{"id": "transparency"}]}) == set()
}

test_a_vertex_endpoint_logs_requests_and_responses if {
	codes(vertex({"enabled": true, "sampling_rate": 0.9})) == set()
	codes(vertex({"enabled": true, "sampling_rate": 0.89})) == {"sampling_too_low"}
	codes(vertex({"enabled": true})) == {"sampling_too_low"}
	codes(vertex({"enabled": false, "sampling_rate": 1})) == {"no_capture"}
	codes(vertex({})) == {"no_capture"}
	codes({"address": "google_vertex_ai_endpoint.a", "values": {}}) == {"no_capture"}
}

test_a_deleted_endpoint_is_not_looked_at if {
	decided(object.union(endpoint({}), {"action": "delete"})).resources == set()
	decided(object.union(endpoint({}), {"action": "delete"})).findings == set()
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "sampling_too_low",
		"resource": "google_vertex_ai_endpoint.a",
		"message": "not shown to record at least 90 % of the requests",
		"path": ["values", "predict_request_response_logging_config", 0, "sampling_rate"],
	}} with input as object.union(
		terraform.plan_for([vertex({"enabled": true})], {"logging": {"inference_capture": {
			"minimum_percentage": {"high_risk": 90, "other": 10},
			"risk_class_keys": ["risk"],
			"owed_for": ["high"],
			"not_owed_for": ["minimal"],
		}}}),
		{"system": {}},
	)
	control.findings == {{
		"code": "no_capture",
		"resource": "aws_sagemaker_endpoint_configuration.a",
		"message": "requests and responses are not recorded",
		"path": ["values", "data_capture_config", 0, "enable_capture"],
	}} with input as object.union(
		terraform.plan_for([endpoint({})], {"logging": {"inference_capture": {
			"minimum_percentage": {"high_risk": 90, "other": 10},
			"risk_class_keys": ["risk"],
			"owed_for": ["high"],
			"not_owed_for": ["minimal"],
		}}}),
		{"system": {}},
	)
	control.findings == {{
		"code": "one_sided",
		"resource": "aws_sagemaker_endpoint_configuration.a",
		"message": "not both the requests and the responses are recorded",
		"path": ["values", "data_capture_config", 0, "capture_options"],
	}} with input as object.union(
		terraform.plan_for([capture({"capture_options": []})], {"logging": {"inference_capture": {
			"minimum_percentage": {"high_risk": 90, "other": 10},
			"risk_class_keys": ["risk"],
			"owed_for": ["high"],
			"not_owed_for": ["minimal"],
		}}}),
		{"system": {}},
	)
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {{
		"resource": "aws_sagemaker_endpoint_configuration.a",
		"path": ["values", "data_capture_config", 0, "enable_capture"],
		"reason": "what is recorded is known only after apply",
	}} with input as object.union(
		terraform.plan_for([object.union(capture({"capture_options": [{}]}), {"unknown": ["data_capture_config.0.enable_capture"]})], {"logging": {"inference_capture": {
			"minimum_percentage": {"high_risk": 90, "other": 10},
			"risk_class_keys": ["risk"],
			"owed_for": ["high"],
			"not_owed_for": ["minimal"],
		}}}),
		{"system": {}},
	)
	control.undetermined == {{
		"resource": "aws_sagemaker_endpoint_configuration.a",
		"path": ["values", "tags"],
		"reason": "requests are not recorded in full, and the risk class does not tell whether they must be",
	}} with input as object.union(
		terraform.plan_for([endpoint({"tags": {"risk": "unclassified"}})], {"logging": {"inference_capture": {
			"minimum_percentage": {"high_risk": 90, "other": 10},
			"risk_class_keys": ["risk"],
			"owed_for": ["high"],
			"not_owed_for": ["minimal"],
		}}}),
		{"system": {}},
	)
}

endpoint(values) := {"address": "aws_sagemaker_endpoint_configuration.a", "values": values}

capture(changes) := endpoint({"data_capture_config": [object.union(
	{
		"enable_capture": true,
		"initial_sampling_percentage": 100,
		"capture_options": [{"capture_mode": "InputAndOutput"}],
	},
	changes,
)]})

vertex(block) := {
	"address": "google_vertex_ai_endpoint.a",
	"values": {"predict_request_response_logging_config": [block]},
}

labelled(class) := decided(endpoint({"tags": {"risk": class}}))

codes(resource) := {f.code | some f in decided(resource).findings}

codes_in(resource, system) := {f.code | some f in decided_in(resource, system).findings}

decided(resource) := decided_in(resource, {})

decided_in(resource, system) := answer if {
	document := terraform.plan_for([resource], {"logging": {"inference_capture": {
		"minimum_percentage": {"high_risk": 90, "other": 10},
		"risk_class_keys": ["risk"],
		"owed_for": ["high"],
		"not_owed_for": ["minimal"],
	}}})
	answer := {
		"resources": control.resources,
		"findings": control.findings,
		"undetermined": control.undetermined,
	} with input as object.union(document, {"system": system})
}
