package policyctl.controls.logging.log_driver_test

import data.policyctl.controls.logging.log_driver as control
import data.policyctl.testing.images as make

test_a_driver_that_keeps_logs_passes_and_so_does_that_of_the_engine if {
	every driver in ["", "local", "json-file", "journald"] {
		control.resources == {"compose.yaml/llm"} with input as logging(driver)
		control.findings == set() with input as logging(driver)
		control.undetermined == set() with input as logging(driver)
	}
}

test_a_log_that_is_thrown_away_is_a_finding if {
	control.findings == {{
		"code": "no_log",
		"resource": "compose.yaml/llm",
		"message": "its log is thrown away: the driver is none",
		"path": ["services", "llm", "logging", "driver"],
	}} with input as logging("none")
	{finding.path | some finding in control.findings} == {[]} with input as make.service_of({"log_driver": "none", "containers": []}, {})
}

test_a_driver_that_cannot_be_read_is_undetermined if {
	every broken in [null, 1, ["none"]] {
		count(control.undetermined) == 1 with input as logging(broken)
	}
}

test_what_is_no_ai_service_is_not_looked_at if {
	control.resources == set() with input as make.service_of({"ai_workload": false, "log_driver": "none"}, {})
	control.findings == set() with input as make.service_of({"ai_workload": false, "log_driver": "none"}, {})
	control.resources == set() with input as make.dockerfile_of({})
}

logging(driver) := make.service_of({"log_driver": driver}, {})

test_without_the_fact_nothing_can_be_told if {
	document := make.service_of({}, {})
	without := object.union(object.remove(document, ["facts"]), {"facts": object.remove(document.facts, ["log_driver"])})
	count(control.undetermined) == 1 with input as without
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {{
		"resource": "compose.yaml/llm",
		"path": [],
		"reason": "the log driver could not be read",
	}} with input as logging(1)
}
