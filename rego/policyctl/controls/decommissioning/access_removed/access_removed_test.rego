package policyctl.controls.decommissioning.access_removed_test

import data.policyctl.controls.decommissioning.access_removed as control
import data.policyctl.testing.record

test_what_is_taken_away_in_a_week_and_shown_passes if {
	control.resources == {"r-1"} with input as of(whole)
	control.findings == set() with input as of(whole)
	control.undetermined == set() with input as of(whole)
}

test_ways_to_the_system_are_named if {
	every broken in [null, [], "API", {"0": way}] {
		control.findings == {{
			"code": "no_access",
			"resource": "r-1",
			"message": "the record names no endpoint, account or key that is taken away",
			"path": ["access"],
		}} with input as of(object.union(whole, {"access": broken}))
	}
	codes == {"no_access"} with input as of(object.remove(whole, ["access"]))
}

test_after_a_week_what_is_left_is_found if {
	every broken in [null, "soon", "2026-02-30", 7] {
		control.findings == {{
			"code": "not_removed",
			"resource": "r-1",
			"message": "\"API\" is not taken away, and was to be by 2026-10-07",
			"path": ["access", 0, "removed"],
		}} with input as changed({"removed": broken})
		control.undetermined == set() with input as changed({"removed": broken})
	}
	{f.message | some f in control.findings} == {"\"\" is not taken away, and was to be by 2026-10-07"} with input as of(object.union(whole, {"access": [{}]}))
	codes == {"not_removed"} with input as open_since("2026-11-13")
}

test_until_then_it_cannot_be_told if {
	codes == set() with input as open_since("2026-11-14")
	control.undetermined == {{
		"resource": "r-1",
		"path": ["access", 0, "removed"],
		"reason": "no day is stated on which \"API\" is taken away",
	}} with input as open_since("2026-11-14")
}

test_a_day_later_is_late if {
	control.findings == {{
		"code": "removed_late",
		"resource": "r-1",
		"message": "\"API\" is taken away on 2026-10-08, and is to be by 2026-10-07",
		"path": ["access", 0, "removed"],
	}} with input as changed({"removed": "2026-10-08"})
}

test_what_is_taken_away_is_shown if {
	control.findings == {{
		"code": "no_evidence",
		"resource": "r-1",
		"message": "no document that shows that \"API\" is taken away is named with its SHA-256 digest",
		"path": ["access", 0, "evidence"],
	}} with input as changed({"evidence": []})
	codes == {"no_evidence"} with input as of(object.union(whole, {"access": [object.remove(way, ["evidence"])]}))
}

test_what_is_planned_has_no_document_yet if {
	codes == set() with input as of({"ends": "2026-11-21", "access": [{"name": "API", "removed": "2026-11-22"}]})
	codes == {"no_evidence"} with input as of({"ends": "2026-11-20", "access": [{"name": "API", "removed": "2026-11-21"}]})
}

test_an_entry_that_cannot_be_read_is_undetermined if {
	control.findings == set() with input as of(object.union(whole, {"access": [way, "x"]}))
	control.undetermined == {{"resource": "r-1", "path": ["access", 1], "reason": "the entry cannot be read"}} with input as of(object.union(whole, {"access": [way, "x"]}))
}

test_without_the_last_day_nothing_is_late_and_it_cannot_be_told if {
	every broken in [null, "soon", "2026-02-30", 7] {
		every entry in [way, {"name": "API"}] {
			codes == set() with input as of({"ends": broken, "access": [entry]})
			control.undetermined == {{"resource": "r-1", "path": ["ends"], "reason": "the last day of use is not stated"}} with input as of({"ends": broken, "access": [entry]})
		}
	}
	count(control.undetermined) == 1 with input as of({"access": [way]})
}

codes := {finding.code | some finding in control.findings}

way := {"name": "API", "removed": "2026-10-07", "evidence": [record.evidence("Output")]}

whole := {"ends": "2026-09-30", "access": [way]}

changed(changes) := of(object.union(whole, {"access": [object.union(way, changes)]}))

open_since(ends) := of({"ends": ends, "access": [{"name": "API"}]})

of(facts) := record.of_kind("decommissioning", facts, {"decommissioning": {"access_removed": {"maximum_days": 7}}})
