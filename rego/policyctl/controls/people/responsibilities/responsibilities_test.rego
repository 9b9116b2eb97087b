package policyctl.controls.people.responsibilities_test

import data.policyctl.controls.people.responsibilities as control
import data.policyctl.testing.record as make

petra := {
	"name": "Petra Klein",
	"function": "Data scientist",
	"tasks": ["operation", "approval"],
	"duties": "Runs the scorecard",
	"first_day": "2026-11-21",
	"reports_to": "Head of Data",
}

test_all_tasks_with_duties_and_a_line_pass if {
	control.resources == {"r-1"} with input as of([petra])
	control.findings == set() with input as of([petra])
	control.undetermined == set() with input as of([petra])
}

test_a_task_that_is_nobodys_is_a_finding if {
	control.findings == {{
		"code": "no_approval",
		"resource": "r-1",
		"message": "nobody is assigned to this task for the system as of 2026-11-21: approval",
		"path": ["people"],
	}} with input as changed({"tasks": ["operation"]})
	codes == {"no_operation"} with input as changed({"tasks": ["approval"]})
	every value in [null, [], {}, "Petra Klein", {"0": petra}] {
		codes == {"no_people", "no_operation", "no_approval"} with input as of(value)
		{
			"code": "no_people",
			"resource": "r-1",
			"message": "it is not recorded who works for the system",
			"path": ["people"],
		} in control.findings with input as of(value)
	}
	codes == {"no_operation", "no_approval"} with input as changed({"first_day": "2026-11-22"})
}

test_duties_and_the_line_are_said if {
	control.findings == {{
		"code": "no_duties",
		"resource": "r-1",
		"message": "of Petra Klein it is not recorded: what they have to do",
		"path": ["people", 1, "duties"],
	}} with input as of([petra, object.union(petra, {"duties": "TBD"})])
	control.findings == {{
		"code": "no_reports_to",
		"resource": "r-1",
		"message": "of Petra Klein it is not recorded: to whom they report",
		"path": ["people", 0, "reports_to"],
	}} with input as of([object.remove(petra, ["reports_to"])])
	codes == {"no_duties", "no_reports_to"} with input as of([petra, null])
}

test_nobody_reports_to_themselves if {
	every value in ["petra klein", "Data scientist "] {
		control.findings == {{
			"code": "reports_to_self",
			"resource": "r-1",
			"message": sprintf("Petra Klein reports to themselves: %s", [value]),
			"path": ["people", 0, "reports_to"],
		}} with input as changed({"reports_to": value})
	}
	codes == {"no_reports_to"} with input as changed({"reports_to": "TBD", "function": "TBD"})
	codes == set() with input as of([object.remove(petra, ["function", "name"])])
	codes == {"no_reports_to"} with input as changed({"reports_to": "TBD", "name": "tbd"})
}

test_who_has_left_is_not_looked_at if {
	gone := {"name": "Ivo Santos", "tasks": ["use"], "first_day": "2025-01-01", "last_day": "2026-11-20"}
	codes == set() with input as of([petra, gone])
	codes == {"no_duties", "no_reports_to"} with input as of([petra, object.union(gone, {"last_day": "2026-11-21"})])
	codes == set() with input as of([petra, object.union(gone, {"reports_to": "Ivo Santos"})])
}

test_what_is_not_stated_cannot_be_told if {
	control.undetermined == {{
		"resource": "r-1",
		"path": ["people", 1, "tasks"],
		"reason": "it is not recorded what Petra Klein does for the system",
	}} with input as of([petra, object.remove(petra, ["tasks"])])
	control.undetermined == {{
		"resource": "r-1",
		"path": ["people", 1, "first_day"],
		"reason": "it is not recorded from which day to which Petra Klein works for the system",
	}} with input as of([petra, object.remove(petra, ["first_day"])])
	control.undetermined == {{
		"resource": "r-1",
		"path": ["people", 1, "function"],
		"reason": "the function is not recorded of Petra Klein",
	}} with input as of([petra, object.union(petra, {"function": "TBD"})])
	control.undetermined == {{
		"resource": "r-1",
		"path": ["people", 1, "name"],
		"reason": "the name is not recorded of person 2 of the record",
	}} with input as of([petra, object.remove(petra, ["name"])])
	control.undetermined == set() with input as of([petra, {"tasks": ["use"], "first_day": "2025-01-01", "last_day": "2026-11-20"}])
}

codes := {finding.code | some finding in control.findings}

changed(changes) := of([object.union(object.remove(petra, object.keys(changes)), changes)])

of(listed) := make.of_kind("competence", {"people": listed}, {"people": {"responsibilities": {"tasks": ["operation", "approval"]}}})
