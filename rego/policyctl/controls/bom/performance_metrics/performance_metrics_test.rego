package policyctl.controls.bom.performance_metrics_test

import data.policyctl.controls.bom.performance_metrics as control
import data.policyctl.testing.bom as make

test_a_metric_with_a_number_passes if {
	control.resources == {"acme/scorer"} with input as of([f1({})])
	codes == set() with input as of([f1({}), f1({"value": 0})])
	control.undetermined == set() with input as of([f1({})])
}

test_a_model_without_metrics_fails if {
	control.findings == {{
		"code": "no_metrics",
		"resource": "acme/scorer",
		"message": "no performance metric is given",
		"path": ["components", 0, "modelCard", "quantitativeAnalysis", "performanceMetrics"],
	}} with input as of([])
	every broken in [null, "x", {"0": f1({})}] {
		codes == {"no_metrics"} with input as of(broken)
	}
}

test_a_metric_without_a_number_fails if {
	every broken in [null, "0.87", [0.87], true] {
		codes == {"no_value"} with input as of([f1({"value": broken})])
	}
	{f.message | some f in control.findings} == {"the value of F1 is not one number"} with input as of([object.remove(f1({}), {"value"})])
	{f.path | some f in control.findings} == {["metrics", 0]} with input as of([object.remove(f1({}), {"value"})])
}

test_a_number_of_nothing_fails if {
	every broken in [null, "", " ", 1] {
		codes == {"no_metric"} with input as of([f1({"name": broken})])
	}
	codes == {"no_metric", "no_value"} with input as of([{}])
}

test_one_good_metric_hides_no_bad_one if {
	codes == {"no_value"} with input as of([f1({}), f1({"value": "high"})])
}

test_a_metric_that_cannot_be_read_is_undetermined if {
	every broken in ["x", 1, null, [f1({})]] {
		codes == set() with input as of([broken])
		count(control.undetermined) == 1 with input as of([broken])
	}
	count(control.undetermined) == 1 with input as make.bom({"models": ["x"]}, {})
}

test_each_finding_is_told_in_full if {
	control.findings == {
		{
			"code": "no_metric",
			"resource": "acme/scorer",
			"message": "a performance metric is not named",
			"path": [],
		},
		{
			"code": "no_value",
			"resource": "acme/scorer",
			"message": "the value of an unnamed metric is not one number",
			"path": [],
		},
	} with input as of([{}])
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {{
		"resource": "acme/scorer",
		"path": ["components", 0],
		"reason": "a performance metric could not be read",
	}} with input as of([1])
}

codes := {finding.code | some finding in control.findings}

f1(changes) := object.union({"path": ["metrics", 0], "name": "F1", "value": 0.87}, changes)

of(metrics) := make.of_model({"metrics": metrics}, {})
