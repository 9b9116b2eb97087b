package policyctl.controls.governance.system_owner_test

import data.policyctl.controls.governance.system_owner as control
import data.policyctl.testing.system as make

test_an_owner_that_is_named_passes if {
	control.resources == {"credit-scoring"} with input as make.described({"owner": "Retail Risk"}, {}, {})
	control.findings == set() with input as make.described({"owner": "Retail Risk"}, {}, {})
}

test_a_system_without_an_owner_fails if {
	control.findings == {{
		"code": "no_owner",
		"resource": "credit-scoring",
		"message": "nobody is named who answers for the system",
		"path": ["owner"],
	}} with input as make.described({}, {}, {})
}

test_a_placeholder_is_no_owner if {
	every owner in ["TBD", "n/a", "", null, 7, ["Retail Risk"], {}] {
		count(control.findings) == 1 with input as make.described({"owner": owner}, {}, {})
	}
}
