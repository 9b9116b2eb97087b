package policyctl.controls.evaluation.dataset_named_test

import data.policyctl.controls.evaluation.dataset_named as control
import data.policyctl.testing.model as make

test_a_result_with_dataset_and_digest_passes if {
	control.resources == {"mlflow:wine/1"} with input as of([result])
	control.findings == set() with input as of([result])
	control.undetermined == set() with input as of([result])
}

test_a_result_without_a_dataset_fails if {
	control.findings == {{
		"code": "no_dataset",
		"resource": "mlflow:wine/1",
		"message": "the result for recall names no dataset",
		"path": ["evaluations", 1],
	}} with input as of([result, object.remove(result, {"dataset"})])
	every broken in [null, "", " ", 7, ["holdout"]] {
		codes == {"no_dataset"} with input as of([object.union(result, {"dataset": broken})])
	}
	codes == {"no_dataset"} with input as of([null])
	codes == {"no_dataset"} with input as of([object.union(result, {"dataset": "", "dataset_digest": ""})])
}

test_a_dataset_without_a_digest_fails if {
	control.findings == {{
		"code": "no_digest",
		"resource": "mlflow:wine/1",
		"message": "the result for recall names the dataset holdout without its digest",
		"path": ["evaluations", 0],
	}} with input as of([object.remove(result, {"dataset_digest"})])
	every broken in [null, "", " ", 7, ["5b1c2d3e"]] {
		codes == {"no_digest"} with input as of([object.union(result, {"dataset_digest": broken})])
	}
}

test_results_about_something_else_are_not_looked_at if {
	control.findings == set() with input as of([result, {"metric": "toxicity/mean", "aspect": "safety"}])
	control.undetermined == set() with input as of([result, {"metric": "toxicity/mean", "aspect": "safety"}])
}

test_a_version_without_results_cannot_be_told if {
	control.findings == set() with input as of([])
	control.undetermined == {{
		"resource": "mlflow:wine/1",
		"reason": "no result of performance is recorded",
		"path": ["evaluations"],
	}} with input as of([])
}

codes := {finding.code | some finding in control.findings}

result := {
	"metric": "recall",
	"value": 0.9,
	"tool": "mlflow",
	"bound": "registry",
	"aspect": "performance",
	"dataset": "holdout",
	"dataset_digest": "5b1c2d3e",
}

of(evaluations) := make.version({"evaluations": evaluations}, {}, {})
