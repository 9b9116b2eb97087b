package policyctl.controls.gpai.general_description_test

import data.policyctl.controls.gpai.general_description as control
import data.policyctl.testing.gpai as make

test_all_points_stated_pass if {
	control.resources == {"r-1"} with input as make.small({"description": whole})
	control.findings == set() with input as make.small({"description": whole})
	control.undetermined == set() with input as make.small({"description": whole})
}

test_each_point_that_is_not_stated_is_found if {
	every point, what in points {
		control.findings == {{
			"code": sprintf("no_%s", [point]),
			"resource": "r-1",
			"message": sprintf("the record says nothing about %s", [what]),
			"path": ["description", point],
		}} with input as make.small({"description": object.remove(whole, [point])})
	}
}

test_a_placeholder_states_nothing if {
	codes == {"no_tasks"} with input as make.small({"description": object.union(whole, {"tasks": "TBD"})})
}

test_without_the_part_every_point_is_found if {
	codes == {sprintf("no_%s", [point]) | some point, _ in points} with input as make.small({})
	codes == {sprintf("no_%s", [point]) | some point, _ in points} with input as make.small({"description": "Stated"})
}

test_an_open_model_need_not_state_them if {
	control.resources == set() with input as make.small({"open_source": make.open})
	control.findings == set() with input as make.small({"open_source": make.open})
	control.undetermined == set() with input as make.small({"open_source": make.open})
}

test_a_claim_that_lacks_something_exempts_from_nothing if {
	codes == {sprintf("no_%s", [point]) | some point, _ in points} with input as make.small({"open_source": object.remove(make.open, ["weights"])})
}

test_an_open_model_of_unknown_risk_is_undetermined if {
	control.resources == {"r-1"} with input as make.model({"open_source": make.open})
	control.findings == set() with input as make.model({"open_source": make.open})
	{entry.path | some entry in control.undetermined} == {["systemic_risk"], ["training_compute"]} with input as make.model({"open_source": make.open})
}

codes := {finding.code | some finding in control.findings}

points := {
	"tasks": "the tasks that the model is meant for and the systems it can be built into",
	"acceptable_use": "the acceptable use policies",
	"release": "the date of release",
	"distribution": "the methods of distribution",
	"architecture": "the architecture",
	"parameters": "the number of parameters",
	"modalities": "the modality and format of inputs and outputs",
	"licence": "the licence",
}

whole := {
	"tasks": "Stated",
	"acceptable_use": "Stated",
	"release": "Stated",
	"distribution": "Stated",
	"architecture": "Stated",
	"parameters": "Stated",
	"modalities": "Stated",
	"licence": "Stated",
}
