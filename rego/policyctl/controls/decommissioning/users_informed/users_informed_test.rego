package policyctl.controls.decommissioning.users_informed_test

import data.policyctl.controls.decommissioning.users_informed as control
import data.policyctl.testing.record

test_who_is_told_thirty_days_before_with_a_letter_passes if {
	control.resources == {"r-1"} with input as of(whole)
	control.findings == set() with input as of(whole)
	control.undetermined == set() with input as of(whole)
}

test_somebody_is_told if {
	every broken in [null, [], "Deployers", {"0": entry}] {
		control.findings == {{
			"code": "nobody_informed",
			"resource": "r-1",
			"message": "the record names nobody who is told that the use ends",
			"path": ["informed"],
		}} with input as of(object.union(object.remove(whole, ["informed"]), {"informed": broken}))
	}
	codes == {"nobody_informed"} with input as of(object.remove(whole, ["informed"]))
}

test_a_day_later_is_late if {
	control.findings == {{
		"code": "informed_late",
		"resource": "r-1",
		"message": "Deployers: told on 2026-09-01, and 30 days before the last day of use (2026-09-30) is 2026-08-31",
		"path": ["informed", 0, "day"],
	}} with input as told({"day": "2026-09-01"})
}

test_what_they_were_told_is_named_by_its_digest if {
	control.findings == {{
		"code": "no_evidence",
		"resource": "r-1",
		"message": "no document that shows what was told to Deployers is named with its SHA-256 digest",
		"path": ["informed", 0, "evidence"],
	}} with input as told({"evidence": []})
	codes == {"no_evidence"} with input as of(object.union(whole, {"informed": [object.remove(entry, ["evidence"])]}))
}

test_what_is_to_be_told_later_has_no_document_yet if {
	later := {"ends": "2027-09-30", "informed": [{"who": "Deployers", "day": "2026-11-22"}]}
	codes == set() with input as of(later)
	codes == {"no_evidence"} with input as of(object.union(later, {"informed": [{"who": "Deployers", "day": "2026-11-21"}]}))
}

test_without_a_day_it_cannot_be_told if {
	every broken in [null, "soon", "2026-02-30", 7] {
		codes == set() with input as told({"day": broken})
		control.undetermined == {{
			"resource": "r-1",
			"path": ["informed", 0, "day"],
			"reason": "no day is stated for telling Deployers",
		}} with input as told({"day": broken})
	}
	count(control.undetermined) == 1 with input as of(object.union(whole, {"informed": [object.remove(entry, ["day"])]}))
}

test_an_entry_says_who_is_told if {
	every broken in ["Deployers", null, {"who": "TBD", "day": "2026-06-15"}] {
		control.undetermined == {{
			"resource": "r-1",
			"path": ["informed", 1],
			"reason": "who is told is not stated",
		}} with input as of(object.union(whole, {"informed": [entry, broken]}))
	}
}

test_without_the_last_day_it_cannot_be_told if {
	every broken in [null, "soon", "2026-02-30", 7] {
		codes == set() with input as of(object.union(whole, {"ends": broken}))
		control.undetermined == {{"resource": "r-1", "path": ["ends"], "reason": "the last day of use is not stated"}} with input as of(object.union(whole, {"ends": broken}))
	}
	count(control.undetermined) == 1 with input as of(object.remove(whole, ["ends"]))
}

codes := {finding.code | some finding in control.findings}

entry := {"who": "Deployers", "day": "2026-08-31", "evidence": [record.evidence("Letter")]}

whole := {"ends": "2026-09-30", "informed": [entry]}

told(changes) := of(object.union(whole, {"informed": [object.union(entry, changes)]}))

of(facts) := record.of_kind("decommissioning", facts, {"decommissioning": {"users_informed": {"notice_days": 30}}})
