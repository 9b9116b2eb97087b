package policyctl.controls.bom.dataset_governance_test

import data.policyctl.controls.bom.dataset_governance as control
import data.policyctl.testing.bom as make

test_a_governed_dataset_passes if {
	control.resources == {"applications"} with input as of({})
	every sensitive in ["yes", "no"] {
		codes == set() with input as of({"sensitive": sensitive})
		control.undetermined == set() with input as of({"sensitive": sensitive})
	}
}

test_a_dataset_of_nobody_fails if {
	control.findings == {{
		"code": "no_owner",
		"resource": "applications",
		"message": "nobody is named who answers for the data",
		"path": ["components", 1, "governance"],
	}} with input as of({"parties": []})
	every broken in [[{"role": "owner", "name": ""}], [{"role": "owner"}], ["Acme"], null, "Acme"] {
		codes == {"no_owner"} with input as of({"parties": broken})
	}
}

test_a_dataset_without_a_classification_fails if {
	every broken in ["", " ", null, 1, ["public"]] {
		codes == {"not_classified"} with input as of({"classification": broken})
	}
}

test_silence_about_sensitive_data_is_undetermined if {
	every broken in ["not_asserted", "", null, true, ["no"]] {
		codes == set() with input as of({"sensitive": broken})
		count(control.undetermined) == 1 with input as of({"sensitive": broken})
	}
}

test_a_dataset_that_cannot_be_read_is_undetermined if {
	count(control.undetermined) == 1 with input as make.bom({"datasets": ["x"]}, {})
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "not_classified",
		"resource": "applications",
		"message": "the data is not classified",
		"path": ["components", 1, "classification"],
	}} with input as of({"classification": 1})
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {{
		"resource": "applications",
		"path": ["components", 1, "sensitiveData"],
		"reason": "nothing says whether the data holds sensitive data",
	}} with input as of({"sensitive": ""})
}

codes := {finding.code | some finding in control.findings}

of(changes) := make.bom(
	{"datasets": [object.union(
		make.dataset({"parties": [{"role": "owner", "name": "Risk"}], "classification": "internal", "sensitive": "yes"}),
		changes,
	)]},
	{},
)
