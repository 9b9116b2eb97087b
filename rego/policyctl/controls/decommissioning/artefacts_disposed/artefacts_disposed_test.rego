package policyctl.controls.decommissioning.artefacts_disposed_test

import data.policyctl.controls.decommissioning.artefacts_disposed as control
import data.policyctl.testing.record

test_what_is_retained_with_reason_and_end_or_disposed_of_with_evidence_passes if {
	control.resources == {"r-1"} with input as of(whole)
	control.findings == set() with input as of(whole)
	control.undetermined == set() with input as of(whole)
}

test_model_and_data_are_listed if {
	every broken in [null, [], "Weights", {"0": both}] {
		control.findings == {
			{"code": "no_model", "resource": "r-1", "message": "no artefact is listed that holds the model of the system", "path": ["artefacts"]},
			{"code": "no_data", "resource": "r-1", "message": "no artefact is listed that holds the data of the system", "path": ["artefacts"]},
		} with input as of({"artefacts": broken})
	}
	codes == {"no_data"} with input as of({"artefacts": [weights]})
	codes == {"no_model"} with input as of({"artefacts": [training]})
	codes == set() with input as of({"artefacts": [both]})
	codes == {"no_model", "no_data"} with input as of({})
}

test_the_fate_is_stated if {
	every broken in [null, "kept", 7] {
		control.findings == {{
			"code": "no_fate",
			"resource": "r-1",
			"message": "whether \"Weights\" is disposed of or retained is not stated",
			"path": ["artefacts", 0, "fate"],
		}} with input as of({"artefacts": [object.union(weights, {"fate": broken}), training]})
	}
	{f.message | some f in control.findings} == {"whether \"\" is disposed of or retained is not stated"} with input as of({"artefacts": [weights, training, {}]})
}

test_what_is_retained_has_a_reason if {
	control.findings == {{
		"code": "no_reason",
		"resource": "r-1",
		"message": "the record says nothing about why \"Weights\" is retained: \"TBD\"",
		"path": ["artefacts", 0, "reason"],
	}} with input as of({"artefacts": [object.union(weights, {"reason": "TBD"}), training]})
}

test_what_is_retained_has_an_end if {
	every broken in [null, "for ever", "2032-02-30", 7] {
		control.findings == {{
			"code": "no_end",
			"resource": "r-1",
			"message": "until which day \"Weights\" is retained is not stated",
			"path": ["artefacts", 0, "until"],
		}} with input as of({"artefacts": [object.union(weights, {"until": broken}), training]})
	}
	codes == {"no_end"} with input as of({"artefacts": [object.remove(weights, ["until"]), training]})
}

test_what_is_retained_beyond_its_end_is_found if {
	codes == set() with input as of({"artefacts": [object.union(weights, {"until": "2026-11-21"}), training]})
	control.findings == {{
		"code": "overdue",
		"resource": "r-1",
		"message": "\"Weights\" was to be retained until 2026-11-20, and is not stated to be disposed of",
		"path": ["artefacts", 0, "until"],
	}} with input as of({"artefacts": [object.union(weights, {"until": "2026-11-20"}), training]})
	codes == set() with input as of({"artefacts": [weights, object.union(training, {"until": "2026-11-20"})]})
}

test_what_is_disposed_of_is_shown if {
	control.findings == {{
		"code": "no_evidence",
		"resource": "r-1",
		"message": "no document that shows that \"Training data\" is disposed of is named with its SHA-256 digest",
		"path": ["artefacts", 1, "evidence"],
	}} with input as of({"artefacts": [weights, object.union(training, {"evidence": []})]})
	codes == {"no_evidence"} with input as of({"artefacts": [weights, object.union(object.remove(training, ["evidence"]), {"day": "2026-11-21"})]})
	codes == set() with input as of({"artefacts": [weights, object.union(object.remove(training, ["evidence"]), {"day": "2026-11-22"})]})
}

test_what_is_retained_need_not_be_shown_to_be_disposed_of if {
	codes == set() with input as of({"artefacts": [object.union(weights, {"day": "2026-10-05"}), training]})
}

test_without_a_day_of_disposal_it_cannot_be_told if {
	every broken in [null, "soon", "2026-02-30", 7] {
		codes == set() with input as of({"artefacts": [weights, object.union(training, {"day": broken})]})
		control.undetermined == {{
			"resource": "r-1",
			"path": ["artefacts", 1, "day"],
			"reason": "no day is stated on which \"Training data\" is disposed of",
		}} with input as of({"artefacts": [weights, object.union(training, {"day": broken})]})
	}
	count(control.undetermined) == 1 with input as of({"artefacts": [weights, object.remove(training, ["day"])]})
}

test_an_entry_that_cannot_be_read_is_undetermined if {
	control.findings == set() with input as of({"artefacts": [weights, training, "x"]})
	control.undetermined == {{"resource": "r-1", "path": ["artefacts", 2], "reason": "the entry cannot be read"}} with input as of({"artefacts": [weights, training, "x"]})
}

codes := {finding.code | some finding in control.findings}

weights := {"name": "Weights", "holds": "model", "fate": "retained", "reason": "Complaints", "until": "2032-05-02"}

training := {
	"name": "Training data",
	"holds": "data",
	"fate": "disposed",
	"day": "2026-10-05",
	"evidence": [record.evidence("Certificate")],
}

both := object.union(weights, {"holds": "model_and_data"})

whole := {"artefacts": [weights, training]}

of(facts) := record.of_kind("decommissioning", facts, {})
