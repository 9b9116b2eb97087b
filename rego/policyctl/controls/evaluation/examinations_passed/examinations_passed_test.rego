package policyctl.controls.evaluation.examinations_passed_test

import data.policyctl.controls.evaluation.examinations_passed as control
import data.policyctl.testing.model as make

test_what_was_passed_passes if {
	control.resources == {"mlflow:wine/1"} with input as of([result(true)])
	control.findings == set() with input as of([result(true), object.remove(result(true), {"passed"})])
}

test_what_was_not_passed_fails_whatever_it_is_about if {
	control.findings == {{
		"code": "not_passed",
		"resource": "mlflow:wine/1",
		"message": "the examination of safety by dan.antidan/dan.dan was not passed",
		"path": ["evaluations", 1],
	}} with input as of([result(true), result(false)])
	every aspect in ["performance", "fairness", "robustness", "safety", "drift", null] {
		codes == {"not_passed"} with input as of([object.union(result(false), {"aspect": aspect})])
	}
	every bound in ["artefact", "registry", "name", "nothing", null] {
		codes == {"not_passed"} with input as of([object.union(result(false), {"bound": bound})])
	}
}

test_a_conclusion_that_cannot_be_read_is_none if {
	every broken in [null, "", "false", "true", 0, 1, [true], {}] {
		control.resources == {"mlflow:wine/1"} with input as of([result(broken)])
		codes == {"not_passed"} with input as of([result(broken)])
	}
}

test_where_no_tool_concludes_anything_there_is_nothing_to_look_at if {
	every evaluations in [[], [object.remove(result(true), {"passed"})], [object.union(result(false), {"metric": "training_loss"})]] {
		control.resources == set() with input as of(evaluations)
		control.findings == set() with input as of(evaluations)
		control.undetermined == set() with input as of(evaluations)
	}
}

test_what_is_no_result_may_be_a_conclusion if {
	every broken in [null, "", 7, [], {}, [result(false)], {"metric": ""}, {"metric": 7, "passed": true}] {
		control.resources == {"mlflow:wine/1"} with input as of([object.remove(result(true), {"passed"}), broken])
		control.undetermined == {{
			"resource": "mlflow:wine/1",
			"reason": "what one of the results is about cannot be told",
			"path": ["evaluations", 1],
		}} with input as of([object.remove(result(true), {"passed"}), broken])
	}
}

codes := {finding.code | some finding in control.findings}

result(passed) := {
	"metric": "dan.antidan/dan.dan",
	"value": 0.8,
	"tool": "garak",
	"bound": "registry",
	"aspect": "safety",
	"passed": passed,
}

of(evaluations) := make.version({"evaluations": evaluations}, {}, {})
