package policyctl.controls.evaluation.results_complete_test

import data.policyctl.controls.evaluation.results_complete as control
import data.policyctl.testing.model_card as make

test_a_result_with_metric_value_and_dataset_passes if {
	control.resources == {"README.md"} with input as of({"results": [result({})]})
	control.findings == set() with input as of({"results": [result({})]})
	control.undetermined == set() with input as of({"results": [result({"value": 0})]})
}

test_a_card_without_results_fails if {
	control.findings == {{
		"code": "no_results",
		"resource": "README.md",
		"message": "the card names no evaluation result",
		"path": ["metadata", "model-index"],
	}} with input as of({})
}

test_the_message_tells_text_from_nothing if {
	messages == {"the evaluation stands in the text only, no result in the metadata"} with input as of({"sections": [make.section("evaluation", 40)]})
	messages == {"the card has a heading for its evaluation and no result"} with input as of({"sections": [make.section("evaluation", 0)]})
}

test_each_missing_part_is_a_finding if {
	every broken in [null, "", " ", 1, ["f1"]] {
		codes == {"no_metric"} with input as of({"results": [result({"metric": broken})]})
		codes == {"no_dataset"} with input as of({"results": [result({"dataset": broken})]})
	}
	every broken in [null, "", "0.9", true, [0.9]] {
		codes == {"no_value"} with input as of({"results": [result({"value": broken})]})
	}
	codes == {"no_metric", "no_value", "no_dataset"} with input as of({"results": [{}]})
}

test_a_finding_says_which_result if {
	control.findings == {{
		"code": "no_dataset",
		"resource": "README.md",
		"message": "the result for f1 names no data set",
		"path": ["model-index", 0, "results", 0],
	}} with input as of({"results": [object.remove(result({}), {"dataset"})]})
}

test_one_complete_result_does_not_cover_another if {
	codes == {"no_value"} with input as of({"results": [result({}), object.remove(result({}), {"value"})]})
}

test_results_that_cannot_be_read_do_not_pass if {
	every broken in [null, "0.9", {}, [null], ["f1"], [[result({})]]] {
		count(control.undetermined) == 1 with input as of({"results": broken})
	}
	count(control.undetermined) == 1 with input as {"facts": object.remove(of({}).facts, {"results"})}
}

test_a_dataset_is_not_looked_at if {
	control.resources == set() with input as of({"subject_type": "dataset"})
	control.findings == set() with input as of({"subject_type": "dataset", "results": [{}]})
	control.undetermined == set() with input as of({"subject_type": "dataset", "results": [null]})
}

test_each_finding_is_told_in_full if {
	control.findings == {
		{
			"code": "no_dataset",
			"resource": "README.md",
			"message": "the result for an unnamed metric names no data set",
			"path": ["metadata", "model-index"],
		},
		{
			"code": "no_metric",
			"resource": "README.md",
			"message": "an evaluation result names no metric",
			"path": ["metadata", "model-index"],
		},
		{
			"code": "no_value",
			"resource": "README.md",
			"message": "the result for an unnamed metric is not a number",
			"path": ["metadata", "model-index"],
		},
	} with input as of({"results": [{}]})
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {{
		"resource": "README.md",
		"path": ["metadata", "model-index"],
		"reason": "the evaluation results could not be read",
	}} with input as of({"results": {}})
	control.undetermined == {{
		"resource": "README.md",
		"path": ["metadata", "model-index"],
		"reason": "an evaluation result could not be read",
	}} with input as of({"results": [null]})
}

codes := {finding.code | some finding in control.findings}

messages := {finding.message | some finding in control.findings}

result(changes) := object.union({"path": ["model-index", 0, "results", 0], "metric": "f1", "value": 0.9, "dataset": "imdb"}, changes)

of(facts) := make.card(facts, {}, {})
