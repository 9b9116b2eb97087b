package policyctl.controls.people.stop_test

import data.policyctl.controls.people.stop as control
import data.policyctl.testing.record as make

whole := {"name": "Ana Novak", "tasks": ["oversight"], "first_day": "2026-11-21", "powers": ["disregard", "override", "stop"]}

test_one_who_may_do_all_three_passes if {
	control.resources == {"r-1"} with input as of([whole])
	control.findings == set() with input as of([whole])
	control.undetermined == set() with input as of([whole])
	control.findings == set() with input as of([object.union(whole, {"powers": ["disregard"]}), object.union(whole, {"powers": ["stop", "override"]})])
}

test_each_of_the_three_must_somebody_be_allowed if {
	control.findings == {{
		"code": "nobody_may_stop",
		"resource": "r-1",
		"message": "nobody who oversees the system on 2026-11-21 may stop the system",
		"path": ["people"],
	}} with input as of([object.union(whole, {"powers": ["disregard", "override"]})])
	messages == {"nobody who oversees the system on 2026-11-21 may override an output of the system"} with input as of([object.union(whole, {"powers": ["disregard", "stop"]})])
	messages == {"nobody who oversees the system on 2026-11-21 may disregard an output of the system"} with input as of([object.union(whole, {"powers": ["stop", "override"]})])
	codes == {"no_powers", "nobody_may_disregard", "nobody_may_override", "nobody_may_stop"} with input as of([object.remove(whole, ["powers"])])
}

test_nobody_at_all_is_a_finding if {
	every value in [null, [], "Ana Novak", {"0": whole}] {
		control.findings == {{
			"code": "no_overseer",
			"resource": "r-1",
			"message": "nobody is assigned to oversee the system as of 2026-11-21, so nobody may stop it",
			"path": ["people"],
		}} with input as of(value)
	}
}

test_only_who_oversees_as_of_the_day_counts if {
	codes == {"no_overseer"} with input as of([object.union(whole, {"last_day": "2026-11-20", "first_day": "2026-01-01"})])
	codes == {"no_overseer"} with input as of([object.union(whole, {"first_day": "2026-11-22"})])
	codes == {"no_overseer"} with input as of([object.union(whole, {"tasks": ["use"]})])
}

test_nobody_only_watches if {
	every value in [null, [], "stop", ["TBD"], {"0": "stop"}] {
		control.findings == {{
			"code": "no_powers",
			"resource": "r-1",
			"message": "it is not recorded what Ivo Santos may do who oversees the system",
			"path": ["people", 1, "powers"],
		}} with input as of([whole, {"name": "Ivo Santos", "tasks": ["oversight"], "first_day": "2027-01-01", "powers": value}])
	}
	codes == set() with input as of([whole, {"name": "Ivo Santos", "tasks": ["use"], "first_day": "2026-01-01"}])
}

test_what_is_not_stated_cannot_be_told if {
	control.undetermined == {{
		"resource": "r-1",
		"path": ["people", 1, "tasks"],
		"reason": "it is not recorded what Ana Novak does for the system",
	}} with input as of([whole, object.remove(whole, ["tasks"])])
	control.undetermined == {{
		"resource": "r-1",
		"path": ["people", 1, "first_day"],
		"reason": "it is not recorded from which day to which Ana Novak oversees the system",
	}} with input as of([whole, object.union(whole, {"first_day": "soon"})])
	control.undetermined == set() with input as of([whole, {"name": "Ivo Santos", "tasks": ["use"]}])
}

codes := {finding.code | some finding in control.findings}

messages := {finding.message | some finding in control.findings}

of(listed) := make.of_kind("competence", {"people": listed}, {})
