package policyctl.controls.impact.harms_assessed_test

import data.policyctl.controls.impact.harms_assessed as control
import data.policyctl.testing.record as make

test_each_group_with_its_harms_or_a_reason_passes if {
	control.resources == {"r-1"} with input as of([group([harm({}), harm({"likelihood": "rare", "magnitude": "severe"})]), {"group": "Officers", "no_harm": "They decide alone"}])
	control.findings == set() with input as of([group([harm({}), harm({"likelihood": "rare", "magnitude": "severe"})]), {"group": "Officers", "no_harm": "They decide alone"}])
	control.undetermined == set() with input as of([group([harm({})])])
}

test_every_word_of_the_scales_is_a_rating if {
	every word in ["rare", "possible", "likely", "almost_certain"] {
		codes == set() with input as of([group([harm({"likelihood": word})])])
	}
	every word in ["minor", "moderate", "serious", "severe"] {
		codes == set() with input as of([group([harm({"magnitude": word})])])
	}
}

test_a_group_without_harm_or_reason_fails if {
	control.findings == {{
		"code": "no_harm",
		"resource": "r-1",
		"message": "no harm to \"Officers\" is named, nor why none is likely",
		"path": ["affected", 1],
	}} with input as of([group([harm({})]), {"group": "Officers"}])
	every broken in [null, 7, "Refusal", [], {}, {"a": harm({})}] {
		codes == {"no_harm"} with input as of([group(broken)])
	}
	every broken in [null, 7, "n/a", [], {}] {
		codes == {"no_harm"} with input as of([{"group": "Officers", "no_harm": broken}])
		codes == {"no_harm"} with input as of([broken])
	}
}

test_a_harm_is_described if {
	control.findings == {{
		"code": "unnamed_harm",
		"resource": "r-1",
		"message": "harm 2 to \"Applicants\" is not described",
		"path": ["affected", 0, "harms", 1, "harm"],
	}} with input as of([group([harm({}), harm({"harm": "TBD"})])])
	every broken in [null, 7, "x", [], {}] {
		codes == {"unnamed_harm", "no_likelihood", "no_magnitude"} with input as of([group([broken])])
	}
}

test_a_harm_is_rated if {
	every broken in [null, 7, "", "TBD", [], ["likely"]] {
		control.findings == {{
			"code": "no_likelihood",
			"resource": "r-1",
			"message": "how likely harm 1 to \"Applicants\" is, is not stated",
			"path": ["affected", 0, "harms", 0, "likelihood"],
		}} with input as of([group([harm({"likelihood": broken})])])
		control.findings == {{
			"code": "no_magnitude",
			"resource": "r-1",
			"message": "how great harm 1 to \"Applicants\" is, is not stated",
			"path": ["affected", 0, "harms", 0, "magnitude"],
		}} with input as of([group([harm({"magnitude": broken})])])
	}
}

test_where_nobody_is_affected_nothing_can_be_told if {
	every broken in [null, 7, "x", [], {}] {
		control.undetermined == {{
			"resource": "r-1",
			"path": ["affected"],
			"reason": "nobody is named whom the use affects, so whose harms are to be assessed is not known",
		}} with input as of(broken)
		codes == set() with input as of(broken)
	}
	control.resources == {"r-1"} with input as make.of_kind("impact_assessment", {}, {})
	count(control.undetermined) == 1 with input as make.of_kind("impact_assessment", {}, {})
}

codes := {finding.code | some finding in control.findings}

group(harms) := {"group": "Applicants", "harms": harms}

harm(changes) := object.union({"harm": "Refusal", "likelihood": "possible", "magnitude": "serious"}, changes)

of(affected) := make.of_kind("impact_assessment", {"affected": affected}, {})
