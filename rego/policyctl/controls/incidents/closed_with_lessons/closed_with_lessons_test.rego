package policyctl.controls.incidents.closed_with_lessons_test

import data.policyctl.controls.incidents.closed_with_lessons as control
import data.policyctl.testing.record as make

test_an_incident_closed_with_all_that_belongs_to_it_passes if {
	passes with input as of({})
	passes with input as of({"informed": [{"who": "affected_persons", "not_needed": "Nobody was affected"}]})
	passes with input as of({"closed": "2026-11-21", "aware": null})
}

test_an_incident_is_closed_on_the_last_day if {
	passes with input as of({"status": "open", "aware": "2026-05-25"})
	control.findings == {{
		"code": "left_open",
		"resource": "r-1",
		"message": "the incident is open; it was to be closed until 2026-11-20",
		"path": ["status"],
	}} with input as of({"status": "open", "aware": "2026-05-24"})
}

test_an_open_incident_of_unknown_age_is_undetermined if {
	control.undetermined == {{
		"resource": "r-1",
		"path": ["aware"],
		"reason": "the day on which the organisation became aware, from which the time counts, is not stated",
	}} with input as of({"status": "open", "aware": "soon"})
	codes == set() with input as of({"status": "open", "aware": "soon"})
}

test_whether_it_is_closed_is_stated if {
	every broken in [null, "", "done", 7, [], ["closed"]] {
		control.undetermined == {{
			"resource": "r-1",
			"path": ["status"],
			"reason": "whether the incident is open or closed is not stated",
		}} with input as of({"status": broken})
		codes == set() with input as of({"status": broken, "aware": "2025-01-01"})
	}
	count(control.undetermined) == 1 with input as make.of_kind("incident", {}, parameters)
	control.resources == {"r-1"} with input as make.of_kind("incident", {}, parameters)
}

test_what_is_lacking_is_named if {
	control.findings == {
		{"code": "no_closing_day", "resource": "r-1", "message": "the incident is closed and the day is not stated", "path": ["closed"]},
		{"code": "nobody_closed", "resource": "r-1", "message": "the incident is closed and no person is named who closed it", "path": ["closed_by"]},
		{"code": "no_lessons", "resource": "r-1", "message": "the incident is closed and what was learnt is not recorded", "path": ["lessons"]},
		{"code": "persons_not_informed", "resource": "r-1", "message": "the incident is closed and it is not recorded that the affected persons were informed, or why not", "path": ["informed"]},
	} with input as make.of_kind("incident", {"status": "closed"}, parameters)
}

test_a_placeholder_is_nothing if {
	every broken in [null, "", "TBD", 7, [], {}] {
		codes == {"no_closing_day"} with input as of({"closed": broken})
		codes == {"nobody_closed"} with input as of({"closed_by": broken})
		codes == {"no_lessons"} with input as of({"lessons": broken})
		codes == {"persons_not_informed"} with input as of({"informed": broken})
		codes == {"persons_not_informed"} with input as of({"informed": [{"who": "affected_persons", "day": broken, "not_needed": broken}]})
	}
	codes == {"no_closing_day"} with input as of({"closed": "2026-11-22"})
	codes == {"no_lessons"} with input as of({"lessons": ["Test units", "TBD"]})
	codes == {"persons_not_informed"} with input as of({"informed": [{"who": "deployers", "day": "2026-10-02"}]})
}

passes if {
	control.resources == {"r-1"}
	control.findings == set()
	control.undetermined == set()
}

codes := {finding.code | some finding in control.findings}

of(changes) := make.of_kind("incident", object.union(_whole, changes), parameters)

_whole := {
	"aware": "2026-05-01",
	"status": "closed",
	"closed": "2026-10-10",
	"closed_by": "Ines Brandt",
	"lessons": ["Test units"],
	"informed": [{"who": "affected_persons", "day": "2026-10-02"}],
}

parameters := {"incidents": {"closed_with_lessons": {"maximum_days": 180}}}
