package policyctl.controls.operations.resource_limits_test

import data.policyctl.controls.operations.resource_limits as control
import data.policyctl.testing.images as make_image
import data.policyctl.testing.kubernetes as make

test_a_memory_limit_and_a_cpu_request_pass if {
	control.resources == {"Deployment/ml/scorer"} with input as of({}, {}, 0)
	control.findings == set() with input as of({}, {}, 0)
	control.undetermined == set() with input as of({}, {}, 0)
}

test_no_memory_limit_is_a_finding if {
	every broken in [0, null, "1Gi", -1, []] {
		codes == {"no_memory_limit"} with input as of({"memory": broken}, {}, 0)
	}
	control.findings == {{
		"code": "no_memory_limit",
		"resource": "Deployment/ml/scorer",
		"message": "container scorer has no memory limit",
		"path": ["spec", "template", "spec", "containers", 0, "resources", "limits", "memory"],
	}} with input as with_container({"limits": {}, "requests": {"cpu": 1}}, 0)
}

test_no_cpu_request_is_a_finding if {
	every broken in [0, "1", -1, []] {
		codes == {"no_cpu_request"} with input as of({}, {"cpu": broken}, 0)
		codes == {"no_cpu_request"} with input as of({"cpu": 1000}, {"cpu": broken}, 0)
	}
	codes == {"no_cpu_request"} with input as with_container({"limits": {"memory": 1}, "requests": {}}, 0)
	codes == {"no_cpu_request"} with input as with_container({"limits": {"memory": 1, "cpu": 1}, "requests": "1"}, 0)
}

test_a_cpu_limit_stands_for_a_request_that_is_not_there if {
	codes == set() with input as with_container({"limits": {"memory": 1, "cpu": 1}, "requests": {}}, 0)
	codes == set() with input as with_container({"limits": {"memory": 1, "cpu": 1}, "requests": {"cpu": null}}, 0)
}

test_resources_that_cannot_be_read_do_not_pass if {
	every broken in [null, "", [], [{"memory": 1}]] {
		codes == {"no_memory_limit"} with input as with_container({"limits": broken, "requests": {"cpu": 1}}, 0)
		codes == {"no_cpu_request"} with input as with_container({"limits": {"memory": 1}, "requests": broken}, 0)
	}
}

test_requested_accelerators_must_be_limited_to_as_many if {
	codes == set() with input as of({"accelerators": 1}, {"accelerators": 1}, 0)
	codes == {"accelerators_without_limit"} with input as of({"accelerators": 2}, {"accelerators": 1}, 0)
	codes == {"accelerators_without_limit"} with input as of({}, {"accelerators": 1}, 0)
	codes == {"accelerators_without_limit"} with input as of({"accelerators": "1"}, {"accelerators": "1"}, 0)
	codes == set() with input as of({}, {"accelerators": 0}, 0)
}

test_a_profile_may_set_the_most_accelerators if {
	codes == set() with input as of({"accelerators": 8}, {}, 8)
	codes == {"too_many_accelerators"} with input as of({"accelerators": 9}, {}, 8)
	codes == {"too_many_accelerators"} with input as of({"accelerators": "1"}, {}, 8)
	codes == set() with input as of({"accelerators": 9}, {}, 0)
}

test_init_containers_are_looked_at_and_ephemeral_ones_are_not if {
	bare := {"limits": {}, "requests": {}}
	codes == {"no_memory_limit", "no_cpu_request"} with input as with_container(object.union(bare, {"role": "init"}), 0)
	codes == {"no_memory_limit", "no_cpu_request"} with input as with_container(object.union(bare, {"role": null}), 0)
	codes == set() with input as with_container(object.union(bare, {"role": "ephemeral"}), 0)
}

test_what_a_runtime_may_add_is_undetermined if {
	document := with_container({"image_source": "runtime", "limits": {"memory": 1}, "requests": {}}, 0)
	codes == set() with input as document
	count(control.undetermined) == 1 with input as document
	control.undetermined == set() with input as with_container({"image_source": "runtime", "limits": {"memory": 1}, "requests": {"cpu": 1}}, 0)
}

test_containers_that_cannot_be_read_do_not_pass if {
	count(control.undetermined) > 0 with input as make.object_of({"containers": null}, parameters(0))
}

test_an_object_without_pods_is_not_looked_at if {
	control.resources == set() with input as make.object_of({"kind": "Service"}, parameters(0))
}

codes := {finding.code | some finding in control.findings}

parameters(maximum) := {"operations": {"resource_limits": {"maximum_accelerators": maximum}}}

of(limits, requests, maximum) := with_container(
	{
		"limits": object.union({"memory": 1024}, limits),
		"requests": object.union({"cpu": 500}, requests),
	},
	maximum,
)

with_container(changes, maximum) := make.object_of(
	{
		"containers": [make.container(changes)],
		"pods": [make.pod({})],
	},
	parameters(maximum),
)

test_a_service_states_its_resources_like_a_container if {
	service := {"limits": {"memory": 1, "cpu": 500}}
	control.resources == {"compose.yaml/llm"} with input as service_with(service, false, 0)
	codes == set() with input as service_with(service, false, 0)
	codes == {"no_memory_limit", "no_cpu_request"} with input as service_with({}, false, 0)
}

test_all_accelerators_of_a_host_are_more_than_any_number if {
	codes == set() with input as service_with({"limits": {"memory": 1, "cpu": 1}}, true, 0)
	codes == {"too_many_accelerators"} with input as service_with({"limits": {"memory": 1, "cpu": 1}}, true, 1)
}

test_a_dockerfile_cannot_state_resources if {
	control.resources == set() with input as make_image.dockerfile_of({})
	codes == set() with input as make_image.dockerfile_of({})
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "too_many_accelerators",
		"resource": "Deployment/ml/scorer",
		"message": "container scorer takes more than 8 accelerators",
		"path": ["spec", "template", "spec", "containers", 0, "resources", "limits"],
	}} with input as of({"accelerators": 9}, {}, 8)
	control.findings == {{
		"code": "no_cpu_request",
		"resource": "Deployment/ml/scorer",
		"message": "container scorer requests no cpu",
		"path": ["spec", "template", "spec", "containers", 0, "resources", "requests", "cpu"],
	}} with input as of({}, {"cpu": 0}, 0)
	control.findings == {{
		"code": "accelerators_without_limit",
		"resource": "Deployment/ml/scorer",
		"message": "container scorer requests accelerators that its limits do not give",
		"path": ["spec", "template", "spec", "containers", 0, "resources", "limits"],
	}} with input as of({}, {"accelerators": 1}, 0)
	control.findings == {{
		"code": "too_many_accelerators",
		"resource": "compose.yaml/llm",
		"message": "all accelerators of the host are reserved",
		"path": [],
	}} with input as service_with({"limits": {"memory": 1, "cpu": 1}}, true, 1)
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {{
		"resource": "Deployment/ml/scorer",
		"path": ["spec", "template", "spec", "containers", 0, "resources"],
		"reason": "the resources of scorer may come from another object",
	}} with input as with_container({"image_source": "runtime", "limits": {"memory": 1}, "requests": {}}, 0)
	control.undetermined == set() with input as of({}, {"cpu": 0}, 0)
}

service_with(changes, every_one, maximum) := make_image.service_of(
	{"containers": [make_image.container(changes)], "all_accelerators": every_one},
	parameters(maximum),
)
