package policyctl.controls.impact.affected_named_test

import data.policyctl.controls.impact.affected_named as control
import data.policyctl.testing.record as make

test_named_groups_pass if {
	control.resources == {"r-1"} with input as of([{"group": "Applicants"}, {"group": "Officers"}])
	control.findings == set() with input as of([{"group": "Applicants"}, {"group": "Officers"}])
}

test_nobody_named_fails if {
	every broken in [null, 7, "Applicants", [], {}, {"a": {"group": "Applicants"}}] {
		control.findings == {{
			"code": "no_affected",
			"resource": "r-1",
			"message": "no category of persons or group is named that the use is likely to affect",
			"path": ["affected"],
		}} with input as of(broken)
	}
	{finding.code | some finding in control.findings} == {"no_affected"} with input as make.of_kind("impact_assessment", {}, {})
	control.resources == {"r-1"} with input as make.of_kind("impact_assessment", {}, {})
}

test_a_group_without_a_name_fails if {
	every broken in [null, 7, "Applicants", [], {}, {"group": null}, {"group": "TBD"}, {"group": ["Applicants"]}] {
		control.findings == {{
			"code": "unnamed_group",
			"resource": "r-1",
			"message": "group 2 of those affected has no name",
			"path": ["affected", 1, "group"],
		}} with input as of([{"group": "Applicants"}, broken])
	}
}

of(affected) := make.of_kind("impact_assessment", {"affected": affected}, {})
