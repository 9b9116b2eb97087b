package policyctl.controls.evaluation.robustness_test

import data.policyctl.controls.evaluation.robustness as control
import data.policyctl.testing.model as make

test_a_result_about_robustness_passes if {
	control.resources == {"mlflow:wine/1"} with input as of([result])
	control.findings == set() with input as of([result])
}

test_a_version_without_one_fails if {
	control.findings == {{
		"code": "no_results",
		"resource": "mlflow:wine/1",
		"message": "no result about robustness is recorded of this very version",
		"path": ["evaluations"],
	}} with input as of([])
	every other in [
		object.union(result, {"aspect": "performance"}),
		object.union(result, {"bound": "name"}),
		object.union(result, {"value": "0.9"}),
		object.remove(result, {"value"}),
		null,
	] {
		codes == {"no_results"} with input as of([other])
	}
}

test_a_class_that_does_not_ask_for_it_is_not_looked_at if {
	every evaluations in [[], [object.remove(result, {"value"})]] {
		control.resources == set() with input as make.version({"evaluations": evaluations}, parameters, other)
		control.findings == set() with input as make.version({"evaluations": evaluations}, parameters, other)
	}
}

codes := {finding.code | some finding in control.findings}

other := {"classes": [{"id": "transparency"}]}

parameters := {"evaluation": {"robustness": {"classes": ["prohibited", "high_risk"]}}}

result := {
	"metric": "robustness/f1_score",
	"value": 0.9,
	"tool": "mlflow",
	"bound": "registry",
	"aspect": "robustness",
}

of(evaluations) := make.version({"evaluations": evaluations}, parameters, {"classes": [{"id": "high_risk"}]})
