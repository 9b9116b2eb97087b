package policyctl.controls.decommissioning.documentation_kept_test

import data.policyctl.controls.decommissioning.documentation_kept as control
import data.policyctl.testing.record

test_ten_years_pass if {
	control.resources == {"r-1"} with input as of(whole)
	control.findings == set() with input as of(whole)
	control.undetermined == set() with input as of(whole)
}

test_the_end_is_stated if {
	every broken in [null, "for ever", "2032-02-30", 7] {
		control.findings == {{
			"code": "no_end",
			"resource": "r-1",
			"message": "the record does not state until which day the documentation is kept",
			"path": ["documentation", "until"],
		}} with input as of(object.union(whole, {"documentation": {"until": broken}}))
		control.undetermined == set() with input as of(object.union(whole, {"documentation": {"until": broken}}))
	}
	codes == {"no_end"} with input as of(object.remove(whole, ["documentation"]))
}

test_a_day_less_than_ten_years_is_too_short if {
	control.findings == {{
		"code": "kept_too_short",
		"resource": "r-1",
		"message": "the documentation is kept until 2032-05-01, and is to be until 2032-05-02 at least (10 years)",
		"path": ["documentation", "until"],
	}} with input as kept("2032-05-01")
}

test_between_the_two_days_it_cannot_be_told if {
	both := object.union(whole, {"put_into_service": "2023-01-09"})
	control.findings == set() with input as of(both)
	control.undetermined == {{
		"resource": "r-1",
		"path": ["documentation", "until"],
		"reason": "the documentation is kept until 2032-05-02: long enough from the earlier of the days of market and service, not from the later",
	}} with input as of(both)
	control.undetermined == set() with input as of(object.union(both, {"documentation": {"until": "2033-01-09"}}))
	codes == {"kept_too_short"} with input as of(object.union(both, {"documentation": {"until": "2032-05-01"}}))
	control.undetermined == set() with input as of(object.union(both, {"documentation": {"until": "2032-05-01"}}))
}

test_the_day_of_service_counts_alone_too if {
	alone := object.union(object.remove(whole, ["placed_on_market"]), {"put_into_service": "2022-05-03"})
	codes == {"kept_too_short"} with input as of(alone)
}

test_without_a_beginning_it_cannot_be_told if {
	control.findings == set() with input as of(object.remove(whole, ["placed_on_market"]))
	control.undetermined == {{
		"resource": "r-1",
		"path": ["placed_on_market"],
		"reason": "neither the day on which the system was placed on the market nor that on which it was put into service is stated",
	}} with input as of(object.remove(whole, ["placed_on_market"]))
}

test_a_beginning_that_is_no_day_cannot_be_told if {
	every key in ["placed_on_market", "put_into_service"] {
		every broken in [null, "2022", 7] {
			{"resource": "r-1", "path": [key], "reason": "what is stated is no day"} in control.undetermined with input as of(object.union(whole, {key: broken}))
		}
	}
}

test_other_systems_are_asked_less if {
	other := object.union(kept("2023-05-02"), {"system": {"classes": [{"id": "transparency"}]}})
	codes == set() with input as other
	codes == {"kept_too_short"} with input as object.union(other, {"facts": {"documentation": {"until": "2023-05-01"}}})
}

codes := {finding.code | some finding in control.findings}

whole := {"placed_on_market": "2022-05-02", "documentation": {"until": "2032-05-02"}}

kept(until) := of(object.union(whole, {"documentation": {"until": until}}))

of(facts) := record.of_kind("decommissioning", facts, {"decommissioning": {"documentation_kept": {"minimum_years": {"high_risk": 10, "other": 1}}}})
