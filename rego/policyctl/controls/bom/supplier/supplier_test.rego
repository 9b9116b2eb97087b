package policyctl.controls.bom.supplier_test

import data.policyctl.controls.bom.supplier as control
import data.policyctl.testing.bom as make

test_a_model_whose_supplier_is_named_passes if {
	control.resources == {"acme/scorer"} with input as of([{"role": "publisher", "name": "Acme"}])
	control.findings == set() with input as of([{"role": "publisher", "name": "Acme"}])
	control.undetermined == set() with input as of([{"role": "publisher", "name": "Acme"}])
}

test_a_model_of_nobody_fails if {
	control.findings == {{
		"code": "no_supplier",
		"resource": "acme/scorer",
		"message": "nobody is named who supplies, makes or publishes the model",
		"path": ["components", 0, "supplier"],
	}} with input as of([])
}

test_a_name_that_says_nothing_names_nobody if {
	every broken in [[{"role": "supplier", "name": " "}], [{"role": "supplier"}], [{"name": 1}], ["Acme"], [null], "Acme", null, {"x": {"name": "Acme"}}] {
		{finding.code | some finding in control.findings} == {"no_supplier"} with input as of(broken)
	}
}

test_each_of_several_models_is_looked_at if {
	named := make.model({"id": "a", "parties": [{"role": "author", "name": "Kim"}]})
	{finding.resource | some finding in control.findings} == {"acme/scorer"} with input as make.bom({"models": [named, make.model({})]}, {})
}

test_a_model_that_cannot_be_read_is_undetermined if {
	count(control.undetermined) == 1 with input as make.bom({"models": ["x"]}, {})
}

of(parties) := make.of_model({"parties": parties}, {})
