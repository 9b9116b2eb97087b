package policyctl.controls.third_parties.continuity_test

import data.policyctl.controls.third_parties.continuity as control
import data.policyctl.testing.record as make

whole := {
	"exit": "The endpoint is replaced by configuration",
	"fallback": "The scorecard's own factors",
	"responsible": "Jonas Weber",
	"tested": "2025-11-21",
	"evidence": [make.evidence("Exercise")],
}

test_a_plan_that_was_tried_passes if {
	control.resources == {"r-1"} with input as planned(whole)
	control.findings == set() with input as planned(whole)
	codes == set() with input as changed({"tested": "2026-11-21"})
}

test_no_plan_lacks_all_of_it if {
	every value in [null, {}, [], "a plan", true] {
		codes == {"no_exit", "no_fallback", "no_person", "not_tested", "no_evidence"} with input as planned(value)
	}
	count(control.findings) == 5 with input as make.of_kind("supplier", {}, parameters)
}

test_the_way_out_and_the_fallback_are_said if {
	control.findings == {{
		"code": "no_exit",
		"resource": "r-1",
		"message": "it is not recorded how the system leaves Example Models",
		"path": ["continuity", "exit"],
	}} with input as changed({"exit": "TBD"})
	control.findings == {{
		"code": "no_fallback",
		"resource": "r-1",
		"message": "it is not recorded what is done when it fails: Example Models",
		"path": ["continuity", "fallback"],
	}} with input as planned(object.remove(whole, ["fallback"]))
}

test_a_person_acts if {
	control.findings == {{
		"code": "no_person",
		"resource": "r-1",
		"message": "no person is named who acts when Example Models fails",
		"path": ["continuity", "responsible"],
	}} with input as changed({"responsible": "HR department"})
}

test_the_fallback_was_tried_within_the_interval if {
	control.findings == {{
		"code": "test_overdue",
		"resource": "r-1",
		"message": "the fallback for Example Models was last tried on 2025-11-20, more than 365 days ago",
		"path": ["continuity", "tested"],
	}} with input as changed({"tested": "2025-11-20"})
	control.findings == {{
		"code": "not_tested",
		"resource": "r-1",
		"message": "it is not recorded that the fallback for Example Models was tried up to 2026-11-21",
		"path": ["continuity", "tested"],
	}} with input as changed({"tested": "2026-11-22"})
	every value in [null, "soon", 7, "2026-02-30"] {
		codes == {"not_tested"} with input as changed({"tested": value})
	}
}

test_the_document_is_named_by_its_digest if {
	control.findings == {{
		"code": "no_evidence",
		"resource": "r-1",
		"message": "no document is named with its SHA-256 digest: the plan for when Example Models fails",
		"path": ["continuity", "evidence"],
	}} with input as changed({"evidence": []})
	messages == {"the document is not the one that was recorded: the plan for when Example Models fails"} with input as changed({"evidence": [object.union(make.evidence("A"), {"state": "changed"})]})
	messages == {"the document is not where the record says: the plan for when Example Models fails"} with input as changed({"evidence": [object.union(make.evidence("A"), {"state": "missing"})]})
}

codes := {finding.code | some finding in control.findings}

messages := {finding.message | some finding in control.findings}

changed(changes) := planned(object.union(object.remove(whole, object.keys(changes)), changes))

parameters := {"third_parties": {"continuity": {"interval_days": 365}}}

planned(continuity) := make.of_kind("supplier", {"name": "Example Models", "continuity": continuity}, parameters)
