package policyctl.controls.incidents.investigated_test

import data.policyctl.controls.incidents.investigated as control
import data.policyctl.testing.record as make

test_an_investigation_with_its_results_passes if {
	passes with input as of({})
}

test_it_begins_on_the_last_day_at_the_latest if {
	passes with input as of({"started": "2026-10-04"})
	control.findings == {{
		"code": "started_late",
		"resource": "r-1",
		"message": "the investigation began on 2026-10-05; 2026-10-04 was the last day for it",
		"path": ["investigation", "started"],
	}} with input as of({"started": "2026-10-05"})
}

test_an_investigation_that_did_not_begin_fails_after_the_last_day if {
	control.findings == {{
		"code": "not_started",
		"resource": "r-1",
		"message": "no day is recorded on which the investigation began; 2026-10-04 was the last day for it",
		"path": ["investigation", "started"],
	}} with input as of({"started": null})
	every broken in ["", "soon", 7, [], "2026-11-22"] {
		codes == {"not_started"} with input as of({"started": broken})
	}
	codes == {"not_started"} with input as known_since("2026-11-17", null)
	passes with input as known_since("2026-11-18", null)
}

test_results_are_there_after_thirty_days if {
	begun := {"started": "2026-10-22", "by": "TBD"}
	passes with input as known_since("2026-10-22", begun)
	control.findings == {
		{"code": "no_investigator", "resource": "r-1", "message": "no person is named who investigates; 2026-11-20 was the last day for it", "path": ["investigation", "by"]},
		{"code": "no_causes", "resource": "r-1", "message": "the causes are not recorded; 2026-11-20 was the last day for it", "path": ["investigation", "causes"]},
		{"code": "no_risk_assessment", "resource": "r-1", "message": "no assessment of the risk is recorded; 2026-11-20 was the last day for it", "path": ["investigation", "risk_assessment"]},
	} with input as known_since("2026-10-21", begun)
}

test_a_placeholder_is_no_result if {
	every broken in [null, "", "TBD", 7, []] {
		codes == {"no_causes"} with input as of({"causes": broken})
		codes == {"no_risk_assessment"} with input as of({"risk_assessment": broken})
		codes == {"no_investigator"} with input as of({"by": broken})
	}
	codes == {"no_investigator"} with input as of({"by": "Model Risk Team"})
}

test_a_record_without_an_investigation_fails if {
	every broken in [null, 7, [], "x", {}] {
		codes == {"not_started", "no_investigator", "no_causes", "no_risk_assessment"} with input as known_since("2026-10-01", broken)
	}
}

test_without_awareness_nothing_is_counted if {
	every broken in [null, "x", 7] {
		codes == set() with input as known_since(broken, whole)
		codes == set() with input as known_since(broken, {})
		control.undetermined == {{
			"resource": "r-1",
			"path": ["aware"],
			"reason": "the day on which the organisation became aware, from which the investigation's time counts, is not stated",
		}} with input as known_since(broken, {})
	}
	control.resources == {"r-1"} with input as known_since(null, {})
}

passes if {
	control.resources == {"r-1"}
	control.findings == set()
	control.undetermined == set()
}

codes := {finding.code | some finding in control.findings}

of(changes) := known_since("2026-10-01", object.union(whole, changes))

known_since(aware, investigation) := make.of_kind(
	"incident",
	{"aware": aware, "investigation": investigation},
	{"incidents": {"investigated": {"start_days": 3, "result_days": 30}}},
)

whole := {"started": "2026-10-01", "by": "Ines Brandt", "causes": "Units were confused", "risk_assessment": "High"}
