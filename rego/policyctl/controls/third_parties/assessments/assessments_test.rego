package policyctl.controls.third_parties.assessments_test

import data.policyctl.controls.third_parties.assessments as control
import data.policyctl.testing.record as make

whole := {"day": "2026-03-01", "by": "Ines Moreau", "result": "accepted", "evidence": [make.evidence("Assessment")]}

test_an_assessment_on_the_day_of_the_first_use_passes if {
	control.resources == {"r-1"} with input as assessed([whole])
	control.findings == set() with input as assessed([whole])
	control.undetermined == set() with input as assessed([whole])
}

test_none_at_all_is_a_finding if {
	every value in [null, [], {}, "done", {"0": whole}] {
		control.findings == {{
			"code": "no_assessment",
			"resource": "r-1",
			"message": "no assessment of Example Models is recorded as of 2026-11-21",
			"path": ["assessments"],
		}} with input as assessed(value)
	}
	codes == {"no_assessment"} with input as make.of_kind("supplier", {}, parameters)
}

test_a_day_to_come_is_a_plan if {
	every value in ["2026-11-22", "0", null] {
		codes == {"no_assessment"} with input as changed({"day": value})
	}
	codes == set() with input as used("2026-11-21", [object.union(whole, {"day": "2026-11-21"})])
}

test_the_first_use_does_not_come_first if {
	control.findings == {{
		"code": "assessed_late",
		"resource": "r-1",
		"message": "Example Models was first assessed on 2026-03-02, after the first use on 2026-03-01",
		"path": ["first_use"],
	}} with input as changed({"day": "2026-03-02"})
	codes == set() with input as assessed([object.union(whole, {"day": "2026-03-02"}), whole])
}

test_it_is_looked_at_again_within_the_interval if {
	late := object.union(whole, {"day": "2025-11-20"})
	codes == set() with input as assessed([object.union(whole, {"day": "2025-11-21"})])
	control.findings == {{
		"code": "review_overdue",
		"resource": "r-1",
		"message": "the last assessment of Example Models, on 2025-11-20, is more than 365 days ago",
		"path": ["assessments"],
	}} with input as assessed([late])
	codes == set() with input as assessed([whole, late])
}

test_what_was_rejected_the_last_time_is_not_used if {
	rejected := object.union(whole, {"result": "rejected", "day": "2026-04-01"})
	control.findings == {{
		"code": "rejected",
		"resource": "r-1",
		"message": "Example Models was rejected on 2026-04-01 and is in use since 2026-03-01",
		"path": ["assessments", 1, "result"],
	}} with input as assessed([whole, rejected])
	codes == set() with input as assessed([object.union(whole, {"day": "2026-04-02"}), rejected, whole])
	codes == {"rejected"} with input as used("2026-11-21", [rejected])
	codes == set() with input as used("2026-11-22", [rejected])
	every value in ["soon", "2026-02-30", "0", null] {
		codes == set() with input as used(value, [rejected])
	}
}

test_conditions_are_named if {
	control.findings == {{
		"code": "no_conditions",
		"resource": "r-1",
		"message": "the assessment of 2026-03-01 accepts with conditions and names none",
		"path": ["assessments", 0, "conditions"],
	}} with input as changed({"result": "accepted_with_conditions", "conditions": ["TBD"]})
	codes == set() with input as changed({"result": "accepted_with_conditions", "conditions": ["No change without notice"]})
	codes == {"no_conditions"} with input as changed({"result": "accepted_with_conditions"})
}

test_a_person_answers_for_it if {
	control.findings == {{
		"code": "no_person",
		"resource": "r-1",
		"message": "the assessment of 2026-03-01 names no person who made it: Procurement team",
		"path": ["assessments", 0, "by"],
	}} with input as changed({"by": "Procurement team"})
	messages == {"the assessment of 2026-03-01 names no person who made it: nobody"} with input as assessed([object.remove(whole, ["by"])])
}

test_the_document_is_named_by_its_digest if {
	control.findings == {{
		"code": "no_evidence",
		"resource": "r-1",
		"message": "no document is named with its SHA-256 digest: the assessment of 2026-03-01",
		"path": ["assessments", 0, "evidence"],
	}} with input as changed({"evidence": []})
	messages == {"the document is not the one that was recorded: the assessment of 2026-03-01"} with input as changed({"evidence": [object.union(make.evidence("A"), {"state": "changed"})]})
	messages == {"the document is not where the record says: the assessment of 2026-03-01"} with input as changed({"evidence": [object.union(make.evidence("A"), {"state": "missing"})]})
	"no document is named with its SHA-256 digest: the assessment of an unknown day" in messages with input as assessed([whole, object.remove(whole, ["evidence", "day"])])
}

test_what_is_not_stated_cannot_be_told if {
	control.undetermined == {{
		"resource": "r-1",
		"path": ["assessments", 1, "day"],
		"reason": "it is not recorded on which day the assessment was made",
	}} with input as assessed([whole, object.union(whole, {"day": "2026-02-30"})])
	control.undetermined == {{
		"resource": "r-1",
		"path": ["assessments", 0, "result"],
		"reason": "it is not recorded whether the supplier was accepted or rejected",
	}} with input as assessed([object.remove(whole, ["result"])])
	control.undetermined == {{
		"resource": "r-1",
		"path": ["first_use"],
		"reason": "it is not recorded on which day the system first used what is supplied",
	}} with input as used("soon", [whole])
	count(control.undetermined) == 0 with input as changed({"result": "accepted_with_conditions"})
	count(control.undetermined) == 0 with input as changed({"result": "rejected"})
	count(control.undetermined) == 1 with input as make.of_kind("supplier", {"assessments": [whole]}, parameters)
}

codes := {finding.code | some finding in control.findings}

messages := {finding.message | some finding in control.findings}

changed(changes) := assessed([object.union(object.remove(whole, object.keys(changes)), changes)])

parameters := {"third_parties": {"assessments": {"interval_days": 365}}}

assessed(assessments) := used("2026-03-01", assessments)

used(day, assessments) := make.of_kind("supplier", {"name": "Example Models", "first_use": day, "assessments": assessments}, parameters)
