package policyctl.controls.gpai.incident_tracking_test

import data.policyctl.controls.gpai.incident_tracking as control
import data.policyctl.testing.gpai as make
import data.policyctl.testing.record

test_a_person_with_a_function_and_a_procedure_passes if {
	control.resources == {"r-1"} with input as of({})
	control.findings == set() with input as of({})
	control.undetermined == set() with input as of({})
}

test_a_person_is_named if {
	control.findings == {{
		"code": "no_name",
		"resource": "r-1",
		"message": "no person is named by first and last name who answers for tracking and reporting serious incidents: Safety team",
		"path": ["incident_tracking", "name"],
	}} with input as of({"name": "Safety team"})
}

test_the_person_has_a_function if {
	control.findings == {{
		"code": "no_role",
		"resource": "r-1",
		"message": "the record says nothing about the function of the person who answers for serious incidents",
		"path": ["incident_tracking", "role"],
	}} with input as of({"role": ""})
}

test_the_procedure_is_named_by_its_digest if {
	control.findings == {{
		"code": "no_evidence",
		"resource": "r-1",
		"message": "no document that shows how serious incidents are tracked and reported is named with its SHA-256 digest",
		"path": ["incident_tracking", "evidence"],
	}} with input as of({"evidence": []})
}

test_without_the_part_everything_is_found if {
	codes == {"no_name", "no_role", "no_evidence"} with input as make.big({})
	"no person is named by first and last name who answers for tracking and reporting serious incidents: none" in messages with input as make.big({})
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

messages := {finding.message | some finding in control.findings}

of(changes) := make.big({"incident_tracking": object.union(
	{"name": "Ana Kovač", "role": "Head of Model Safety", "evidence": [record.evidence("Procedure")]},
	changes,
)})
