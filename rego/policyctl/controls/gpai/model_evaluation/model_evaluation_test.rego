package policyctl.controls.gpai.model_evaluation_test

import data.policyctl.controls.gpai.model_evaluation as control
import data.policyctl.testing.gpai as make
import data.policyctl.testing.record

test_an_attack_by_a_protocol_with_a_report_passes if {
	control.resources == {"r-1"} with input as of({})
	control.findings == set() with input as of({})
	control.undetermined == set() with input as of({})
}

test_without_evaluations_both_are_found if {
	every broken in [null, [], "", 7, {"0": evaluation}] {
		control.findings == {
			{"code": "no_evaluation", "resource": "r-1", "message": "no evaluation of the model is recorded", "path": ["evaluations"]},
			{
				"code": "no_adversarial_testing",
				"resource": "r-1",
				"message": "no evaluation is recorded in which the model was attacked",
				"path": ["evaluations"],
			},
		} with input as make.big({"evaluations": broken})
	}
}

test_one_of_them_is_an_attack if {
	codes == {"no_adversarial_testing"} with input as of({"adversarial": false})
	codes == {"no_adversarial_testing"} with input as of({"adversarial": "true"})
	codes == set() with input as make.big({"evaluations": [evaluation, object.union(evaluation, {"adversarial": false})]})
}

test_each_names_its_protocol if {
	control.findings == {{
		"code": "no_protocol",
		"resource": "r-1",
		"message": "the evaluation \"Red teaming\" names no protocol or tool by which it was done",
		"path": ["evaluations", 0, "protocol"],
	}} with input as of({"protocol": "n/a"})
	codes == {"no_protocol"} with input as make.big({"evaluations": [evaluation, object.remove(evaluation, ["protocol"])]})
}

test_each_report_is_named_by_its_digest if {
	control.findings == {{
		"code": "no_evidence",
		"resource": "r-1",
		"message": "no document that shows the result of the evaluation \"Red teaming\" is named with its SHA-256 digest",
		"path": ["evaluations", 0, "evidence"],
	}} with input as of({"evidence": []})
	{finding.message | some finding in control.findings} == {"no document that shows the result of the evaluation \"\" is named with its SHA-256 digest"} with input as make.big({"evaluations": [object.remove(evaluation, ["evidence", "title"])]})
}

test_an_evaluation_without_a_day_is_undetermined if {
	every day in [null, "soon", "2026-02-30", "2026-11-22"] {
		codes == set() with input as of({"day": day})
		control.undetermined == {{
			"resource": "r-1",
			"path": ["evaluations", 0, "day"],
			"reason": "no day is stated on which the evaluation \"Red teaming\" was done",
		}} with input as of({"day": day})
	}
	control.undetermined == set() with input as of({"day": "2026-11-21"})
}

test_an_entry_that_cannot_be_read_is_undetermined if {
	control.findings == set() with input as make.big({"evaluations": [evaluation, "x"]})
	control.undetermined == {{
		"resource": "r-1",
		"path": ["evaluations", 1],
		"reason": "the entry cannot be read",
	}} with input as make.big({"evaluations": [evaluation, "x"]})
}

test_a_model_without_systemic_risk_is_not_looked_at if {
	control.resources == set() with input as make.small({"evaluations": [{}, 7]})
	control.findings == set() with input as make.small({"evaluations": [{}, 7]})
	control.findings == set() with input as make.small({})
	control.undetermined == set() with input as make.small({"evaluations": [{}, 7]})
}

test_a_model_of_unknown_risk_is_undetermined if {
	control.resources == {"r-1"} with input as make.model({"evaluations": [{}, 7]})
	control.findings == set() with input as make.model({"evaluations": [{}, 7]})
	{entry.path | some entry in control.undetermined} == {["systemic_risk"], ["training_compute"]} with input as make.model({"evaluations": [{}, 7]})
}

codes := {finding.code | some finding in control.findings}

evaluation := {
	"title": "Red teaming",
	"protocol": "Jailbreak set 14",
	"adversarial": true,
	"day": "2026-02-03",
	"evidence": [record.evidence("Report 7")],
}

of(changes) := make.big({"evaluations": [object.union(evaluation, changes)]})
