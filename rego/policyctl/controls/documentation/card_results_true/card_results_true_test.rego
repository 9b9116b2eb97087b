package policyctl.controls.documentation.card_results_true_test

import data.policyctl.controls.documentation.card_results_true as control
import data.policyctl.testing.model as make

test_a_card_that_says_what_was_measured_passes if {
	control.resources == {"mlflow:wine/1"} with input as of([claim], [recorded])
	control.findings == set() with input as of([claim], [recorded])
	control.undetermined == set() with input as of([claim], [recorded])
}

test_rounding_is_no_contradiction if {
	codes == set() with input as of([claim], [object.union(recorded, {"value": 0.8125})])
	codes == {"contradicted"} with input as of([claim], [object.union(recorded, {"value": 0.8})])
	codes == {"contradicted"} with input as of([claim], [object.union(recorded, {"value": 0.95})])
	codes == set() with input as of([error(64)], [error(62)])
	codes == {"contradicted"} with input as of([error(64)], [error(60)])
}

test_a_card_that_says_something_else_fails if {
	control.findings == {{
		"code": "contradicted",
		"resource": "mlflow:wine/1",
		"message": "the card says that accuracy on acme/holdout_2026 is 0.875, and recorded is 0.5",
		"path": ["card", "facts", "results", 1],
	}} with input as of([error(2), claim], [error(2), object.union(recorded, {"value": 0.5})])
	control.undetermined == set() with input as of([error(2), claim], [error(2), object.union(recorded, {"value": 0.5})])
}

test_one_recorded_result_that_agrees_is_enough if {
	codes == set() with input as of([claim], [object.union(recorded, {"value": 0.5}), recorded])
	{finding.message | some finding in control.findings} == {"the card says that accuracy on acme/holdout_2026 is 0.875, and recorded is 0.5, 0.25"} with input as of(
		[claim],
		[object.union(recorded, {"value": 0.5}), object.union(recorded, {"value": 0.25})],
	)
}

test_percentages_and_fractions_are_compared_as_such if {
	codes == set() with input as of([claim], [object.union(recorded, {"value": 87.5})])
	codes == set() with input as of([object.union(object.remove(claim, {"share"}), {"value": 87.5})], [recorded])
	codes == set() with input as of([object.union(claim, {"value": 1.5})], [recorded])
	codes == set() with input as of([object.union(claim, {"metric": "bleu"})], [named("bleu", 0.875)])
	codes == {"contradicted"} with input as of([named("perplexity", 50)], [named("perplexity", 0.5)])
	codes == {"contradicted"} with input as of([error(50)], [error(0.5)])
}

test_what_is_not_on_record_cannot_be_told if {
	every other in [
		object.union(recorded, {"metric": "f1_score"}),
		object.union(recorded, {"dataset": "holdout-2025"}),
		object.union(recorded, {"slice": "sex=female"}),
		object.union(recorded, {"bound": "nothing"}),
		object.union(recorded, {"metric": "training_accuracy_score"}),
		object.remove(recorded, {"dataset"}),
		null,
	] {
		control.findings == set() with input as of([claim], [other])
		control.undetermined == {{
			"resource": "mlflow:wine/1",
			"reason": "no recorded result of this version says what accuracy on acme/holdout_2026 is",
			"path": ["card", "facts", "results", 0],
		}} with input as of([claim], [other])
	}
}

test_a_claim_that_cannot_be_read_cannot_be_told if {
	{entry.reason | some entry in control.undetermined} == {"no recorded result of this version says what a metric without a name on a dataset without a name is"} with input as of([null], [recorded, null])
	every key in ["metric", "dataset"] {
		count(control.undetermined) == 1 with input as of([object.remove(claim, {key})], [object.remove(recorded, {key})])
		control.findings == set() with input as of([object.remove(claim, {key})], [object.remove(recorded, {key})])
	}
}

test_values_that_are_no_numbers_cannot_be_compared if {
	every broken in [null, "0.5", 1.5, true] {
		control.findings == set() with input as of([claim], [object.union(recorded, {"value": broken})])
		control.undetermined == {{
			"resource": "mlflow:wine/1",
			"reason": "the values of accuracy on acme/holdout_2026 cannot be compared",
			"path": ["card", "facts", "results", 0],
		}} with input as of([claim], [object.union(recorded, {"value": broken})])
	}
	count(control.undetermined) == 1 with input as of([object.union(claim, {"share": "x", "value": null})], [recorded])
	count(control.undetermined) == 1 with input as of([error("2")], [error(2)])
	control.findings == set() with input as of([error("2")], [error(2)])
}

test_a_card_without_results_is_not_looked_at if {
	control.resources == set() with input as of([], [recorded])
	control.findings == set() with input as of([], [recorded])
	control.undetermined == set() with input as of([], [recorded])
}

test_a_card_that_is_not_known_cannot_be_told if {
	every broken in [null, "", {}, "accuracy"] {
		control.resources == {"mlflow:wine/1"} with input as of(broken, [recorded])
		control.undetermined == {{
			"resource": "mlflow:wine/1",
			"reason": "the results in the version's card are not known",
			"path": ["card"],
		}} with input as of(broken, [recorded])
	}
	count(control.undetermined) == 1 with input as make.version({}, {}, {})
}

codes := {finding.code | some finding in control.findings}

claim := {"metric": "accuracy", "dataset": "acme/holdout_2026", "value": 87.5, "share": 0.875}

recorded := {
	"metric": "accuracy_score",
	"value": 0.875,
	"tool": "mlflow",
	"bound": "registry",
	"aspect": "performance",
	"dataset": "Holdout-2026",
}

named(metric, value) := object.union(recorded, {"metric": metric, "value": value})

error(value) := named("rmse", value)

of(claims, evaluations) := make.version(
	{"card": {"facts": {"results": claims}}, "evaluations": evaluations},
	{"documentation": {"card_results_true": {"tolerance": 0.0625}}},
	{},
)
