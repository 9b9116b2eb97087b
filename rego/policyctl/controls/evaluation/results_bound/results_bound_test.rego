package policyctl.controls.evaluation.results_bound_test

import data.policyctl.controls.evaluation.results_bound as control
import data.policyctl.testing.model as make

test_results_about_this_version_pass if {
	control.resources == {"mlflow:wine/1"} with input as of([result("artefact", "performance")])
	every bound in ["artefact", "registry"] {
		control.findings == set() with input as of([result(bound, "performance"), result(bound, "safety")])
	}
}

test_a_version_without_results_fails if {
	control.findings == {{
		"code": "no_results",
		"resource": "mlflow:wine/1",
		"message": "no evaluation result is recorded of this version",
		"path": ["evaluations"],
	}} with input as of([])
	codes == {"no_results"} with input as of([object.union(result("registry", "performance"), {"metric": "training_recall"})])
}

test_a_result_by_name_alone_fails if {
	control.findings == {{
		"code": "not_bound",
		"resource": "mlflow:wine/1",
		"message": "no result about performance is tied to this very version, as recall is not",
		"path": ["evaluations", 0],
	}} with input as of([result("name", "performance")])
	every bound in ["nothing", "", null, 1, ["registry"]] {
		codes == {"not_bound"} with input as of([result(bound, "performance")])
	}
	codes == {"not_bound"} with input as of([null])
}

test_one_result_that_is_bound_is_enough_for_its_aspect if {
	control.findings == set() with input as of([result("name", "performance"), result("registry", "performance")])
	{finding.path | some finding in control.findings} == {["evaluations", 1]} with input as of([result("registry", "performance"), result("name", "safety")])
}

codes := {finding.code | some finding in control.findings}

result(bound, aspect) := {"metric": "recall", "value": 0.9, "tool": "mlflow", "bound": bound, "aspect": aspect}

of(evaluations) := make.version({"evaluations": evaluations}, {}, {})
