package policyctl.controls.security.no_remote_code_test

import data.policyctl.controls.security.no_remote_code as control
import data.policyctl.testing.images as make_image
import data.policyctl.testing.kubernetes as make

test_a_workload_without_such_a_switch_passes if {
	control.resources == {"Deployment/ml/scorer"} with input as of([], {})
	control.findings == set() with input as of([], {})
	control.undetermined == set() with input as of([], {})
}

test_a_switch_for_remote_code_is_a_finding if {
	control.findings == {{
		"code": "remote_code",
		"resource": "Deployment/ml/scorer",
		"message": "--trust-remote-code lets the model's repository run code of its own",
		"path": ["spec", "template", "spec", "containers", 0, "args", 3],
	}} with input as of([switch({})], {})
}

test_unpickling_is_a_finding if {
	codes == {"insecure_serialization"} with input as of([switch({"risk": "insecure_serialization"})], {})
	control.undetermined == set() with input as of([switch({"risk": "insecure_serialization"})], {})
}

test_a_switch_without_a_name_is_still_a_finding if {
	every broken in [null, "", 1] {
		codes == {"remote_code"} with input as of([switch({"option": broken, "path": broken})], {})
	}
}

test_a_risk_that_is_not_known_is_undetermined if {
	every broken in [null, "", "other", 1, ["remote_code"]] {
		codes == set() with input as of([switch({"risk": broken})], {})
		count(control.undetermined) == 1 with input as of([switch({"risk": broken})], {})
	}
	count(control.undetermined) == 1 with input as of([object.remove(switch({}), {"risk"})], {})
}

test_switches_that_cannot_be_read_do_not_pass if {
	every broken in [null, "", {}, ["--trust-remote-code"], [[switch({})]]] {
		count(control.undetermined) > 0 with input as of(broken, {})
		control.resources == {"Deployment/ml/scorer"} with input as of(broken, {})
	}
	count(control.undetermined) > 0 with input as {"facts": object.remove(of([], {}).facts, {"unsafe_loading"})}
}

test_a_switch_that_was_not_recognised_is_undetermined if {
	count(control.undetermined) == 1 with input as of([], {"arguments": ["--model", "x", "--trust-remote-code"]})
	count(control.undetermined) == 1 with input as of([], {"arguments": ["--Trust_Remote_Code=true"]})
	count(control.undetermined) == 1 with input as of([], {"arguments": ["sh", "-c", "vllm serve x \\\n  --trust_remote_code --port 80"]})
	count(control.undetermined) == 1 with input as of([], {"arguments": [`sh -c "vllm serve x --trust-remote'-code'"`]})
	count(control.undetermined) == 1 with input as of([], {"arguments": [`--trust\-remote"-code"`]})
	count(control.undetermined) == 1 with input as of([], {"env": [{"name": "VLLM_ARGS", "value": "--trust-remote-code"}]})
	count(control.undetermined) == 1 with input as of([], {"env": [{"name": "HF_TRUST_REMOTE_CODE", "value": "Yes"}]})
}

test_a_switch_that_is_off_passes if {
	control.undetermined == set() with input as of([], {"arguments": ["--trust-remote-code=false", 1]})
	control.undetermined == set() with input as of([], {"env": [{"name": "TRUST_REMOTE_CODE", "value": "0"}, {"name": "TRUST_REMOTE_CODE", "value": 1}]})
}

test_other_workloads_are_looked_at_only_where_a_switch_was_seen if {
	control.resources == set() with input as make.object_of({"ai_workload": false}, {})
	codes == {"remote_code"} with input as make.object_of({"ai_workload": false, "unsafe_loading": [switch({})]}, {})
}

test_containers_that_cannot_be_read_do_not_pass if {
	count(control.undetermined) > 0 with input as make.object_of({"containers": null}, {})
}

codes := {finding.code | some finding in control.findings}

switch(changes) := object.union(
	{
		"path": ["spec", "template", "spec", "containers", 0, "args", 3],
		"container": 0,
		"option": "--trust-remote-code",
		"risk": "remote_code",
	},
	changes,
)

of(switches, container) := make.object_of(
	{
		"unsafe_loading": switches,
		"containers": [make.container(container)],
		"pods": [make.pod({})],
	},
	{},
)

test_a_switch_in_a_service_is_judged_like_one_in_a_manifest if {
	switch := {"path": ["services", "llm", "command", 2], "container": 0, "option": "--trust-remote-code", "risk": "remote_code"}
	{f.code | some f in control.findings} == {"remote_code"} with input as make_image.service_of({"unsafe_loading": [switch]}, {})
	control.findings == set() with input as make_image.service_of({}, {})
	control.undetermined == set() with input as make_image.service_of({}, {})
}

test_what_is_looked_at_is_named if {
	control.resources == {"Deployment/ml/scorer"} with input as make.object_of({"ai_workload": false, "unsafe_loading": [switch({})]}, {})
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "remote_code",
		"resource": "Deployment/ml/scorer",
		"message": "a switch lets the model's repository run code of its own",
		"path": [],
	}} with input as of([switch({"option": "", "path": ""})], {})
	control.findings == {{
		"code": "remote_code",
		"resource": "Deployment/ml/scorer",
		"message": "a switch lets the model's repository run code of its own",
		"path": [],
	}} with input as of([switch({"option": 1, "path": 1})], {})
	control.findings == {{
		"code": "insecure_serialization",
		"resource": "Deployment/ml/scorer",
		"message": "--trust-remote-code lets a file run code while it is loaded",
		"path": ["spec", "template", "spec", "containers", 0, "args", 3],
	}} with input as of([switch({"risk": "insecure_serialization"})], {})
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {{
		"resource": "Deployment/ml/scorer",
		"path": [],
		"reason": "a switch for loading models could not be read",
	}} with input as of([[switch({})]], {})
	control.undetermined == {{
		"resource": "Deployment/ml/scorer",
		"path": [],
		"reason": "container scorer has a switch for remote code that was not understood",
	}} with input as of([], {"arguments": [`--trust\-remote"-code"`]})
	control.undetermined == {{
		"resource": "Deployment/ml/scorer",
		"path": [],
		"reason": "the switches for loading models could not be read",
	}} with input as of("", {})
	control.undetermined == {{
		"resource": "Deployment/ml/scorer",
		"path": [],
		"reason": "what a switch for loading models allows is not known",
	}} with input as of([switch({"risk": 1})], {})
}

test_each_value_that_switches_it_on_without_being_read_is_undetermined if {
	every name in ["TRUST_REMOTE_CODE", "HF_TRUST_REMOTE_CODE"] {
		every value in ["1", "true", "Yes", "on"] {
			count(control.undetermined) == 1 with input as of([], {"env": [{"name": name, "value": value}]})
		}
		control.undetermined == set() with input as of([], {"env": [{"name": name, "value": "0"}]})
	}
	control.undetermined == set() with input as of([], {"env": [{"name": "DEBUG", "value": "1"}]})
}

test_an_argument_that_switches_it_off_is_no_switch if {
	every argument in ["--trust-remote-code=false", "--trust_remote_code=0", "--trust-remote-code=No", "serve --trust-remote-code false"] {
		control.undetermined == set() with input as of([], {"arguments": [argument]})
	}
	count(control.undetermined) == 1 with input as of([], {"arguments": ["--trust-remote-code=maybe"]})
}
