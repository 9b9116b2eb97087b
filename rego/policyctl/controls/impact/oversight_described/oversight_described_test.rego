package policyctl.controls.impact.oversight_described_test

import data.policyctl.controls.impact.oversight_described as control
import data.policyctl.testing.record as make

test_measures_with_somebody_who_carries_them_out_pass if {
	control.resources == {"r-1"} with input as of([measure({}), measure({})])
	control.findings == set() with input as of([measure({}), measure({})])
}

test_no_measure_fails if {
	every broken in [null, 7, "An officer decides", [], {}, {"a": measure({})}] {
		control.findings == {{
			"code": "no_oversight",
			"resource": "r-1",
			"message": "no measure of human oversight is described",
			"path": ["oversight"],
		}} with input as of(broken)
	}
	codes == {"no_oversight"} with input as make.of_kind("impact_assessment", {}, {})
	control.resources == {"r-1"} with input as make.of_kind("impact_assessment", {}, {})
}

test_a_measure_says_what_and_by_whom if {
	control.findings == {
		{"code": "empty_measure", "resource": "r-1", "message": "measure 2 of human oversight is not described", "path": ["oversight", 1, "measure"]},
		{"code": "nobody_oversees", "resource": "r-1", "message": "who carries out measure 2 of human oversight is not stated", "path": ["oversight", 1, "by"]},
	} with input as of([measure({}), {}])
	every broken in [null, 7, "TBD", [], {}] {
		codes == {"empty_measure"} with input as of([measure({"measure": broken})])
		codes == {"nobody_oversees"} with input as of([measure({"by": broken})])
		codes == {"empty_measure", "nobody_oversees"} with input as of([broken])
	}
}

codes := {finding.code | some finding in control.findings}

measure(changes) := object.union({"measure": "An officer decides", "by": "Credit officer"}, changes)

of(oversight) := make.of_kind("impact_assessment", {"oversight": oversight}, {})
