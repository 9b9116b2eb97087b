package policyctl.controls.gpai.cybersecurity_test

import data.policyctl.controls.gpai.cybersecurity as control
import data.policyctl.testing.gpai as make
import data.policyctl.testing.record

test_measures_for_both_and_a_document_pass if {
	control.resources == {"r-1"} with input as of({})
	control.findings == set() with input as of({})
	control.undetermined == set() with input as of({})
}

test_the_model_is_protected if {
	every broken in [null, [], "Encryption", ["TBD"]] {
		control.findings == {{
			"code": "model_unprotected",
			"resource": "r-1",
			"message": "no measure is stated that protects the model, its weights above all",
			"path": ["cybersecurity", "model"],
		}} with input as of({"model": broken})
	}
}

test_the_infrastructure_is_protected if {
	every broken in [null, [], "Cages", ["TBD"]] {
		control.findings == {{
			"code": "infrastructure_unprotected",
			"resource": "r-1",
			"message": "no measure is stated that protects the physical infrastructure of the model",
			"path": ["cybersecurity", "infrastructure"],
		}} with input as of({"infrastructure": broken})
	}
}

test_the_concept_is_named_by_its_digest if {
	control.findings == {{
		"code": "no_evidence",
		"resource": "r-1",
		"message": "no document that shows how the model and its infrastructure are protected is named with its SHA-256 digest",
		"path": ["cybersecurity", "evidence"],
	}} with input as of({"evidence": []})
}

test_without_the_part_everything_is_found if {
	codes == {"model_unprotected", "infrastructure_unprotected", "no_evidence"} with input as make.big({})
}

test_a_model_without_systemic_risk_is_not_looked_at if {
	control.resources == set() with input as make.small({})
	control.findings == set() with input as make.small({})
	control.findings == set() with input as make.small({})
	control.undetermined == set() with input as make.small({})
}

test_a_model_of_unknown_risk_is_undetermined if {
	control.resources == {"r-1"} with input as make.model({})
	control.findings == set() with input as make.model({})
	{entry.path | some entry in control.undetermined} == {["systemic_risk"], ["training_compute"]} with input as make.model({})
}

codes := {finding.code | some finding in control.findings}

of(changes) := make.big({"cybersecurity": object.union(
	{"model": ["Encryption"], "infrastructure": ["Cages"], "evidence": [record.evidence("Concept")]},
	changes,
)})
