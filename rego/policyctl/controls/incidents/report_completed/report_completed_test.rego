package policyctl.controls.incidents.report_completed_test

import data.policyctl.controls.incidents.report_completed as control
import data.policyctl.testing.record as make

test_a_complete_report_passes if {
	passes with input as of([report("2026-10-02", {"complete": true})])
	passes with input as of([report("2026-10-02", {"complete": false}), report("2026-11-20", {"complete": true})])
}

test_an_initial_report_passes_until_the_last_day if {
	passes with input as of([report("2026-10-22", {"complete": false})])
	control.findings == {{
		"code": "not_completed",
		"resource": "r-1",
		"message": "an incomplete report was sent on 2026-10-21 and no complete one until 2026-11-20",
		"path": ["reports"],
	}} with input as of([report("2026-11-02", {"complete": false}), report("2026-10-21", {"complete": false})])
}

test_what_is_not_said_to_be_complete_is_not if {
	every broken in [{}, {"complete": null}, {"complete": "true"}, {"complete": [true]}] {
		codes == {"not_completed"} with input as of([report("2026-10-02", broken)])
	}
	codes == {"not_completed"} with input as of([report("2026-10-02", {}), report("2026-11-22", {"complete": true})])
}

test_each_report_has_evidence if {
	control.findings == {{
		"code": "no_evidence",
		"resource": "r-1",
		"message": "the report of 2026-10-03 is recorded without the digest of what was sent",
		"path": ["reports", 1, "evidence"],
	}} with input as of([report("2026-10-02", {"complete": true}), {"to": "Authority", "day": "2026-10-03"}])
	control.findings == {{
		"code": "evidence_changed",
		"resource": "r-1",
		"message": "the file of the report of 2026-10-02 is not what its digest says was sent",
		"path": ["reports", 0, "evidence"],
	}} with input as of([report("2026-10-02", {"complete": true, "evidence": [{"title": "R", "sha256": make.digest, "state": "changed"}]})])
	control.findings == {{
		"code": "evidence_missing",
		"resource": "r-1",
		"message": "the file of the report of 2026-10-02 is not there",
		"path": ["reports", 0, "evidence"],
	}} with input as of([report("2026-10-02", {"complete": true, "evidence": [{"title": "R", "sha256": make.digest, "state": "missing"}]})])
	every broken in [null, 7, [], "x", {}, [null]] {
		codes == {"no_evidence"} with input as of([report("2026-10-02", {"complete": true, "evidence": broken})])
	}
}

test_where_no_report_was_sent_nothing_can_be_told if {
	every broken in [null, 7, [], "x", {}] {
		codes == set() with input as of(broken)
		control.undetermined == {{"resource": "r-1", "path": ["reports"], "reason": "no report that was sent is recorded"}} with input as of(broken)
	}
	unclear == {["reports"]} with input as make.of_kind("incident", {}, {})
	control.resources == {"r-1"} with input as make.of_kind("incident", {}, {})
}

test_a_report_without_a_day_or_addressee_is_undetermined if {
	good := report("2026-10-02", {"complete": true})
	control.undetermined == {{
		"resource": "r-1",
		"path": ["reports", 1],
		"reason": "to whom and on which day this report was sent is not stated",
	}} with input as of([good, {"to": "Authority"}])
	unclear == {["reports", 1]} with input as of([good, {"to": "TBD", "day": "2026-10-02"}])
	unclear == set() with input as of([good, {"to": "Authority", "day": "2026-11-22"}])
}

test_what_is_no_serious_incident_is_not_looked_at if {
	spared := make.of_kind("incident", {"not_serious": "Nobody was harmed", "reports": [{"to": "Authority", "day": "2026-01-02"}, null]}, parameters)
	control.resources == set() with input as spared
	codes == set() with input as spared
	unclear == set() with input as spared
	unclear == set() with input as json.remove(spared, ["facts/reports"])
}

passes if {
	control.resources == {"r-1"}
	control.findings == set()
	control.undetermined == set()
}

codes := {finding.code | some finding in control.findings}

unclear := {entry.path | some entry in control.undetermined}

report(day, changes) := object.union({"to": "Authority", "day": day, "evidence": [make.evidence("Report")]}, changes)

of(reports) := make.of_kind("incident", {"reports": reports}, parameters)

parameters := {"incidents": {"report_completed": {"maximum_days": 30}}}
