package policyctl.controls.people.deputies_test

import data.policyctl.controls.people.deputies as control
import data.policyctl.testing.record as make

ana := {"name": "Ana Novak", "tasks": ["oversight"], "first_day": "2026-11-21", "deputy": "Milan Horvat "}

milan := {"name": "milan horvat", "tasks": ["oversight"], "first_day": "2026-10-01", "last_day": "2026-11-21", "deputy": "Ana Novak"}

test_two_who_stand_in_for_each_other_pass if {
	control.resources == {"r-1"} with input as of([ana, milan])
	control.findings == set() with input as of([ana, milan])
	control.undetermined == set() with input as of([ana, milan])
}

test_somebody_stands_in if {
	every value in [null, "TBD", "", 7, ["Ana Novak"]] {
		control.findings == {{
			"code": "no_deputy",
			"resource": "r-1",
			"message": "nobody is named who stands in for milan horvat",
			"path": ["people", 1, "deputy"],
		}} with input as of([ana, object.union(milan, {"deputy": value})])
	}
	codes == {"no_deputy"} with input as of([ana, object.remove(milan, ["deputy"])])
}

test_nobody_stands_in_for_themselves if {
	control.findings == {{
		"code": "own_deputy",
		"resource": "r-1",
		"message": "Ana Novak is to stand in for themselves",
		"path": ["people", 0, "deputy"],
	}} with input as of([object.union(ana, {"deputy": "ana novak"}), milan])
}

test_who_stands_in_oversees_as_of_the_day if {
	control.findings == {{
		"code": "deputy_not_assigned",
		"resource": "r-1",
		"message": "Milan Horvat , who stands in for Ana Novak, is not assigned to oversee the system on 2026-11-21",
		"path": ["people", 0, "deputy"],
	}} with input as of([ana])
	codes == {"deputy_not_assigned"} with input as of([ana, object.union(milan, {"last_day": "2026-11-20"})])
	codes == {"deputy_not_assigned"} with input as of([ana, object.union(milan, {"first_day": "2026-11-22", "last_day": "2026-11-22"})])
	codes == {"deputy_not_assigned"} with input as of([ana, object.union(milan, {"tasks": ["use"]})])
	codes == {"deputy_not_assigned"} with input as of([ana, object.remove(milan, ["name"])])
}

test_a_placeholder_is_nobody if {
	codes == {"no_deputy"} with input as of([object.union(ana, {"deputy": "TBD"}), object.union(milan, {"name": "TBD", "deputy": "ana novak"})])
}

test_who_does_not_oversee_needs_nobody if {
	codes == set() with input as of([ana, milan, {"name": "Petra Klein", "tasks": ["use"], "first_day": "2026-01-01"}])
	codes == set() with input as of([ana, milan, {"name": "Petra Klein", "tasks": ["oversight"], "first_day": "2027-01-01"}])
	control.undetermined == set() with input as of([ana, milan, {"name": "Petra Klein", "tasks": ["use"]}])
}

test_what_is_not_stated_cannot_be_told if {
	every value in [null, [], {}, "Ana Novak", {"0": ana}] {
		control.undetermined == {{
			"resource": "r-1",
			"path": ["people"],
			"reason": "it is not recorded who oversees the system, so that it cannot be told who stands in",
		}} with input as of(value)
	}
	control.undetermined == {{
		"resource": "r-1",
		"path": ["people", 2, "tasks"],
		"reason": "it is not recorded what Petra Klein does for the system",
	}} with input as of([ana, milan, {"name": "Petra Klein"}])
	control.undetermined == {{
		"resource": "r-1",
		"path": ["people", 2, "first_day"],
		"reason": "it is not recorded from which day to which Petra Klein oversees the system",
	}} with input as of([ana, milan, {"name": "Petra Klein", "tasks": ["oversight"]}])
	control.undetermined == {{
		"resource": "r-1",
		"path": ["people", 2, "name"],
		"reason": "the name is not recorded of person 3 of the record",
	}} with input as of([ana, milan, object.union(ana, {"name": "TBD"})])
}

codes := {finding.code | some finding in control.findings}

of(listed) := make.of_kind("competence", {"people": listed}, {})
