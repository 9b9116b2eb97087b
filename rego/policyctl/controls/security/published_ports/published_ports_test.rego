package policyctl.controls.security.published_ports_test

import data.policyctl.controls.security.published_ports as control
import data.policyctl.testing.images as make

test_a_port_on_a_chosen_address_passes if {
	every address in ["127.0.0.1", "::1", "10.0.0.4"] {
		control.resources == {"compose.yaml/llm"} with input as on(address)
		control.findings == set() with input as on(address)
		control.undetermined == set() with input as on(address)
	}
}

test_a_service_without_published_ports_passes if {
	control.findings == set() with input as publishing([])
	control.undetermined == set() with input as publishing([])
}

test_a_port_on_every_interface_is_a_finding if {
	every address in ["", "0.0.0.0", "::", "*"] {
		{finding.code | some finding in control.findings} == {"every_interface"} with input as on(address)
	}
	control.findings == {{
		"code": "every_interface",
		"resource": "compose.yaml/llm",
		"message": "port 11434 is published on every interface of the host",
		"path": ["services", "llm", "ports", 0],
	}} with input as on("")
	{finding.message | some finding in control.findings} == {"a port is published on every interface of the host"} with input as publishing([{"host_ip": "", "known": true}])
}

test_an_address_from_a_variable_is_undetermined if {
	document := publishing([{"path": [], "port": "${P}", "host_ip": "${P}", "known": false}])
	control.findings == set() with input as document
	count(control.undetermined) == 1 with input as document
}

test_ports_that_cannot_be_read_do_not_pass if {
	every broken in [null, {}, "11434", [null], [{"port": "1"}], [{"host_ip": "", "known": "yes"}], [{"host_ip": null, "known": true}]] {
		control.findings == set() with input as publishing(broken)
		count(control.undetermined) == 1 with input as publishing(broken)
	}
}

test_what_is_no_ai_service_is_not_looked_at if {
	document := make.service_of({"ai_workload": false, "ports": [{"path": [], "port": "80", "host_ip": "", "known": true}]}, {})
	control.resources == set() with input as document
	control.findings == set() with input as document
	control.resources == set() with input as make.dockerfile_of({})
}

publishing(ports) := make.service_of({"ports": ports}, {})

on(address) := publishing([{"path": ["services", "llm", "ports", 0], "port": "11434", "host_ip": address, "known": true}])

test_without_the_fact_nothing_can_be_told if {
	document := make.service_of({}, {})
	without := object.union(object.remove(document, ["facts"]), {"facts": object.remove(document.facts, ["ports"])})
	count(control.undetermined) == 1 with input as without
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {{
		"resource": "compose.yaml/llm",
		"path": [],
		"reason": "a published port could not be read",
	}} with input as publishing([null])
	control.undetermined == {{
		"resource": "compose.yaml/llm",
		"path": [],
		"reason": "on which address a port is published comes from a variable",
	}} with input as publishing([{"path": [], "port": "${P}", "host_ip": "${P}", "known": false}])
	control.undetermined == {{
		"resource": "compose.yaml/llm",
		"path": [],
		"reason": "the published ports could not be read",
	}} with input as publishing({})
}

test_an_address_of_all_zeroes_is_every_interface if {
	{finding.code | some finding in control.findings} == {"every_interface"} with input as on("0:0:0:0:0:0:0:0")
}

test_ports_of_what_serves_no_model_are_not_looked_at if {
	every ports in [null, [null], [{"port": "1", "host_ip": "", "known": false}], [{"port": "1", "host_ip": "", "known": true}]] {
		document := make.service_of({"ai_workload": false, "ai_reasons": [], "serving": false, "ports": ports}, {})
		control.resources == set() with input as document
		control.findings == set() with input as document
		control.undetermined == set() with input as document
	}
}

test_a_port_without_a_number_is_called_a_port if {
	every port in ["", null, 80] {
		{finding.message | some finding in control.findings} == {"a port is published on every interface of the host"} with input as publishing([{"port": port, "path": "x", "host_ip": "", "known": true}])
		{finding.path | some finding in control.findings} == {[]} with input as publishing([{"port": port, "path": "x", "host_ip": "", "known": true}])
	}
}
