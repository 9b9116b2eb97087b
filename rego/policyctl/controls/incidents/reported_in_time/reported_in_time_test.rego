package policyctl.controls.incidents.reported_in_time_test

import data.policyctl.controls.incidents.reported_in_time as control
import data.policyctl.testing.record as make

test_a_report_on_the_last_day_passes if {
	every case in [["2026-10-16", ["property"]], ["2026-10-11", ["property", "death"]], ["2026-10-03", ["critical_infrastructure"]]] {
		[day, harms] := case
		passes with input as of({"harms": harms, "reports": [report(day)]})
	}
}

test_a_report_on_the_day_after_is_late if {
	control.findings == {{
		"code": "reported_late",
		"resource": "r-1",
		"message": "the first report was sent on 2026-10-12; 2026-10-11, 10 days after 2026-10-01, was the last day for it",
		"path": ["reports", 1, "day"],
	}} with input as of({"harms": ["death"], "reports": [report("2026-10-13"), report("2026-10-12")]})
	codes == {"reported_late"} with input as of({"harms": ["property"], "reports": [report("2026-10-17")]})
	codes == {"reported_late"} with input as of({"harms": ["critical_infrastructure"], "reports": [report("2026-10-04")]})
	codes == {"reported_late"} with input as of({"widespread": true, "reports": [report("2026-10-04")]})
	unclear == set() with input as of({"reports": [report("2026-10-17")]})
}

test_where_nothing_was_sent_the_day_after_the_last_fails if {
	control.findings == {{
		"code": "not_reported",
		"resource": "r-1",
		"message": "no report to the authority is recorded; 2026-11-20, 15 days after 2026-11-05, was the last day for it",
		"path": ["reports"],
	}} with input as of({"aware": "2026-11-05", "reports": []})
	codes == {"not_reported"} with input as of({"aware": "2026-11-05", "reports": [report("2026-11-22")]})
	codes == {"not_reported"} with input as of({"aware": "2026-11-05", "reports": [object.union(report("2026-11-06"), {"to": "TBD"})]})
}

test_while_the_limit_runs_nothing_is_wrong if {
	passes with input as of({"aware": "2026-11-06", "reports": []})
	passes with input as of({"aware": "2026-11-06", "reports": null})
}

test_the_longest_limit_is_a_finding_and_a_shorter_one_is_undetermined if {
	codes == {"reported_late"} with input as without("harms", {"reports": [report("2026-10-17")]})
	codes == set() with input as without("harms", {"reports": [report("2026-10-04")]})
	control.undetermined == {{
		"resource": "r-1",
		"path": ["harms"],
		"reason": "whether 2 or 15 days are given for the report depends on the harms and on whether the infringement is widespread, which is not stated",
	}} with input as without("harms", {"reports": [report("2026-10-04")]})
	unclear == {["harms"]} with input as without("harms", {"reports": [report("2026-10-16")]})
	unclear == {["harms"]} with input as without("widespread", {"reports": [report("2026-10-04")]})
	unclear == set() with input as without("harms", {"reports": [report("2026-10-03")]})
	unclear == {["harms"]} with input as without("harms", {"aware": "2026-11-18", "reports": []})
	unclear == set() with input as without("harms", {"aware": "2026-11-19", "reports": []})
}

test_an_awareness_that_cannot_be_is_undetermined if {
	told("the organisation became aware on 2026-10-01, after its first report of 2026-09-30") with input as of({"reports": [report("2026-10-02"), report("2026-09-30")]})
	told("the organisation became aware on 2026-10-01, before the incident of 2026-10-02") with input as of({"occurred": "2026-10-02"})
	told("the organisation became aware on 2026-10-01, before the incident of 2026-10-02") with input as of({"occurred": "2026-10-02", "reports": []})
	told("the organisation became aware on 2026-11-22, which has not come on 2026-11-21") with input as of({"aware": "2026-11-22", "reports": []})
}

test_an_awareness_that_can_just_be_passes if {
	passes with input as of({"reports": [report("2026-10-01")]})
	passes with input as of({"occurred": "2026-10-01"})
	passes with input as of({"aware": "2026-11-21", "reports": []})
}

test_a_limit_that_has_passed_fails_whenever_it_occurred if {
	codes == {"not_reported"} with input as without("occurred", {"aware": "2026-11-05", "reports": []})
	unclear == {["occurred"]} with input as without("occurred", {"aware": "2026-11-05", "reports": []})
}

test_without_a_day_nothing_can_be_counted if {
	every broken in [null, "", "soon", 7, [], "2026-02-30"] {
		codes == set() with input as of({"aware": broken})
		unclear == {["aware"]} with input as of({"aware": broken})
		unclear == {["occurred"]} with input as of({"occurred": broken})
	}
	told("the day on which the organisation became aware, from which the limit counts, is not stated") with input as of({"aware": null})
	control.undetermined == {
		{"resource": "r-1", "path": ["aware"], "reason": "the day on which the organisation became aware, from which the limit counts, is not stated"},
		{"resource": "r-1", "path": ["occurred"], "reason": "the day of the incident is not stated"},
	} with input as make.of_kind("incident", {}, {})
	control.resources == {"r-1"} with input as make.of_kind("incident", {}, {})
	control.findings == set() with input as make.of_kind("incident", {}, {})
}

test_what_is_no_serious_incident_is_not_looked_at if {
	spared := {"not_serious": "Nobody was harmed", "harms": [], "occurred": "2026-01-05", "aware": "2026-01-05", "reports": []}
	control.resources == set() with input as of(spared)
	codes == set() with input as of(spared)
	unclear == set() with input as of(spared)
	unclear == set() with input as of(object.union(spared, {"aware": "x", "occurred": "x"}))
	codes == {"not_reported"} with input as of(object.union(spared, {"not_serious": "n/a"}))
}

passes if {
	control.resources == {"r-1"}
	control.findings == set()
	control.undetermined == set()
}

told(reason) if {
	control.undetermined == {{"resource": "r-1", "path": ["aware"], "reason": reason}}
	control.findings == set()
}

codes := {finding.code | some finding in control.findings}

unclear := {entry.path | some entry in control.undetermined}

report(day) := {"to": "Market surveillance authority", "day": day}

without(key, changes) := json.remove(of(changes), [["facts", key]])

of(changes) := make.of_kind("incident", object.union(_whole, changes), {})

_whole := {
	"occurred": "2026-09-30",
	"aware": "2026-10-01",
	"harms": ["property"],
	"widespread": false,
	"reports": [report("2026-10-02")],
}
