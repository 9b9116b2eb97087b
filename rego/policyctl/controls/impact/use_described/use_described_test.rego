package policyctl.controls.impact.use_described_test

import data.policyctl.controls.impact.use_described as control
import data.policyctl.testing.record as make

test_a_described_use_passes if {
	control.resources == {"r-1"} with input as of({})
	control.findings == set() with input as of({})
}

test_what_is_not_described_is_named if {
	control.resources == {"r-1"} with input as make.of_kind("impact_assessment", {}, {})
	control.findings == {
		{"code": "no_processes", "resource": "r-1", "message": "the processes in which the system is used are not described, or one of them is a placeholder", "path": ["processes"]},
		{"code": "no_period", "resource": "r-1", "message": "the period of time in which the system is to be used is not described", "path": ["period"]},
		{"code": "no_frequency", "resource": "r-1", "message": "how often the system is to be used is not described", "path": ["frequency"]},
	} with input as make.of_kind("impact_assessment", {}, {})
}

test_a_placeholder_describes_nothing if {
	every broken in [null, "", "TBD", 7, [], {}, ["TBD"], ["Credit is decided", "n/a"]] {
		codes == {"no_processes"} with input as of({"processes": broken})
		codes == {"no_period"} with input as of({"period": broken})
		codes == {"no_frequency"} with input as of({"frequency": broken})
	}
}

test_what_is_written_there_is_told if {
	{finding.message | some finding in control.findings} == {"how often the system is to be used is not described: \"n/a\""} with input as of({"frequency": "n/a"})
	{finding.message | some finding in control.findings} == {"the period of time in which the system is to be used is not described: \"TBD\""} with input as of({"period": "TBD"})
	{finding.message | some finding in control.findings} == {"how often the system is to be used is not described"} with input as of({"frequency": ""})
}

codes := {finding.code | some finding in control.findings}

of(changes) := make.of_kind(
	"impact_assessment",
	object.union({"processes": ["Credit is decided"], "period": "Until 2029", "frequency": "Each day"}, changes),
	{},
)
