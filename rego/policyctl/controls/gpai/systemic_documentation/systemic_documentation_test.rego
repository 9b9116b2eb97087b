package policyctl.controls.gpai.systemic_documentation_test

import data.policyctl.controls.gpai.systemic_documentation as control
import data.policyctl.testing.gpai as make

test_all_points_stated_pass if {
	control.resources == {"r-1"} with input as make.big({"systemic_documentation": whole})
	control.findings == set() with input as make.big({"systemic_documentation": whole})
	control.undetermined == set() with input as make.big({"systemic_documentation": whole})
}

test_each_point_that_is_not_stated_is_found if {
	every point, what in points {
		control.findings == {{
			"code": sprintf("no_%s", [point]),
			"resource": "r-1",
			"message": sprintf("the record says nothing about %s", [what]),
			"path": ["systemic_documentation", point],
		}} with input as make.big({"systemic_documentation": object.remove(whole, [point])})
	}
}

test_without_the_part_every_point_is_found if {
	count(control.findings) == 5 with input as make.big({})
}

test_a_model_without_systemic_risk_is_not_looked_at if {
	control.resources == set() with input as make.small({})
	control.findings == set() with input as make.small({})
	control.undetermined == set() with input as make.small({})
}

test_a_model_of_unknown_risk_is_undetermined if {
	control.resources == {"r-1"} with input as make.model({})
	control.findings == set() with input as make.model({})
	control.undetermined == {
		{"resource": "r-1", "path": ["systemic_risk"], "reason": "whether the model has systemic risk is not stated"},
		{
			"resource": "r-1",
			"path": ["training_compute"],
			"reason": "the computation used for training is not stated, which says whether systemic risk is presumed",
		},
	} with input as make.model({})
}

points := {
	"evaluation_strategy": "the evaluation strategies, with criteria and metrics",
	"evaluation_results": "the results of the evaluations",
	"adversarial_testing": "the internal or external adversarial testing",
	"adaptations": "adaptations of the model, alignment and fine-tuning among them",
	"system_architecture": "the system architecture",
}

whole := {point: "Stated" | some point, _ in points}
