package policyctl.lib.people_test

import data.policyctl.lib.people
import data.policyctl.testing.record as make

test_people_are_found_by_their_tasks if {
	document := of([{"tasks": ["oversight", "use"], "first_day": "2026-01-01"}, {"tasks": ["use"], "first_day": "2026-01-01"}])
	object.keys(people.with_task("oversight")) == {0} with input as document
	object.keys(people.with_task("use")) == {0, 1} with input as document
	object.keys(people.serving("use")) == {0, 1} with input as document
	people.unclear == set() with input as document
	people.undated == set() with input as document
}

test_who_has_left_has_no_task_and_who_is_to_come_does_not_serve if {
	document := of([
		{"tasks": ["use"], "first_day": "2026-01-01", "last_day": "2026-11-20"},
		{"tasks": ["use"], "first_day": "2026-01-01", "last_day": "2026-11-21"},
		{"tasks": ["use"], "first_day": "2026-11-22"},
		{"tasks": ["use"]},
	])
	object.keys(people.with_task("use")) == {1, 2, 3} with input as document
	object.keys(people.serving("use")) == {1} with input as document
	people.undated == {3} with input as document
}

test_what_is_no_list_of_tasks_is_unclear if {
	every tasks in [null, [], "use", ["use", null], ["cooking"], [["use"]], {"0": "use"}] {
		people.unclear == {0} with input as of([{"tasks": tasks, "first_day": "2026-01-01"}])
		people.with_task("use") == {} with input as of([{"tasks": tasks, "first_day": "2026-01-01"}])
	}
	people.unclear == {0, 1} with input as of([null, "Ana Novak"])
}

test_a_last_day_that_is_none_is_undated if {
	every last in [null, "", "soon", 7, "2025-12-31"] {
		people.undated == {0} with input as of([{"tasks": ["use"], "first_day": "2026-01-01", "last_day": last}])
	}
	people.undated == {0} with input as of([null])
}

test_without_a_list_there_is_nobody if {
	people.listed == [] with input as of(null)
	people.listed == [] with input as of({"0": {}})
	people.listed == [] with input as make.of_kind("competence", {}, {})
}

test_people_are_told_by_name_or_place if {
	people.name(0) == "Ana Novak" with input as of([{"name": "Ana Novak"}])
	people.name(1) == "person 2 of the record" with input as of([{}, {"name": "TBD"}])
}

of(listed) := make.of_kind("competence", {"people": listed}, {})
