package policyctl.controls.decommissioning.logs_kept_test

import data.policyctl.controls.decommissioning.logs_kept as control
import data.policyctl.testing.record

test_six_months_pass if {
	control.resources == {"r-1"} with input as of(whole)
	control.findings == set() with input as of(whole)
	control.undetermined == set() with input as of(whole)
}

test_the_end_is_stated if {
	every broken in [null, "for ever", "2027-02-30", 7] {
		control.findings == {{
			"code": "no_end",
			"resource": "r-1",
			"message": "the record does not state until which day the logs are kept",
			"path": ["logs", "until"],
		}} with input as kept(broken)
	}
	codes == {"no_end"} with input as of(object.remove(whole, ["logs"]))
}

test_a_day_less_than_six_months_is_too_short if {
	control.findings == {{
		"code": "kept_too_short",
		"resource": "r-1",
		"message": "the logs are kept until 2027-02-27, and those of the last day of use are to be until 2027-02-28 at least (6 months)",
		"path": ["logs", "until"],
	}} with input as kept("2027-02-27")
}

test_other_systems_are_asked_less if {
	other := object.union(kept("2026-09-30"), {"system": {"classes": [{"id": "transparency"}]}})
	codes == set() with input as other
	codes == {"kept_too_short"} with input as object.union(other, {"facts": {"logs": {"until": "2026-09-29"}}})
}

test_without_the_last_day_it_cannot_be_told if {
	every broken in [null, "soon", "2026-02-30", 7] {
		codes == set() with input as of(object.union(whole, {"ends": broken}))
		control.undetermined == {{"resource": "r-1", "path": ["ends"], "reason": "the last day of use is not stated"}} with input as of(object.union(whole, {"ends": broken}))
	}
	count(control.undetermined) == 1 with input as of(object.remove(whole, ["ends"]))
}

codes := {finding.code | some finding in control.findings}

whole := {"ends": "2026-08-31", "logs": {"until": "2027-02-28"}}

kept(until) := of(object.union(whole, {"logs": {"until": until}}))

of(facts) := record.of_kind("decommissioning", facts, {"decommissioning": {"logs_kept": {"minimum_months": {"high_risk": 6, "other": 1}}}})
