package policyctl.controls.gpai.development_process_test

import data.policyctl.controls.gpai.development_process as control
import data.policyctl.testing.gpai as make

test_all_points_stated_pass if {
	control.resources == {"r-1"} with input as make.small({"development": whole})
	control.findings == set() with input as make.small({"development": whole})
	control.undetermined == set() with input as make.small({"development": whole})
}

test_each_point_that_is_not_stated_is_found if {
	every point, what in points {
		control.findings == {{
			"code": sprintf("no_%s", [point]),
			"resource": "r-1",
			"message": sprintf("the record says nothing about %s", [what]),
			"path": ["development", point],
		}} with input as make.small({"development": object.remove(whole, [point])})
	}
}

test_a_placeholder_states_nothing if {
	codes == {"no_integration"} with input as make.small({"development": object.union(whole, {"integration": "TBD"})})
}

test_without_the_part_every_point_is_found if {
	codes == {sprintf("no_%s", [point]) | some point, _ in points} with input as make.small({})
	codes == {sprintf("no_%s", [point]) | some point, _ in points} with input as make.small({"development": "Stated"})
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

test_the_computation_is_one_of_the_points if {
	control.findings == {{
		"code": "no_compute",
		"resource": "r-1",
		"message": "the record says nothing about the computation used for training",
		"path": ["training_compute"],
	}} with input as make.model({"development": whole})
	codes == {"no_compute"} with input as make.model({"development": whole, "training_compute": "3.8e24"})
	codes == set() with input as make.big({"development": whole})
}

test_an_open_model_need_not_state_the_computation if {
	codes == set() with input as make.model({"open_source": make.open, "systemic_risk": {"present": false}})
}

codes := {finding.code | some finding in control.findings}

points := {
	"integration": "the technical means that integrating the model needs",
	"design": "the design, the training process and the reasons for the main choices",
	"data_type": "the type of the training, testing and validation data",
	"data_provenance": "the provenance of the data",
	"data_curation": "how the data was curated",
	"data_selection": "how the data was obtained and selected",
	"bias_detection": "how unsuitable data and biases were looked for",
	"training_time": "the training time",
	"energy": "the known or estimated energy consumption",
}

whole := {
	"integration": "Stated",
	"design": "Stated",
	"data_type": "Stated",
	"data_provenance": "Stated",
	"data_curation": "Stated",
	"data_selection": "Stated",
	"bias_detection": "Stated",
	"training_time": "Stated",
	"energy": "Stated",
}
