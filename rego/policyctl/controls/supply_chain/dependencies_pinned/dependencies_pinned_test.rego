package policyctl.controls.supply_chain.dependencies_pinned_test

import data.policyctl.controls.supply_chain.dependencies_pinned as control
import data.policyctl.testing.model as make

test_exact_versions_pass if {
	control.resources == {"mlflow:wine/1"} with input as of([exact, exact])
	control.findings == set() with input as of([exact, exact])
	control.undetermined == set() with input as of([exact, exact])
}

test_a_range_fails if {
	control.findings == {{
		"code": "not_pinned",
		"resource": "mlflow:wine/1",
		"message": "skops>=0.13 is not one exact version",
		"path": ["requirements", 1],
	}} with input as of([exact, {"name": "skops", "specifier": ">=0.13", "pinned": false}])
}

test_what_does_not_say_that_it_is_pinned_is_not if {
	every broken in [null, false, "true", 1, [true]] {
		codes == {"not_pinned"} with input as of([object.union(exact, {"pinned": broken})])
	}
	codes == {"not_pinned"} with input as of([null])
}

test_a_requirement_without_a_name_is_told_all_the_same if {
	every broken in [{"pinned": false}, {"name": "", "specifier": 7, "pinned": false}] {
		{finding.message | some finding in control.findings} == {"a requirement is not one exact version"} with input as of([broken])
	}
}

test_packages_that_nobody_lists_cannot_be_told if {
	every broken in [[], null, "", {}, "skops==0.13"] {
		control.findings == set() with input as of(broken)
		control.undetermined == {{
			"resource": "mlflow:wine/1",
			"reason": "what packages the version needs is not known",
			"path": ["requirements"],
		}} with input as of(broken)
	}
	count(control.undetermined) == 1 with input as make.version({}, {}, {})
}

codes := {finding.code | some finding in control.findings}

exact := {"name": "mlflow", "specifier": "==3.6.0", "pinned": true}

of(requirements) := make.version({"requirements": requirements}, {}, {})
