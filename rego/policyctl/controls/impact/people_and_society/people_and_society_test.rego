package policyctl.controls.impact.people_and_society_test

import data.policyctl.controls.impact.people_and_society as control
import data.policyctl.testing.record as make

test_described_impacts_pass if {
	control.resources == {"r-1"} with input as of({})
	control.findings == set() with input as of({})
}

test_each_impact_that_is_not_described_fails if {
	every broken in [null, 7, "Access to credit", [], {}, ["TBD"], ["Access to credit", 7]] {
		every key in ["individuals", "groups", "societies"] {
			control.findings == {{
				"code": concat("", ["no_", key]),
				"resource": "r-1",
				"message": sprintf("the impact on %s is not described, or one is a placeholder", [key]),
				"path": ["impacts", key],
			}} with input as of({key: broken})
		}
	}
}

test_a_record_without_impacts_fails if {
	every broken in [null, 7, "x", [], {}] {
		codes == {"no_individuals", "no_groups", "no_societies"} with input as make.of_kind("impact_assessment", {"impacts": broken}, {})
	}
	codes == {"no_individuals", "no_groups", "no_societies"} with input as make.of_kind("impact_assessment", {}, {})
	control.resources == {"r-1"} with input as make.of_kind("impact_assessment", {}, {})
}

codes := {finding.code | some finding in control.findings}

of(changes) := make.of_kind(
	"impact_assessment",
	{"impacts": object.union({"individuals": ["Access to credit"], "groups": ["Young applicants"], "societies": ["Debt"]}, changes)},
	{},
)
