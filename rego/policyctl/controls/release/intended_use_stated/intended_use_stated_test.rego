package policyctl.controls.release.intended_use_stated_test

import data.policyctl.controls.release.intended_use_stated as control
import data.policyctl.testing.model as make

test_a_use_in_enough_words_passes if {
	control.resources == {"mlflow:wine/1"} with input as of({"intended_use": "Sorts wines by cultivar"})
	control.findings == set() with input as of({"intended_use": "Sorts wines by cultivar"})
}

test_a_use_in_fewer_words_fails if {
	control.findings == {{
		"code": "short",
		"resource": "mlflow:wine/1",
		"message": "what the version is for is said in fewer than 4 words: Sorts wines daily",
		"path": ["release", "intended_use"],
	}} with input as of({"intended_use": "Sorts wines daily"})
	{finding.code | some finding in control.findings} == {"short"} with input as of({"intended_use": "Sorting"})
}

test_a_use_that_nobody_states_fails if {
	expected := {{
		"code": "no_use",
		"resource": "mlflow:wine/1",
		"message": "no release record says what the version is for",
		"path": ["release", "intended_use"],
	}}
	control.findings == expected with input as make.version({}, parameters, {})
	every broken in [{}, {"intended_use": null}, {"intended_use": ""}, {"intended_use": "TBD"}, {"intended_use": 7}, null] {
		control.findings == expected with input as of(broken)
	}
}

parameters := {"release": {"intended_use_stated": {"minimum_words": 4}}}

of(record) := make.version({"release": record}, parameters, {})
