package policyctl.controls.decommissioning.triggers_and_authority_test

import data.policyctl.controls.decommissioning.triggers_and_authority as control
import data.policyctl.testing.record

test_triggers_and_a_person_with_a_function_pass if {
	control.resources == {"r-1"} with input as of(whole)
	control.findings == set() with input as of(whole)
}

test_triggers_are_named if {
	every broken in [null, [], "Recall", ["TBD"], {"a": "Recall"}] {
		control.findings == {{
			"code": "no_triggers",
			"resource": "r-1",
			"message": "the record names nothing for which the system is stopped",
			"path": ["triggers"],
		}} with input as of(object.union(whole, {"triggers": broken}))
	}
	codes == {"no_triggers"} with input as of(object.remove(whole, ["triggers"]))
}

test_a_person_is_named if {
	control.findings == {{
		"code": "no_name",
		"resource": "r-1",
		"message": "no person is named by first and last name who may stop the system: Risk committee",
		"path": ["authority", "name"],
	}} with input as of(object.union(whole, {"authority": {"name": "Risk committee"}}))
}

test_the_person_has_a_function if {
	control.findings == {{
		"code": "no_role",
		"resource": "r-1",
		"message": "the record says nothing about the function of the person who may stop the system",
		"path": ["authority", "role"],
	}} with input as of(object.union(whole, {"authority": {"role": ""}}))
}

test_without_an_authority_both_are_found if {
	codes == {"no_name", "no_role"} with input as of(object.remove(whole, ["authority"]))
	"no person is named by first and last name who may stop the system: none" in {f.message | some f in control.findings} with input as of(object.remove(whole, ["authority"]))
}

codes := {finding.code | some finding in control.findings}

whole := {"triggers": ["Recall below 0.80"], "authority": {"name": "Ana Kovač", "role": "Head of Risk"}}

of(facts) := record.of_kind("decommissioning", facts, {})
