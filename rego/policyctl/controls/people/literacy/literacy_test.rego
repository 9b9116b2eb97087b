package policyctl.controls.people.literacy_test

import data.policyctl.controls.people.literacy as control
import data.policyctl.testing.record as make

person := {"name": "Ana Novak", "function": "Credit officer", "tasks": ["use"], "first_day": "2026-09-01"}

whole := {
	"functions": ["Model validator", "credit officer "],
	"measure": "Half a day with cases",
	"day": "2026-11-21",
	"next_day": "2026-11-21",
	"evidence": [make.evidence("Slides")],
}

test_a_function_that_a_measure_reaches_passes if {
	control.resources == {"r-1"} with input as of([person], [whole])
	control.findings == set() with input as of([person], [whole])
	control.undetermined == set() with input as of([person], [whole])
}

test_without_people_there_is_nobody_to_reach if {
	every value in [null, [], {}, "all"] {
		control.findings == {{
			"code": "no_people",
			"resource": "r-1",
			"message": "it is not recorded who develops, operates, oversees or uses the system",
			"path": ["people"],
		}} with input as of(value, [whole])
	}
}

test_a_function_that_no_measure_reaches_is_a_finding if {
	control.findings == {{
		"code": "not_reached",
		"resource": "r-1",
		"message": "no measure up to 2026-11-21 supports the AI literacy of this function: Recruiter",
		"path": ["people", 1, "function"],
	}} with input as of([person, object.union(person, {"function": "Recruiter"})], [whole])
	every value in [null, [], "a course", {"0": whole}] {
		codes == {"not_reached"} with input as of([person], value)
	}
	codes == {"not_reached"} with input as changed({"functions": "credit officer"})
	codes == {"not_reached"} with input as changed({"day": "2026-11-22"})
	every value in ["soon", "0", null] {
		codes == {"not_reached"} with input as changed({"day": value})
	}
	codes == {"not_reached"} with input as make.of_kind("competence", {"people": [person]}, {})
}

test_who_has_left_needs_none if {
	gone := object.union(person, {"function": "Recruiter", "last_day": "2026-11-20"})
	control.findings == set() with input as of([person, gone], [whole])
	control.undetermined == set() with input as of([person, object.remove(gone, ["function"])], [whole])
	codes == {"not_reached"} with input as of([person, object.union(gone, {"last_day": "2026-11-21"})], [whole])
}

test_what_is_done_is_said if {
	control.findings == {{
		"code": "no_measure",
		"resource": "r-1",
		"message": "it is not recorded what is done for the AI literacy of Model validator, credit officer ",
		"path": ["literacy", 0, "measure"],
	}} with input as changed({"measure": "TBD"})
	"it is not recorded what is done for the AI literacy of an unknown function" in messages with input as changed({"measure": null, "functions": []})
}

test_it_is_done_again if {
	every value in [null, "0", 7] {
		codes == set() with input as changed({"next_day": value})
	}
	control.findings == {{
		"code": "overdue",
		"resource": "r-1",
		"message": "the measure for credit officer was due again on 2026-11-20",
		"path": ["literacy", 0, "next_day"],
	}} with input as changed({"next_day": "2026-11-20", "functions": ["credit officer"]})
}

test_the_measure_is_shown if {
	control.findings == {{
		"code": "no_evidence",
		"resource": "r-1",
		"message": "no document is named with its SHA-256 digest: the measure for credit officer",
		"path": ["literacy", 0, "evidence"],
	}} with input as changed({"evidence": [], "functions": ["credit officer"]})
	messages == {"the document is not the one that was recorded: the measure for credit officer"} with input as changed({"functions": ["credit officer"], "evidence": [object.union(make.evidence("A"), {"state": "changed"})]})
	messages == {"the document is not where the record says: the measure for credit officer"} with input as changed({"functions": ["credit officer"], "evidence": [object.union(make.evidence("A"), {"state": "missing"})]})
}

test_what_is_not_stated_cannot_be_told if {
	control.undetermined == {{
		"resource": "r-1",
		"path": ["people", 1, "function"],
		"reason": "it is not recorded in which function Ana Novak works with the system",
	}} with input as of([person, object.union(person, {"function": "TBD"})], [whole])
	control.undetermined == {{
		"resource": "r-1",
		"path": ["literacy", 0, "next_day"],
		"reason": "it is not recorded when the measure for credit officer was taken and when it is due again",
	}} with input as changed({"next_day": null, "functions": ["credit officer"]})
	every value in [null, "soon", 7, "2026-02-30"] {
		unclear == {["literacy", 0, "day"]} with input as changed({"day": value})
	}
	codes == set() with input as of([person, null], [whole])
}

codes := {finding.code | some finding in control.findings}

messages := {finding.message | some finding in control.findings}

unclear := {entry.path | some entry in control.undetermined}

changed(changes) := of([person], [object.union(object.remove(whole, object.keys(changes)), changes)])

of(listed, literacy) := make.of_kind("competence", {"people": listed, "literacy": literacy}, {})
