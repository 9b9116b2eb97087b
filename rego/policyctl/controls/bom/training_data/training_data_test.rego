package policyctl.controls.bom.training_data_test

import data.policyctl.controls.bom.training_data as control
import data.policyctl.testing.bom as make

test_data_that_can_be_found_passes if {
	control.resources == {"acme/scorer"} with input as of([inline({})])
	passes with input as of([inline({})])
	passes with input as of([inline({"found": "listed", "ref": "data-1"})])
}

test_a_model_without_training_data_fails if {
	control.findings == {{
		"code": "no_training_data",
		"resource": "acme/scorer",
		"message": "no data is named that the model learned from",
		"path": ["components", 0, "modelCard", "modelParameters", "datasets"],
	}} with input as of([])
	every broken in [null, "x", {}, {"0": inline({})}] {
		codes == {"no_training_data"} with input as of(broken)
	}
}

test_a_reference_that_leads_nowhere_fails if {
	control.findings == {{
		"code": "dangling",
		"resource": "acme/scorer",
		"message": "the training data is a reference (data-9) that leads to no data in the BOM",
		"path": ["components", 0, "modelCard", "modelParameters", "datasets", 0],
	}} with input as of([object.remove(inline({"found": "missing", "ref": "data-9"}), {"name"})])
}

test_data_without_a_name_fails if {
	every name in ["", " ", null, 1] {
		codes == {"unnamed"} with input as of([inline({"name": name})])
	}
	codes == {"unnamed"} with input as of([object.remove(inline({"found": "listed"}), {"name"})])
}

test_a_name_that_leads_nowhere_fails if {
	every leads in [false, null, "true", 1] {
		codes == {"unlocated"} with input as of([inline({"leads": leads})])
	}
}

test_trained_on_nothing_fails if {
	codes == {"none"} with input as of([inline({"found": "none"})])
}

test_what_is_not_said_here_is_undetermined if {
	every found in ["elsewhere", "not_asserted", null, 1, "somewhere"] {
		codes == set() with input as of([inline({"found": found})])
		count(control.undetermined) == 1 with input as of([inline({"found": found})])
	}
	every broken in ["x", null, [inline({})]] {
		count(control.undetermined) == 1 with input as of([broken])
	}
}

test_one_good_name_hides_no_bad_one if {
	codes == {"dangling"} with input as of([inline({}), inline({"found": "missing"})])
}

test_a_model_that_cannot_be_read_is_undetermined if {
	count(control.undetermined) == 1 with input as make.bom({"models": ["x"]}, {})
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "unnamed",
		"resource": "acme/scorer",
		"message": "the training data has no name (no name)",
		"path": ["components", 0, "modelCard", "modelParameters", "datasets", 0],
	}} with input as of([inline({"name": 1})])
	control.findings == {{
		"code": "none",
		"resource": "acme/scorer",
		"message": "the BOM says that the model was trained on no data (applications)",
		"path": ["components", 0, "modelCard", "modelParameters", "datasets", 0],
	}} with input as of([inline({"found": "none"})])
	control.findings == {{
		"code": "unlocated",
		"resource": "acme/scorer",
		"message": "applications has no address where something can be, and no description: nobody can tell which data that is",
		"path": ["components", 0, "modelCard", "modelParameters", "datasets", 0],
	}} with input as of([inline({"leads": 1})])
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {{
		"resource": "acme/scorer",
		"path": ["components", 0, "modelCard", "modelParameters", "datasets", 0],
		"reason": "the BOM asserts nothing about the training data (applications)",
	}} with input as of([inline({"found": "not_asserted"})])
	control.undetermined == {{
		"resource": "acme/scorer",
		"path": ["components", 0, "modelCard", "modelParameters", "datasets", 0],
		"reason": "the training data stands in another BOM (applications), which is not looked into",
	}} with input as of([inline({"found": "elsewhere"})])
	control.undetermined == {{
		"resource": "acme/scorer",
		"path": [],
		"reason": "what is said of the training data could not be read (no name)",
	}} with input as of(["x"])
}

passes if {
	control.findings == set()
	control.undetermined == set()
}

codes := {finding.code | some finding in control.findings}

inline(changes) := object.union(
	{
		"path": ["components", 0, "modelCard", "modelParameters", "datasets", 0],
		"found": "inline",
		"leads": true,
		"name": "applications",
	},
	changes,
)

of(listed) := make.of_model({"training_data": listed}, {})
