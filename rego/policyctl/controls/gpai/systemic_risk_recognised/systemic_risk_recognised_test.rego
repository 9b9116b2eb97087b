package policyctl.controls.gpai.systemic_risk_recognised_test

import data.policyctl.controls.gpai.systemic_risk_recognised as control
import data.policyctl.testing.gpai as make
import data.policyctl.testing.record

test_a_model_under_the_threshold_passes if {
	control.resources == {"r-1"} with input as make.small({})
	control.findings == set() with input as make.small({})
	control.undetermined == set() with input as make.small({})
}

test_a_model_over_the_threshold_that_is_stated_to_have_systemic_risk_passes if {
	control.findings == set() with input as make.big({})
	control.undetermined == set() with input as make.big({})
}

test_a_model_over_the_threshold_that_is_not_is_found if {
	control.findings == {{
		"code": "not_recognised",
		"resource": "r-1",
		"message": "training took 3.8e25 floating point operations, more than 10^25, and the record does not say that the model has systemic risk",
		"path": ["systemic_risk", "present"],
	}} with input as make.model({"training_compute": make.amount(3.8, 25)})
	count(control.findings) == 1 with input as make.big({"systemic_risk": {"present": false}})
	count(control.findings) == 1 with input as make.big({"systemic_risk": {"present": "yes"}})
}

test_ten_to_the_25_itself_is_not_over if {
	control.findings == set() with input as make.small({"training_compute": make.amount(1, 25)})
	count(control.findings) == 1 with input as make.small({"training_compute": make.amount(1.00000000000001, 25)})
	count(control.findings) == 1 with input as make.small({"training_compute": make.amount(1, 26)})
	control.findings == set() with input as make.small({"training_compute": make.amount(9.9, 24)})
}

test_a_rebuttal_counts_when_its_acceptance_is_shown if {
	control.findings == set() with input as rebutted([record.evidence("Decision")])
	control.undetermined == set() with input as rebutted([record.evidence("Decision")])
	count(control.findings) == 1 with input as rebutted([])
}

test_unknown_risk_is_undetermined if {
	count(control.undetermined) == 2 with input as make.model({})
	count(control.undetermined) == 1 with input as make.model({"systemic_risk": {"present": false}})
	count(control.undetermined) == 1 with input as make.model({"training_compute": make.amount(3.8, 24)})
}

rebutted(accepted) := make.big({"systemic_risk": {"present": false, "accepted": accepted}})
