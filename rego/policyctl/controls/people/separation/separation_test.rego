package policyctl.controls.people.separation_test

import data.policyctl.controls.people.separation as control
import data.policyctl.testing.record as make

author := {"name": "Petra Klein", "tasks": ["development", "assessment"], "first_day": "2026-11-21"}

validator := {"name": "Ivo Santos", "tasks": ["assessment"], "first_day": "2026-01-12", "last_day": "2026-11-21"}

test_one_assessor_who_does_not_develop_is_enough if {
	control.resources == {"r-1"} with input as of([author, validator])
	control.findings == set() with input as of([author, validator])
	control.findings == set() with input as of([validator])
	control.undetermined == set() with input as of([author, validator])
}

test_nobody_is_a_finding if {
	every value in [null, [], {}, "Ivo Santos", {"0": validator}] {
		control.findings == {{
			"code": "no_assessor",
			"resource": "r-1",
			"message": "nobody is assigned to assess the system as of 2026-11-21",
			"path": ["people"],
		}} with input as of(value)
	}
	codes == {"no_assessor"} with input as of([object.union(validator, {"last_day": "2026-11-20"})])
	codes == {"no_assessor"} with input as of([object.union(validator, {"first_day": "2026-11-22", "last_day": "2026-11-22"})])
	codes == {"no_assessor"} with input as of([object.union(validator, {"tasks": ["use"]})])
}

test_developers_do_not_assess_alone if {
	control.findings == {{
		"code": "only_developers",
		"resource": "r-1",
		"message": "only people who developed the system assess it: Petra Klein",
		"path": ["people", 1, "tasks"],
	}} with input as of([{"name": "Sara Berg", "tasks": ["use"], "first_day": "2026-01-01"}, author])
	codes == {"only_developers"} with input as of([author, object.union(validator, {"last_day": "2026-11-20"})])
	messages == {"only people who developed the system assess it: Ivo Santos, Petra Klein"} with input as of([author, object.union(validator, {"tasks": ["development", "assessment"]})])
}

test_who_developed_it_earlier_is_an_author_too if {
	earlier := {"name": "ivo santos ", "tasks": ["development"], "first_day": "2024-01-01", "last_day": "2025-12-31"}
	codes == {"only_developers"} with input as of([validator, earlier])
	codes == set() with input as of([validator, object.union(earlier, {"tasks": ["operation"]})])
}

test_what_is_not_stated_cannot_be_told if {
	control.undetermined == {{
		"resource": "r-1",
		"path": ["people", 1, "tasks"],
		"reason": "it is not recorded what Sara Berg does for the system",
	}} with input as of([validator, {"name": "Sara Berg"}])
	control.undetermined == {{
		"resource": "r-1",
		"path": ["people", 1, "first_day"],
		"reason": "it is not recorded from which day to which Petra Klein assesses the system",
	}} with input as of([validator, object.remove(author, ["first_day"])])
	every task in ["assessment", "development"] {
		control.undetermined == {{
			"resource": "r-1",
			"path": ["people", 1, "name"],
			"reason": "the name is not recorded of person 2 of the record",
		}} with input as of([validator, {"name": "TBD", "tasks": [task], "first_day": "2026-01-01"}])
	}
	control.undetermined == set() with input as of([validator, {"tasks": ["use"]}])
	codes == set() with input as of([{"tasks": ["assessment"], "first_day": "2026-01-01"}])
	codes == set() with input as of([{"name": "TBD", "tasks": ["assessment", "development"], "first_day": "2026-01-01"}])
	codes == set() with input as of([{"name": 7, "tasks": ["assessment"], "first_day": "2026-01-01"}, author])
}

codes := {finding.code | some finding in control.findings}

messages := {finding.message | some finding in control.findings}

of(listed) := make.of_kind("competence", {"people": listed}, {})
