package policyctl.controls.governance.system_classification_test

import data.policyctl.controls.governance.system_classification as control
import data.policyctl.testing.system as make

test_a_role_and_a_class_with_its_basis_pass if {
	control.resources == {"credit-scoring"} with input as stated(["deployer"], [high_risk])
	codes == set() with input as stated(["deployer"], [high_risk])
}

test_a_system_without_role_and_class_fails if {
	codes == {"no_role", "no_class"} with input as stated([], [])
}

test_each_class_needs_a_basis if {
	control.findings == {{
		"code": "no_basis",
		"resource": "credit-scoring",
		"message": "nothing is said of what the class transparency rests on",
		"path": ["classes", 1],
	}} with input as stated(["deployer"], [high_risk, {"id": "transparency"}])
}

test_a_placeholder_is_no_basis if {
	codes == {"no_basis"} with input as stated(["deployer"], [object.union(high_risk, {"basis": "TBD"})])
}

test_what_is_broken_is_no_role_and_no_class if {
	every broken in [null, 7, "", [], {}] {
		codes == {"no_role"} with input as stated([broken], [high_risk])
		codes == {"no_basis"} with input as stated(["deployer"], [broken])
	}
}

test_each_finding_is_told_in_full if {
	control.findings == {
		{
			"code": "no_class",
			"resource": "credit-scoring",
			"message": "the system's class under the AI Act is not stated",
			"path": ["classes"],
		},
		{
			"code": "no_role",
			"resource": "credit-scoring",
			"message": "the organisation's role under the AI Act is not stated",
			"path": ["roles"],
		},
	} with input as stated([], [])
	control.findings == {{
		"code": "no_basis",
		"resource": "credit-scoring",
		"message": "nothing is said of what the class (unnamed) rests on",
		"path": ["classes", 0],
	}} with input as stated(["deployer"], [7])
}

codes := {finding.code | some finding in control.findings}

high_risk := {"id": "high_risk", "route": "annex_iii", "basis": "Annex III, point 5(b)"}

stated(roles, classes) := make.described({"roles": roles, "classes": classes}, {}, {})
